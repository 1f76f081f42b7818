package legible.oracle;

import java.util.stream.DoubleStream;
import legible.op.Padding;

/// What both poolings share: a function of the pixels that each window sees.
final class PoolOracle {
  private PoolOracle() {}

  @FunctionalInterface
  interface Reduction {
    double of(DoubleStream pixels);
  }

  static DoubleTensor forward(
      DoubleTensor x, int size, int stride, Padding padding, Reduction reduction) {
    SlidingWindow rows = SlidingWindow.of(padding, x.dimension(1), size, stride);
    SlidingWindow columns = SlidingWindow.of(padding, x.dimension(2), size, stride);
    DoubleTensor y = DoubleTensor.zeros(x.dimension(0), rows.out(), columns.out(), x.dimension(3));
    for (int n = 0; n < y.dimension(0); n++) {
      for (int oh = 0; oh < rows.out(); oh++) {
        for (int ow = 0; ow < columns.out(); ow++) {
          for (int c = 0; c < y.dimension(3); c++) {
            DoubleStream.Builder pixels = DoubleStream.builder();
            for (int kh = 0; kh < size; kh++) {
              for (int kw = 0; kw < size; kw++) {
                if (rows.pixel(oh, kh) >= 0 && columns.pixel(ow, kw) >= 0) {
                  pixels.add(x.get(n, rows.pixel(oh, kh), columns.pixel(ow, kw), c));
                }
              }
            }
            y.set(reduction.of(pixels.build()), n, oh, ow, c);
          }
        }
      }
    }
    return y;
  }
}

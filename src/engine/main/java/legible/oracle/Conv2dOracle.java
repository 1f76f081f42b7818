package legible.oracle;

import java.util.List;
import legible.op.Conv2d;

/// `y[n,oh,ow,o] = f(b[o] + Σ_kh Σ_kw Σ_c x[n, oh·s-p+kh, ow·s-p+kw, c]·w[kh,kw,c,o])`, with zero
/// outside of the image.
public final class Conv2dOracle {
  private Conv2dOracle() {}

  public static DoubleTensor forward(Conv2d op, List<DoubleTensor> in) {
    DoubleTensor x = in.get(0);
    DoubleTensor w = in.get(1);
    DoubleTensor b = in.get(2);
    SlidingWindow rows =
        SlidingWindow.of(op.padding(), x.dimension(1), w.dimension(0), op.stride());
    SlidingWindow columns =
        SlidingWindow.of(op.padding(), x.dimension(2), w.dimension(1), op.stride());
    DoubleTensor z = DoubleTensor.zeros(x.dimension(0), rows.out(), columns.out(), w.dimension(3));
    for (int n = 0; n < z.dimension(0); n++) {
      for (int oh = 0; oh < rows.out(); oh++) {
        for (int ow = 0; ow < columns.out(); ow++) {
          for (int o = 0; o < w.dimension(3); o++) {
            z.set(b.get(o) + sum(x, w, rows, columns, n, oh, ow, o), n, oh, ow, o);
          }
        }
      }
    }
    return z.activated(op.activation());
  }

  private static double sum(
      DoubleTensor x,
      DoubleTensor w,
      SlidingWindow rows,
      SlidingWindow columns,
      int n,
      int oh,
      int ow,
      int o) {
    double sum = 0;
    for (int kh = 0; kh < w.dimension(0); kh++) {
      for (int kw = 0; kw < w.dimension(1); kw++) {
        int row = rows.pixel(oh, kh);
        int column = columns.pixel(ow, kw);
        if (row >= 0 && column >= 0) {
          for (int c = 0; c < w.dimension(2); c++) {
            sum += x.get(n, row, column, c) * w.get(kh, kw, c, o);
          }
        }
      }
    }
    return sum;
  }

  /// One chain of n = kH·kW·C fused multiply-adds from the bias: `n·2⁻²⁴·(|b| + Σ|x·w|)`.
  public static DoubleTensor bound(Conv2d op, List<DoubleTensor> in) {
    DoubleTensor w = in.get(1);
    return Roundoff.chain(
        x -> forward(op, x), w.dimension(0) * w.dimension(1) * w.dimension(2), in);
  }
}

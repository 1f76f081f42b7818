package legible.oracle;

import java.util.List;

/// `y[n,c] = (1/(H·W)) Σ_h Σ_w x[n,h,w,c]`
public final class GlobalAveragePoolOracle {
  private GlobalAveragePoolOracle() {}

  public static DoubleTensor forward(List<DoubleTensor> in) {
    DoubleTensor x = in.get(0);
    DoubleTensor y = DoubleTensor.zeros(x.dimension(0), x.dimension(3));
    for (int n = 0; n < x.dimension(0); n++) {
      for (int c = 0; c < x.dimension(3); c++) {
        double sum = 0;
        for (int h = 0; h < x.dimension(1); h++) {
          for (int w = 0; w < x.dimension(2); w++) {
            sum += x.get(n, h, w, c);
          }
        }
        y.set(sum / (x.dimension(1) * x.dimension(2)), n, c);
      }
    }
    return y;
  }

  /// H·W additions, and two roundings for the division: `(H·W + 2)·2⁻²⁴·(1/(H·W)) Σ|x|`.
  public static DoubleTensor bound(List<DoubleTensor> in) {
    DoubleTensor x = in.get(0);
    return Roundoff.chain(
        GlobalAveragePoolOracle::forward, x.dimension(1) * x.dimension(2) + 2, in);
  }
}

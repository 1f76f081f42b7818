package legible.oracle;

import java.util.List;

/// `y = (1/n) Σᵢ (x[i] - t[i])²`
public final class MeanSquaredErrorOracle {
  private MeanSquaredErrorOracle() {}

  public static DoubleTensor forward(List<DoubleTensor> in) {
    double[] x = in.get(0).data();
    double[] t = in.get(1).data();
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - t[i]) * (x[i] - t[i]);
    }
    return DoubleTensor.scalar(sum / x.length);
  }

  /// `4·2⁻²⁴·y`: all terms are positive; each difference is rounded once, which counts twice in its
  /// square, and the mean once; the double sum adds next to nothing.
  public static DoubleTensor bound(List<DoubleTensor> in) {
    return Roundoff.relative(4, forward(in));
  }
}

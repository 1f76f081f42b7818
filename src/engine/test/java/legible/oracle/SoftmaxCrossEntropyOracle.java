package legible.oracle;

import java.util.List;
import legible.op.SoftmaxCrossEntropy;

/// `y = -(1/N) Σₙ Σₖ t'[n,k]·log p[n,k]` with `t' = (1-ε)·t + ε/K` and `p = softmax(z)`.
public final class SoftmaxCrossEntropyOracle {
  private SoftmaxCrossEntropyOracle() {}

  public static DoubleTensor forward(SoftmaxCrossEntropy op, List<DoubleTensor> in) {
    DoubleTensor z = in.get(0);
    DoubleTensor t = in.get(1);
    DoubleTensor p = probabilities(z);
    int classes = z.dimension(1);
    double sum = 0;
    for (int n = 0; n < z.dimension(0); n++) {
      for (int k = 0; k < classes; k++) {
        double smoothed =
            (1 - (double) op.labelSmoothing()) * t.get(n, k)
                + (double) op.labelSmoothing() / classes;
        sum -= smoothed * Math.log(p.get(n, k));
      }
    }
    return DoubleTensor.scalar(sum / z.dimension(0));
  }

  /// `p[n,k] = exp(z[n,k]) / Σⱼ exp(z[n,j])`; double overflows beyond exp(709) only.
  public static DoubleTensor probabilities(DoubleTensor z) {
    DoubleTensor p = z.map(Math::exp);
    for (int n = 0; n < z.dimension(0); n++) {
      double sum = 0;
      for (int k = 0; k < z.dimension(1); k++) {
        sum += p.get(n, k);
      }
      for (int k = 0; k < z.dimension(1); k++) {
        p.set(p.get(n, k) / sum, n, k);
      }
    }
    return p;
  }
}

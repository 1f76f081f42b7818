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
        sum -= smoothed(op, t.get(n, k), classes) * StrictMath.log(p.get(n, k));
      }
    }
    return DoubleTensor.scalar(sum / z.dimension(0));
  }

  /// `p[n,k] = exp(z[n,k]) / Σⱼ exp(z[n,j])`; double overflows beyond exp(709) only.
  public static DoubleTensor probabilities(DoubleTensor z) {
    DoubleTensor p = z.map(StrictMath::exp);
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

  /// `(2K + 10)·2⁻²⁴·(1/N) Σₙ Σₖ t'[n,k]·(-log p[n,k] + 1)`: K additions of exponentials (in the
  /// logarithm, where all terms are positive), K of the chain, and a few for exp, log and t'. The 1
  /// is for the logarithm: a relative error of its argument is an absolute one of its value.
  public static DoubleTensor bound(SoftmaxCrossEntropy op, List<DoubleTensor> in) {
    DoubleTensor t = in.get(1);
    DoubleTensor p = probabilities(in.get(0));
    int classes = t.dimension(1);
    double sum = 0;
    for (int n = 0; n < t.dimension(0); n++) {
      for (int k = 0; k < classes; k++) {
        sum += smoothed(op, t.get(n, k), classes) * (1 - StrictMath.log(p.get(n, k)));
      }
    }
    return DoubleTensor.scalar((2 * classes + 10) * Roundoff.UNIT * sum / t.dimension(0));
  }

  /// `t' = (1-ε)·t + ε/K`
  private static double smoothed(SoftmaxCrossEntropy op, double target, int classes) {
    double share = op.labelSmoothing();
    return (1 - share) * target + share / classes;
  }
}

package legible.oracle;

import java.util.List;
import legible.op.Dense;

/// `y[n,j] = f(b[j] + Σᵢ x[n,i]·w[i,j])`
public final class DenseOracle {
  private DenseOracle() {}

  public static DoubleTensor forward(Dense op, List<DoubleTensor> in) {
    DoubleTensor x = in.get(0);
    DoubleTensor w = in.get(1);
    DoubleTensor b = in.get(2);
    DoubleTensor z = DoubleTensor.zeros(x.dimension(0), w.dimension(1));
    for (int n = 0; n < x.dimension(0); n++) {
      for (int j = 0; j < w.dimension(1); j++) {
        double sum = b.get(j);
        for (int i = 0; i < x.dimension(1); i++) {
          sum += x.get(n, i) * w.get(i, j);
        }
        z.set(sum, n, j);
      }
    }
    return z.activated(op.activation());
  }

  /// One chain of I fused multiply-adds from the bias: `I·2⁻²⁴·(|b| + Σ|x·w|)`.
  public static DoubleTensor bound(Dense op, List<DoubleTensor> in) {
    return Roundoff.chain(x -> forward(op, x), in.get(0).dimension(1), in);
  }
}

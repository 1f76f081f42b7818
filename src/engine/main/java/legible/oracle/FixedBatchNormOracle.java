package legible.oracle;

import java.util.List;
import legible.op.FixedBatchNorm;

/// `y[r,c] = f(γ[c]·(x[r,c] - mean[c])/√(var[c] + ε) + β[c])` with given mean and variance.
public final class FixedBatchNormOracle {
  private FixedBatchNormOracle() {}

  public static DoubleTensor forward(FixedBatchNorm op, List<DoubleTensor> in) {
    DoubleTensor x = in.get(0);
    DoubleTensor y = x.map(v -> v);
    for (int i = 0; i < x.size(); i++) {
      int c = i % x.dimension(-1);
      double deviation = Math.sqrt(in.get(4).get(c) + op.epsilon());
      y.data()[i] =
          in.get(1).get(c) * (x.data()[i] - in.get(3).get(c)) / deviation + in.get(2).get(c);
    }
    return y.activated(op.activation());
  }

  /// `2⁻²⁴·(5·|γ·x̂| + |β|)`: x - mean, invStd, γ·invStd and the final fma are rounded once each.
  public static DoubleTensor bound(FixedBatchNorm op, List<DoubleTensor> in) {
    DoubleTensor bound = in.get(0).map(v -> v);
    for (int i = 0; i < bound.size(); i++) {
      int c = i % bound.dimension(-1);
      double scaled =
          in.get(1).get(c)
              * (bound.data()[i] - in.get(3).get(c))
              / Math.sqrt(in.get(4).get(c) + op.epsilon());
      bound.data()[i] = Roundoff.UNIT * (5 * Math.abs(scaled) + Math.abs(in.get(2).get(c)));
    }
    return bound;
  }
}

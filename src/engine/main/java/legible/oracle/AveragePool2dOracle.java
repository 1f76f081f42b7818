package legible.oracle;

import java.util.List;
import legible.op.AveragePool2d;

/// `y[n,oh,ow,c]` is the mean of the pixels that the window sees; those outside do not count.
public final class AveragePool2dOracle {
  private AveragePool2dOracle() {}

  public static DoubleTensor forward(AveragePool2d op, List<DoubleTensor> in) {
    return PoolOracle.forward(
        in.get(0), op.size(), op.stride(), op.padding(), pixels -> pixels.average().orElseThrow());
  }

  /// size² additions, and two roundings for the division: `(size² + 2)·2⁻²⁴·(1/count) Σ|x|`.
  public static DoubleTensor bound(AveragePool2d op, List<DoubleTensor> in) {
    return Roundoff.chain(x -> forward(op, x), op.size() * op.size() + 2, in);
  }
}

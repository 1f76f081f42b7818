package legible.oracle;

import java.util.List;

/// `y = max(x, 0)`
public final class ReluOracle {
  private ReluOracle() {}

  public static DoubleTensor forward(List<DoubleTensor> in) {
    return in.get(0).map(x -> x > 0 ? x : 0);
  }

  /// None: nothing is rounded.
  public static DoubleTensor bound(List<DoubleTensor> in) {
    return Roundoff.relative(0, forward(in));
  }
}

package legible.oracle;

import java.util.List;

/// How far floats may be from an oracle: bounds that are derived, not chosen.
public final class Roundoff {
  /// The unit roundoff of float: one rounding changes a result by at most this part of it.
  public static final double UNIT = 0x1.0p-24;

  private Roundoff() {}

  /// The bound `terms·2⁻²⁴·Σ|aᵢbᵢ|` of a sum of products (Higham 2002, section 3.1), from the oracle
  /// itself on absolute inputs.
  ///
  /// @param terms roundings that one output passes through
  public static DoubleTensor chain(Oracle linear, int terms, List<DoubleTensor> in) {
    return linear
        .forward(in.stream().map(DoubleTensor::absolute).toList())
        .map(sum -> terms * UNIT * sum);
  }

  /// The bound `roundings·2⁻²⁴·|y|` of a result whose every step keeps the relative error.
  public static DoubleTensor relative(int roundings, DoubleTensor y) {
    return y.map(value -> roundings * UNIT * Math.abs(value));
  }
}

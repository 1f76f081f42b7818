package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import legible.kernel.Activation;

/// The activation of finished sums, in two instructions and without a branch: `max` would need a
/// handful for the same bits, and a choice between two vectors makes the compiler box them.
final class VectorActivation {
  private VectorActivation() {}

  /// The number that stands for an activation in [#apply].
  static float limit(Activation f) {
    return f == Activation.RELU ? 0f : Float.NaN;
  }

  /// 0 where z <= limit, else z. With the limit 0 that is ReLU (f(-0) = +0, f(NaN) = NaN); nothing is
  /// <= NaN, so that the limit NaN changes nothing.
  static FloatVector apply(FloatVector z, float limit) {
    return z.blend(0f, z.compare(VectorOperators.LE, limit));
  }
}

package legible.kernel.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Ways to write a loop over k so that HotSpot finds its addresses before the loop and not anew in each
/// step (docs/decisions/0012).
///
/// For `x[x0 + k]` it adds x0 to k in each step: it joins the type of the sum to the bounds of the array,
/// and takes the sum apart only after it has moved out of loops what does not change in them. An opaque
/// access computes its address by itself, with the same check of the index: then x0 is added to the
/// array's address before the loop, and a broadcast is one instruction. Opaque loads stay in the order
/// of the program, all before what is computed from them, so a tile must have a register for each.
///
/// Loads of vectors are as good as opaque ones, if k times the width of a row cannot overflow.
///
/// A method of many vectors writes [#broadcast] out: whatever their number, the compiler takes calls of
/// the JDK's own vector methods into a method, but those of a helper only up to a size.
final class Addresses {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /// Elements of an array of floats, to be read by `getOpaque`.
  static final VarHandle FLOATS = MethodHandles.arrayElementVarHandle(float[].class);

  /// More steps than any part has (its runs fit a segment), and times the width of a panel less than 2³¹.
  private static final int MOST_STEPS = 1 << 16;

  private Addresses() {}

  /// `x[index]` in all lanes.
  static FloatVector broadcast(float[] x, int index) {
    return FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(x, index));
  }

  /// The same number of steps, of which the compiler then knows that it is small.
  static int bounded(int steps) {
    return Math.min(steps, MOST_STEPS);
  }

  /// The same number, of which the compiler then knows that its product with `factor` is an int: it must be, as
  /// a place in an array.
  static int bounded(int steps, int factor) {
    return Math.min(steps, Integer.MAX_VALUE / factor);
  }
}

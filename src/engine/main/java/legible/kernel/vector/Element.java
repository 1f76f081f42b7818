package legible.kernel.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// One element of an array, read so that the compiler finds its address before the loop.
///
/// For `x[x0 + k]` in a loop over k HotSpot adds x0 and k anew in each step: it joins their types to
/// the bounds of the array, and takes them apart only after it has moved out of loops what does not change in
/// them. An opaque access computes its address by itself, with the same check of the index; then x0 is
/// added to the array's address before the loop, and a broadcast is one instruction
/// (docs/decisions/0012). Its loads stay in the order of the program, all before what is computed from
/// them, so a tile must have a register for each.
final class Element {
  private static final VarHandle FLOATS = MethodHandles.arrayElementVarHandle(float[].class);
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private Element() {}

  /// `x[index]` in all lanes.
  static FloatVector broadcast(float[] x, int index) {
    return FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(x, index));
  }
}

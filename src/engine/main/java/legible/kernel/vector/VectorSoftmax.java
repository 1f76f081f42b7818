package legible.kernel.vector;

import static legible.kernel.Elementary.E0;
import static legible.kernel.Elementary.E1;
import static legible.kernel.Elementary.E2;
import static legible.kernel.Elementary.E3;
import static legible.kernel.Elementary.E4;
import static legible.kernel.Elementary.E5;
import static legible.kernel.Elementary.EXP_LOWEST;
import static legible.kernel.Elementary.LN2_HIGH;
import static legible.kernel.Elementary.LN2_LOW;
import static legible.kernel.Elementary.LOG2_E;
import static legible.kernel.Elementary.ROUND;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.SoftmaxLoops;
import legible.kernel.scalar.ScalarSoftmax;

/// [SoftmaxLoops] on `jdk.incubator.vector`. Tails shorter than a vector are left to the scalar twin.
final class VectorSoftmax implements SoftmaxLoops {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private final ScalarSoftmax tail = new ScalarSoftmax();

  /// A maximum is exact, so the order of the lanes does not matter.
  @Override
  public float maximum(int n, float[] x, int offset) {
    FloatVector maximum = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    int end = SPECIES.loopBound(n);
    for (int k = 0; k < end; k += LANES) {
      maximum = maximum.max(FloatVector.fromArray(SPECIES, x, offset + k));
    }
    float rest = tail.maximum(n - end, x, offset + end);
    return Math.max(maximum.reduceLanes(VectorOperators.MAX), rest);
  }

  /// The steps of [legible.kernel.Elementary#exp] for arguments that are at most 0 or NaN, as they are
  /// after the maximum was subtracted.
  @Override
  public void exponentials(int n, float[] x, int offset, float maximum, float[] y) {
    int end = SPECIES.loopBound(n);
    for (int k = 0; k < end; k += LANES) {
      FloatVector clamped =
          FloatVector.fromArray(SPECIES, x, offset + k).sub(maximum).max(EXP_LOWEST);
      FloatVector count = clamped.mul(LOG2_E).add(ROUND).sub(ROUND);
      FloatVector r = fma(count, -LN2_LOW, fma(count, -LN2_HIGH, clamped));
      FloatVector p = r.fma(E0, E1);
      p = p.fma(r, FloatVector.broadcast(SPECIES, E2));
      p = p.fma(r, FloatVector.broadcast(SPECIES, E3));
      p = p.fma(r, FloatVector.broadcast(SPECIES, E4));
      p = p.fma(r, FloatVector.broadcast(SPECIES, E5));
      p = p.fma(r.mul(r), r).add(1f);
      IntVector power = (IntVector) count.convertShape(VectorOperators.F2I, INTS, 0);
      IntVector half = power.lanewise(VectorOperators.ASHR, 1);
      p.mul(powerOfTwo(half)).mul(powerOfTwo(power.sub(half))).intoArray(y, offset + k);
    }
    for (int k = end; k < n; k++) { // scalar tail
      tail.exponentials(1, x, offset + k, maximum, y);
    }
  }

  @Override
  public void divide(int n, float[] y, int offset, float divisor) {
    int end = SPECIES.loopBound(n);
    for (int k = 0; k < end; k += LANES) {
      FloatVector.fromArray(SPECIES, y, offset + k).div(divisor).intoArray(y, offset + k);
    }
    tail.divide(n - end, y, offset + end, divisor);
  }

  private static FloatVector fma(FloatVector a, float b, FloatVector c) {
    return a.fma(FloatVector.broadcast(SPECIES, b), c);
  }

  private static FloatVector powerOfTwo(IntVector exponent) {
    return exponent.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }
}

package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.Elementary;
import legible.kernel.loops.SoftmaxLoops;
import legible.kernel.scalar.ScalarSoftmax;

/// [SoftmaxLoops] on `jdk.incubator.vector`. Tails shorter than a vector are left to the scalar twin,
/// and so are the sums, since lanes are never added up.
final class VectorSoftmax implements SoftmaxLoops {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /// Adding this rounds to an integer, which then lies in the low bits; see [Elementary#ROUND].
  private static final int ROUND_BITS = Float.floatToRawIntBits(Elementary.ROUND);

  private final ScalarSoftmax scalar = new ScalarSoftmax();

  /// A maximum is exact, so the order of the lanes does not matter.
  @Override
  public float maximum(int n, float[] x, int offset) {
    int whole = SPECIES.loopBound(n);
    float rest = scalar.maximum(n - whole, x, offset + whole);
    if (whole == 0) {
      return rest;
    }
    FloatVector maximum = load(x, offset);
    for (int k = offset + LANES; k < offset + whole; k += LANES) {
      maximum = maximum.max(load(x, k));
    }
    return Math.max(maximum.reduceLanes(VectorOperators.MAX), rest);
  }

  @Override
  public void subtract(int n, float[] x, int offset, float maximum, float[] y) {
    int end = offset + SPECIES.loopBound(n);
    for (int k = offset; k < end; k += LANES) {
      load(x, k).sub(maximum).intoArray(y, k);
    }
    scalar.subtract(offset + n - end, x, end, maximum, y);
  }

  /// The steps of [Elementary#exp]. For NaN the power of two is of no account.
  @Override
  public void exponentials(int n, float[] y, int offset) {
    int end = offset + SPECIES.loopBound(n);
    FloatVector c0 = FloatVector.broadcast(SPECIES, Elementary.E0);
    FloatVector c1 = FloatVector.broadcast(SPECIES, Elementary.E1);
    FloatVector c2 = FloatVector.broadcast(SPECIES, Elementary.E2);
    FloatVector c3 = FloatVector.broadcast(SPECIES, Elementary.E3);
    FloatVector c4 = FloatVector.broadcast(SPECIES, Elementary.E4);
    FloatVector c5 = FloatVector.broadcast(SPECIES, Elementary.E5);
    FloatVector high = FloatVector.broadcast(SPECIES, -Elementary.LN2_HIGH);
    FloatVector low = FloatVector.broadcast(SPECIES, -Elementary.LN2_LOW);
    for (int k = offset; k < end; k += LANES) {
      FloatVector x = load(y, k).max(Elementary.EXP_LOWEST);
      FloatVector shifted = x.mul(Elementary.LOG2_E).add(Elementary.ROUND);
      FloatVector count = shifted.sub(Elementary.ROUND);
      FloatVector r = low.fma(count, high.fma(count, x));
      FloatVector p = r.fma(c0, c1).fma(r, c2).fma(r, c3).fma(r, c4).fma(r, c5);
      p = p.fma(r.mul(r), r).add(1f);
      IntVector power = shifted.reinterpretAsInts().sub(ROUND_BITS);
      IntVector half = power.lanewise(VectorOperators.ASHR, 1);
      p.mul(powerOfTwo(half)).mul(powerOfTwo(power.sub(half))).intoArray(y, k);
    }
    scalar.exponentials(offset + n - end, y, end);
  }

  @Override
  public float sum(int n, float[] x, int offset) {
    return scalar.sum(n, x, offset);
  }

  @Override
  public void divide(int n, float[] y, int offset, float divisor) {
    int end = offset + SPECIES.loopBound(n);
    for (int k = offset; k < end; k += LANES) {
      load(y, k).div(divisor).intoArray(y, k);
    }
    scalar.divide(offset + n - end, y, end, divisor);
  }

  @Override
  public float loss(int n, float[] z, float[] t, int offset, float maximum, float logSum) {
    return scalar.loss(n, z, t, offset, maximum, logSum);
  }

  @Override
  public void gradient(
      int n, float factor, float sum, float[] p, float[] t, int offset, float[] dz) {
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    FloatVector sums = FloatVector.broadcast(SPECIES, sum);
    int end = offset + SPECIES.loopBound(n);
    for (int k = offset; k < end; k += LANES) {
      FloatVector difference = load(p, k).fma(sums, load(t, k).neg());
      factors.fma(difference, load(dz, k)).intoArray(dz, k);
    }
    scalar.gradient(offset + n - end, factor, sum, p, t, end, dz);
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(SPECIES, array, index);
  }

  private static FloatVector powerOfTwo(IntVector exponent) {
    return exponent.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }
}

package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.Activation;
import legible.kernel.RandomBits;
import legible.kernel.loops.ElementwiseLoops;
import legible.kernel.scalar.ScalarElementwise;

/// [ElementwiseLoops] on `jdk.incubator.vector`. Tails shorter than a vector are left to the scalar
/// twin.
final class VectorElementwise implements ElementwiseLoops {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private final ScalarElementwise tail = new ScalarElementwise();

  @Override
  public void add(
      int count,
      float[] a,
      int aStart,
      float[] b,
      int bStart,
      Activation f,
      float[] y,
      int yStart) {
    int end = SPECIES.loopBound(count);
    float limit = VectorActivation.limit(f);
    for (int i = 0; i < end; i += LANES) {
      FloatVector sum = load(a, aStart + i).add(load(b, bStart + i));
      VectorActivation.apply(sum, limit).intoArray(y, yStart + i);
    }
    tail.add(count - end, a, aStart + end, b, bStart + end, f, y, yStart + end);
  }

  @Override
  public void accumulate(int from, int to, float[] x, float[] y) {
    int end = lastVector(from, to);
    for (int i = from; i < end; i += LANES) {
      load(y, i).add(load(x, i)).intoArray(y, i);
    }
    tail.accumulate(end, to, x, y);
  }

  @Override
  public void multiply(int from, int to, float[] x, float[] scale, float[] y) {
    int end = lastVector(from, to);
    for (int i = from; i < end; i += LANES) {
      load(x, i).mul(load(scale, i)).intoArray(y, i);
    }
    tail.multiply(end, to, x, scale, y);
  }

  @Override
  public void accumulateProduct(int from, int to, float[] x, float[] scale, float[] y) {
    int end = lastVector(from, to);
    for (int i = from; i < end; i += LANES) {
      load(x, i).fma(load(scale, i), load(y, i)).intoArray(y, i);
    }
    tail.accumulateProduct(end, to, x, scale, y);
  }

  @Override
  public void accumulateScaled(int from, int to, float factor, float[] x, float[] y) {
    int end = lastVector(from, to);
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    for (int i = from; i < end; i += LANES) {
      factors.fma(load(x, i), load(y, i)).intoArray(y, i);
    }
    tail.accumulateScaled(end, to, factor, x, y);
  }

  @Override
  public void scaledDifference(int from, int to, float factor, float[] a, float[] b, float[] y) {
    int end = lastVector(from, to);
    for (int i = from; i < end; i += LANES) {
      load(a, i).sub(load(b, i)).mul(factor).intoArray(y, i);
    }
    tail.scaledDifference(end, to, factor, a, b, y);
  }

  @Override
  public void relu(int from, int to, float[] x, float[] y) {
    int end = lastVector(from, to);
    for (int i = from; i < end; i += LANES) {
      VectorActivation.apply(load(x, i), 0f).intoArray(y, i);
    }
    tail.relu(end, to, x, y);
  }

  @Override
  public void reluGradient(int from, int to, float[] y, float[] dy, float[] dz) {
    FloatVector zero = FloatVector.zero(SPECIES);
    int end = lastVector(from, to);
    for (int i = from; i < end; i += LANES) {
      zero.blend(load(dy, i), load(y, i).compare(VectorOperators.GT, 0f)).intoArray(dz, i);
    }
    tail.reluGradient(end, to, y, dy, dz);
  }

  /// Four vectors of columns at a time, then one. The last one may overlap the one before: it gives
  /// the shared columns the same sums again.
  @Override
  public void sumRows(int from, int to, int columns, float[] x, float[] sums, int offset) {
    int c = 0;
    for (; c <= columns - 4 * LANES; c += 4 * LANES) {
      sumFour(from * columns + c, to * columns, columns, x, sums, offset + c);
    }
    for (; c <= columns - LANES; c += LANES) {
      sumOne(from * columns + c, to * columns, columns, x, sums, offset + c);
    }
    if (c < columns && columns >= LANES) {
      c = columns - LANES;
      sumOne(from * columns + c, to * columns, columns, x, sums, offset + c);
      return;
    }
    for (; c < columns; c++) { // fewer columns than lanes
      float sum = 0;
      for (int i = from * columns + c; i < to * columns; i += columns) {
        sum += x[i];
      }
      sums[offset + c] = sum;
    }
  }

  private static void sumOne(int from, int to, int step, float[] x, float[] sums, int offset) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = from; i < to; i += step) {
      sum = sum.add(load(x, i));
    }
    sum.intoArray(sums, offset);
  }

  private static void sumFour(int from, int to, int step, float[] x, float[] sums, int offset) {
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    FloatVector sum2 = FloatVector.zero(SPECIES);
    FloatVector sum3 = FloatVector.zero(SPECIES);
    for (int i = from; i < to; i += step) {
      sum0 = sum0.add(load(x, i));
      sum1 = sum1.add(load(x, i + LANES));
      sum2 = sum2.add(load(x, i + 2 * LANES));
      sum3 = sum3.add(load(x, i + 3 * LANES));
    }
    sum0.intoArray(sums, offset);
    sum1.intoArray(sums, offset + LANES);
    sum2.intoArray(sums, offset + 2 * LANES);
    sum3.intoArray(sums, offset + 3 * LANES);
  }

  /// The scalar loop: its eight independent sums keep the adders busy as they are.
  @Override
  public double sumOfSquares(int from, int to, float[] x) {
    return tail.sumOfSquares(from, to, x);
  }

  @Override
  public void dropoutMask(int from, int to, float rate, long key, float[] mask) {
    FloatVector kept = FloatVector.broadcast(SPECIES, 1 / (1 - rate));
    int threshold = RandomBits.threshold(rate);
    int high = (int) (key >>> 32);
    IntVector lanes = IntVector.zero(INTS).addIndex(1);
    int end = lastVector(from, to);
    for (int i = from; i < end; i += LANES) {
      IntVector bits = lanes.add(i).mul(RandomBits.INDEX_FACTOR).add((int) key);
      bits = bits.lanewise(VectorOperators.XOR, high);
      bits = bits.lanewise(VectorOperators.XOR, bits.lanewise(VectorOperators.LSHR, 16));
      bits = bits.mul(RandomBits.FACTOR_1);
      bits = bits.lanewise(VectorOperators.XOR, bits.lanewise(VectorOperators.LSHR, 15));
      bits = bits.mul(RandomBits.FACTOR_2);
      bits = bits.lanewise(VectorOperators.XOR, bits.lanewise(VectorOperators.LSHR, 16));
      var dropped = bits.compare(VectorOperators.LT, threshold).cast(SPECIES);
      kept.blend(0f, dropped).intoArray(mask, i);
    }
    tail.dropoutMask(end, to, rate, key, mask);
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(SPECIES, array, index);
  }

  private static int lastVector(int from, int to) {
    return from + SPECIES.loopBound(to - from);
  }
}

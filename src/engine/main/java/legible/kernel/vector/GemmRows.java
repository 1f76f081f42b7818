package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.Activation;
import legible.kernel.loops.Product;

/// Few rows of C straight from B: bound by how fast B comes from memory, so it is read once, as it
/// lies, without a copy.
final class GemmRows {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /// Rows of B that all columns of a task read before the next rows: so many lie on few enough pages
  /// of memory for a CPU to remember where those are.
  private static final int BLOCK = 64;

  /// Columns for which a strip of some of them would find too many rows of B on a page of memory each.
  private static final int MANY_COLUMNS = 384;

  /// Rows of B that so many columns take at a time.
  private static final int ROWS = 8;

  private GemmRows() {}

  /// Computes the columns `[from, to)`; see [legible.kernel.loops.GemmLoops#rows].
  ///
  /// @param scratch room for two vectors
  static void run(Product t, int from, int to, float[] scratch) {
    if (t.startsFromBias) {
      for (int i = 0; i < t.m; i++) {
        System.arraycopy(t.bias, from, t.c, t.cOffset + i * t.n + from, to - from);
      }
    }
    boolean many = to - from >= MANY_COLUMNS;
    int end = many ? to - (to - from) % LANES : from;
    int rest = many ? t.k - t.k % ROWS : 0;
    for (int p = 0; p < rest; p += ROWS) {
      for (int i = 0; i < t.m; i++) {
        eightRows(t, i, from, end, p);
      }
    }
    for (int i = 0; i < t.m; i++) {
      strips(t, i, from, end, rest, t.k, scratch);
    }
    for (int p = 0; p < Math.max(1, t.k); p += BLOCK) {
      for (int i = 0; i < t.m; i++) {
        strips(t, i, end, to, p, Math.min(t.k, p + BLOCK), scratch);
      }
    }
  }

  /// Continues the chains of the columns `[from, to)` of row i, a multiple of the lanes, over eight rows of B
  /// from p on, in eight walks through memory. Sums are kept in C.
  private static void eightRows(Product t, int i, int from, int to, int p) {
    float[] a = t.a;
    int step = t.aColumn;
    int at = t.aOffset + i * t.aRow + p * step;
    FloatVector v0 = broadcast(a[at]);
    FloatVector v1 = broadcast(a[at + step]);
    FloatVector v2 = broadcast(a[at + 2 * step]);
    FloatVector v3 = broadcast(a[at + 3 * step]);
    FloatVector v4 = broadcast(a[at + 4 * step]);
    FloatVector v5 = broadcast(a[at + 5 * step]);
    FloatVector v6 = broadcast(a[at + 6 * step]);
    FloatVector v7 = broadcast(a[at + 7 * step]);
    float[] b = t.b;
    int stride = t.bRow;
    int b0 = t.bOffset + p * stride;
    int b1 = b0 + stride;
    int b2 = b1 + stride;
    int b3 = b2 + stride;
    int b4 = b3 + stride;
    int b5 = b4 + stride;
    int b6 = b5 + stride;
    int b7 = b6 + stride;
    float[] c = t.c;
    int row = t.cOffset + i * t.n;
    for (int j = from; j < to; j += LANES) {
      FloatVector sum = load(c, row + j);
      sum = v0.fma(load(b, b0 + j), sum);
      sum = v1.fma(load(b, b1 + j), sum);
      sum = v2.fma(load(b, b2 + j), sum);
      sum = v3.fma(load(b, b3 + j), sum);
      sum = v4.fma(load(b, b4 + j), sum);
      sum = v5.fma(load(b, b5 + j), sum);
      sum = v6.fma(load(b, b6 + j), sum);
      sum = v7.fma(load(b, b7 + j), sum);
      sum.intoArray(c, row + j);
    }
  }

  /// Continues the chains of the columns `[from, to)` of row i over the rows `[p0, p1)` of B.
  private static void strips(Product t, int i, int from, int to, int p0, int p1, float[] scratch) {
    int j = from;
    for (; j <= to - 8 * LANES; j += 8 * LANES) {
      eightVectors(t, i, j, p0, p1);
    }
    for (; j < to; j += 2 * LANES) {
      twoVectors(t, i, j, Math.min(2 * LANES, to - j), p0, p1, scratch);
    }
  }

  /// As many independent chains as hide the latency of fma.
  private static void eightVectors(Product t, int i, int j, int p0, int p1) {
    float[] a = t.a;
    float[] b = t.b;
    float[] c = t.c;
    int aOffset = t.aOffset + i * t.aRow;
    int bOffset = t.bOffset + j;
    int cOffset = t.cOffset + i * t.n + j;
    FloatVector c0 = load(c, cOffset);
    FloatVector c1 = load(c, cOffset + LANES);
    FloatVector c2 = load(c, cOffset + 2 * LANES);
    FloatVector c3 = load(c, cOffset + 3 * LANES);
    FloatVector c4 = load(c, cOffset + 4 * LANES);
    FloatVector c5 = load(c, cOffset + 5 * LANES);
    FloatVector c6 = load(c, cOffset + 6 * LANES);
    FloatVector c7 = load(c, cOffset + 7 * LANES);
    int step = t.aColumn;
    int stride = t.bRow;
    for (int p = p0; p < p1; p++) {
      FloatVector factor = broadcast(a[aOffset + p * step]);
      int row = bOffset + p * stride;
      c0 = factor.fma(load(b, row), c0);
      c1 = factor.fma(load(b, row + LANES), c1);
      c2 = factor.fma(load(b, row + 2 * LANES), c2);
      c3 = factor.fma(load(b, row + 3 * LANES), c3);
      c4 = factor.fma(load(b, row + 4 * LANES), c4);
      c5 = factor.fma(load(b, row + 5 * LANES), c5);
      c6 = factor.fma(load(b, row + 6 * LANES), c6);
      c7 = factor.fma(load(b, row + 7 * LANES), c7);
    }
    float limit = VectorActivation.limit(p1 == t.k ? t.activation : Activation.NONE);
    store(c0, limit, c, cOffset);
    store(c1, limit, c, cOffset + LANES);
    store(c2, limit, c, cOffset + 2 * LANES);
    store(c3, limit, c, cOffset + 3 * LANES);
    store(c4, limit, c, cOffset + 4 * LANES);
    store(c5, limit, c, cOffset + 5 * LANES);
    store(c6, limit, c, cOffset + 6 * LANES);
    store(c7, limit, c, cOffset + 7 * LANES);
  }

  /// Up to two vectors of columns. Where there are fewer columns, the lanes beyond them compute
  /// something that nobody looks at; rows of B too close to the array's end for that are added one
  /// element at a time.
  private static void twoVectors(
      Product t, int i, int j, int columns, int p0, int p1, float[] scratch) {
    int aOffset = t.aOffset + i * t.aRow;
    int bOffset = t.bOffset + j;
    int cOffset = t.cOffset + i * t.n + j;
    System.arraycopy(t.c, cOffset, scratch, 0, columns);
    int room = t.b.length - bOffset - 2 * LANES;
    int whole = room < 0 ? p0 : Math.clamp(room / t.bRow + 1, p0, p1);
    FloatVector c0 = load(scratch, 0);
    FloatVector c1 = load(scratch, LANES);
    float[] a = t.a;
    float[] b = t.b;
    int step = t.aColumn;
    int stride = t.bRow;
    for (int p = p0; p < whole; p++) {
      FloatVector factor = broadcast(a[aOffset + p * step]);
      int row = bOffset + p * stride;
      c0 = factor.fma(load(b, row), c0);
      c1 = factor.fma(load(b, row + LANES), c1);
    }
    c0.intoArray(scratch, 0);
    c1.intoArray(scratch, LANES);
    Activation f = p1 == t.k ? t.activation : Activation.NONE;
    for (int column = 0; column < columns; column++) {
      float sum = scratch[column];
      for (int p = whole; p < p1; p++) {
        sum = Math.fma(a[aOffset + p * step], b[bOffset + p * stride + column], sum);
      }
      t.c[cOffset + column] = f.of(sum);
    }
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(SPECIES, array, index);
  }

  private static void store(FloatVector z, float limit, float[] c, int index) {
    VectorActivation.apply(z, limit).intoArray(c, index);
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}

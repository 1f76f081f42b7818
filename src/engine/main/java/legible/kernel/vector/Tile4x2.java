package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Rows that are too few for [Tile12x2], in products and weight gradients: 4 rows x 2 vectors of chains stay in
/// registers while the steps go by.
///
/// ```
///  c[tᵢ + j] = chain from c[tᵢ + j] over p ascending of A(i,p) · b[bStart + p·BLOCK + j]
/// ```
///
/// A row is a row of C or a weight: whatever is multiplied with the same b. Eight chains are as many as
/// two multipliers of latency four need. Two steps are written out: the loop's own instructions are too
/// many for one. Rows may be given twice: all values are loaded before any is stored.
final class Tile4x2 {
  static final int ROWS = 4;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /// Columns of the tile, and of a panel of b.
  static final int BLOCK = 2 * LANES;

  private Tile4x2() {}

  /// Rows side by side: `A(i,p) = a[aStart + p·ROWS + i]`.
  static void fours(
      int steps,
      float[] a,
      int aStart,
      float[] b,
      int bStart,
      float[] c,
      int t0,
      int t1,
      int t2,
      int t3) {
    FloatVector c00 = load(c, t0);
    FloatVector c01 = load(c, t0 + LANES);
    FloatVector c10 = load(c, t1);
    FloatVector c11 = load(c, t1 + LANES);
    FloatVector c20 = load(c, t2);
    FloatVector c21 = load(c, t2 + LANES);
    FloatVector c30 = load(c, t3);
    FloatVector c31 = load(c, t3 + LANES);
    for (int p = 0; p < steps - 1; p += 2) {
      int q = bStart + p * BLOCK;
      int r = aStart + p * ROWS;
      FloatVector w0 = load(b, q);
      FloatVector w1 = load(b, q + LANES);
      FloatVector v = broadcast(a[r]);
      c00 = v.fma(w0, c00);
      c01 = v.fma(w1, c01);
      v = broadcast(a[r + 1]);
      c10 = v.fma(w0, c10);
      c11 = v.fma(w1, c11);
      v = broadcast(a[r + 2]);
      c20 = v.fma(w0, c20);
      c21 = v.fma(w1, c21);
      v = broadcast(a[r + 3]);
      c30 = v.fma(w0, c30);
      c31 = v.fma(w1, c31);
      w0 = load(b, q + BLOCK);
      w1 = load(b, q + BLOCK + LANES);
      v = broadcast(a[r + 4]);
      c00 = v.fma(w0, c00);
      c01 = v.fma(w1, c01);
      v = broadcast(a[r + 5]);
      c10 = v.fma(w0, c10);
      c11 = v.fma(w1, c11);
      v = broadcast(a[r + 6]);
      c20 = v.fma(w0, c20);
      c21 = v.fma(w1, c21);
      v = broadcast(a[r + 7]);
      c30 = v.fma(w0, c30);
      c31 = v.fma(w1, c31);
    }
    c00.intoArray(c, t0);
    c01.intoArray(c, t0 + LANES);
    c10.intoArray(c, t1);
    c11.intoArray(c, t1 + LANES);
    c20.intoArray(c, t2);
    c21.intoArray(c, t2 + LANES);
    c30.intoArray(c, t3);
    c31.intoArray(c, t3 + LANES);
    if ((steps & 1) == 1) {
      foursLast(steps - 1, a, aStart, b, bStart, c, t0, t1, t2, t3);
    }
  }

  /// The last of an odd number of steps. (In the same method the compiler boxes the vectors.)
  private static void foursLast(
      int p,
      float[] a,
      int aStart,
      float[] b,
      int bStart,
      float[] c,
      int t0,
      int t1,
      int t2,
      int t3) {
    FloatVector c00 = load(c, t0);
    FloatVector c01 = load(c, t0 + LANES);
    FloatVector c10 = load(c, t1);
    FloatVector c11 = load(c, t1 + LANES);
    FloatVector c20 = load(c, t2);
    FloatVector c21 = load(c, t2 + LANES);
    FloatVector c30 = load(c, t3);
    FloatVector c31 = load(c, t3 + LANES);
    int q = bStart + p * BLOCK;
    int r = aStart + p * ROWS;
    FloatVector w0 = load(b, q);
    FloatVector w1 = load(b, q + LANES);
    FloatVector v = broadcast(a[r]);
    c00 = v.fma(w0, c00);
    c01 = v.fma(w1, c01);
    v = broadcast(a[r + 1]);
    c10 = v.fma(w0, c10);
    c11 = v.fma(w1, c11);
    v = broadcast(a[r + 2]);
    c20 = v.fma(w0, c20);
    c21 = v.fma(w1, c21);
    v = broadcast(a[r + 3]);
    c30 = v.fma(w0, c30);
    c31 = v.fma(w1, c31);
    c00.intoArray(c, t0);
    c01.intoArray(c, t0 + LANES);
    c10.intoArray(c, t1);
    c11.intoArray(c, t1 + LANES);
    c20.intoArray(c, t2);
    c21.intoArray(c, t2 + LANES);
    c30.intoArray(c, t3);
    c31.intoArray(c, t3 + LANES);
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(SPECIES, array, index);
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}

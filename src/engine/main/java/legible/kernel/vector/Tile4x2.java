package legible.kernel.vector;

import static legible.kernel.vector.Addresses.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Rows that are too few for [Tile12x2], in products and weight gradients: 4 rows x 2 vectors of chains stay in
/// registers while the steps go by.
///
/// ```
///  c[cStart + i·cStride + j] = chain from its value over p ascending of A(i,p) · b[bStart + p·BLOCK + j]
/// ```
///
/// A row is a row of C or a weight: whatever is multiplied with the same b. Eight chains are as many as
/// two multipliers of latency four need. Two steps are written out, as in [Tile6x2]: the loop's own
/// instructions are too many for one.
final class Tile4x2 {
  static final int ROWS = 4;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /// Columns of the tile, and of a panel of b.
  static final int BLOCK = 2 * LANES;

  private Tile4x2() {}

  /// Rows side by side: `A(i,p) = a[aStart + p·ROWS + i]`.
  ///
  /// @param b element `(p, j)` at `bStart + p·BLOCK + j`
  /// @param c element `(i, j)` at `cStart + i·cStride + j`; modified
  static void fours(
      int steps, float[] a, int aStart, float[] b, int bStart, float[] c, int cStart, int cStride) {
    FloatVector s0 = load(c, cStart);
    FloatVector t0 = load(c, cStart + LANES);
    FloatVector s1 = load(c, cStart + cStride);
    FloatVector t1 = load(c, cStart + cStride + LANES);
    FloatVector s2 = load(c, cStart + 2 * cStride);
    FloatVector t2 = load(c, cStart + 2 * cStride + LANES);
    FloatVector s3 = load(c, cStart + 3 * cStride);
    FloatVector t3 = load(c, cStart + 3 * cStride + LANES);
    int even = Addresses.bounded((steps & -2) * ROWS, BLOCK / ROWS);
    for (int r = 0; r < even; r += 2 * ROWS) {
      int q = bStart + r * (BLOCK / ROWS);
      FloatVector wa = FloatVector.fromArray(SPECIES, b, q);
      FloatVector wb = FloatVector.fromArray(SPECIES, b, q + LANES);
      FloatVector v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, aStart + r));
      s0 = v.fma(wa, s0);
      t0 = v.fma(wb, t0);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, aStart + r + 1));
      s1 = v.fma(wa, s1);
      t1 = v.fma(wb, t1);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, aStart + r + 2));
      s2 = v.fma(wa, s2);
      t2 = v.fma(wb, t2);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, aStart + r + 3));
      s3 = v.fma(wa, s3);
      t3 = v.fma(wb, t3);
      wa = FloatVector.fromArray(SPECIES, b, q + BLOCK);
      wb = FloatVector.fromArray(SPECIES, b, q + BLOCK + LANES);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, aStart + r + 4));
      s0 = v.fma(wa, s0);
      t0 = v.fma(wb, t0);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, aStart + r + 5));
      s1 = v.fma(wa, s1);
      t1 = v.fma(wb, t1);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, aStart + r + 6));
      s2 = v.fma(wa, s2);
      t2 = v.fma(wb, t2);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, aStart + r + 7));
      s3 = v.fma(wa, s3);
      t3 = v.fma(wb, t3);
    }
    if (steps % 2 != 0) {
      int q = bStart + even * (BLOCK / ROWS);
      FloatVector wa = FloatVector.fromArray(SPECIES, b, q);
      FloatVector wb = FloatVector.fromArray(SPECIES, b, q + LANES);
      FloatVector v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, aStart + even));
      s0 = v.fma(wa, s0);
      t0 = v.fma(wb, t0);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, aStart + even + 1));
      s1 = v.fma(wa, s1);
      t1 = v.fma(wb, t1);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, aStart + even + 2));
      s2 = v.fma(wa, s2);
      t2 = v.fma(wb, t2);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, aStart + even + 3));
      s3 = v.fma(wa, s3);
      t3 = v.fma(wb, t3);
    }
    s0.intoArray(c, cStart);
    t0.intoArray(c, cStart + LANES);
    s1.intoArray(c, cStart + cStride);
    t1.intoArray(c, cStart + cStride + LANES);
    s2.intoArray(c, cStart + 2 * cStride);
    t2.intoArray(c, cStart + 2 * cStride + LANES);
    s3.intoArray(c, cStart + 3 * cStride);
    t3.intoArray(c, cStart + 3 * cStride + LANES);
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(SPECIES, array, index);
  }
}

package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loop of [VectorGemm] on machines of 32 vector registers: 4 rows x 4 vectors of
/// chains stay in registers. Otherwise as [Tile4x2].
final class Tile4x4 {
  static final int ROWS = 4;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /// Columns of the tile, and of a panel of b.
  static final int BLOCK = 4 * LANES;

  private Tile4x4() {}

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
    FloatVector c02 = load(c, t0 + 2 * LANES);
    FloatVector c03 = load(c, t0 + 3 * LANES);
    FloatVector c10 = load(c, t1);
    FloatVector c11 = load(c, t1 + LANES);
    FloatVector c12 = load(c, t1 + 2 * LANES);
    FloatVector c13 = load(c, t1 + 3 * LANES);
    FloatVector c20 = load(c, t2);
    FloatVector c21 = load(c, t2 + LANES);
    FloatVector c22 = load(c, t2 + 2 * LANES);
    FloatVector c23 = load(c, t2 + 3 * LANES);
    FloatVector c30 = load(c, t3);
    FloatVector c31 = load(c, t3 + LANES);
    FloatVector c32 = load(c, t3 + 2 * LANES);
    FloatVector c33 = load(c, t3 + 3 * LANES);
    for (int p = 0; p < steps; p++) {
      int q = bStart + p * BLOCK;
      int r = aStart + p * ROWS;
      FloatVector w0 = load(b, q);
      FloatVector w1 = load(b, q + LANES);
      FloatVector w2 = load(b, q + 2 * LANES);
      FloatVector w3 = load(b, q + 3 * LANES);
      FloatVector v = FloatVector.broadcast(SPECIES, a[r]);
      c00 = v.fma(w0, c00);
      c01 = v.fma(w1, c01);
      c02 = v.fma(w2, c02);
      c03 = v.fma(w3, c03);
      v = FloatVector.broadcast(SPECIES, a[r + 1]);
      c10 = v.fma(w0, c10);
      c11 = v.fma(w1, c11);
      c12 = v.fma(w2, c12);
      c13 = v.fma(w3, c13);
      v = FloatVector.broadcast(SPECIES, a[r + 2]);
      c20 = v.fma(w0, c20);
      c21 = v.fma(w1, c21);
      c22 = v.fma(w2, c22);
      c23 = v.fma(w3, c23);
      v = FloatVector.broadcast(SPECIES, a[r + 3]);
      c30 = v.fma(w0, c30);
      c31 = v.fma(w1, c31);
      c32 = v.fma(w2, c32);
      c33 = v.fma(w3, c33);
    }
    c00.intoArray(c, t0);
    c01.intoArray(c, t0 + LANES);
    c02.intoArray(c, t0 + 2 * LANES);
    c03.intoArray(c, t0 + 3 * LANES);
    c10.intoArray(c, t1);
    c11.intoArray(c, t1 + LANES);
    c12.intoArray(c, t1 + 2 * LANES);
    c13.intoArray(c, t1 + 3 * LANES);
    c20.intoArray(c, t2);
    c21.intoArray(c, t2 + LANES);
    c22.intoArray(c, t2 + 2 * LANES);
    c23.intoArray(c, t2 + 3 * LANES);
    c30.intoArray(c, t3);
    c31.intoArray(c, t3 + LANES);
    c32.intoArray(c, t3 + 2 * LANES);
    c33.intoArray(c, t3 + 3 * LANES);
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(SPECIES, array, index);
  }
}

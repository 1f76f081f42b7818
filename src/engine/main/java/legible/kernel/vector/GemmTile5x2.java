package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loop of [VectorGemm] with 5 rows x 2 vectors of C in registers:
/// 10 sums, 2 of B and 1 of A fit 16 registers.
///
/// A line of the code for each register. The rows of A are addressed as a fixed start plus p: so
/// their bounds are checked once, before the loop.
final class GemmTile5x2 {
  static final int ROWS = 5;
  static final int VECTORS = 2;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private GemmTile5x2() {}

  /// `C(i,j) = fma(A(i,p), panel(p,j), C(i,j))` for p ascending.
  ///
  /// @param rows of A and C that exist, 1..ROWS; further rows of A repeat the last one
  /// @param k steps of the chains
  /// @param a element `(i, p)` is `a[aOffset + i·aStride + p]`
  /// @param panel element `(p, j)` is `panel[panelOffset + p·VECTORS·LANES + j]`
  /// @param c element `(i, j)` is `c[cOffset + i·cStride + j]`; all ROWS of it are set
  static void run(
      int rows,
      int k,
      float[] a,
      int aOffset,
      int aStride,
      float[] panel,
      int panelOffset,
      float[] c,
      int cOffset,
      int cStride) {
    FloatVector c00 = load(c, cOffset);
    FloatVector c01 = load(c, cOffset + LANES);
    FloatVector c10 = load(c, cOffset + cStride);
    FloatVector c11 = load(c, cOffset + cStride + LANES);
    FloatVector c20 = load(c, cOffset + 2 * cStride);
    FloatVector c21 = load(c, cOffset + 2 * cStride + LANES);
    FloatVector c30 = load(c, cOffset + 3 * cStride);
    FloatVector c31 = load(c, cOffset + 3 * cStride + LANES);
    FloatVector c40 = load(c, cOffset + 4 * cStride);
    FloatVector c41 = load(c, cOffset + 4 * cStride + LANES);
    int row0 = aOffset;
    int row1 = aOffset + Math.min(1, rows - 1) * aStride;
    int row2 = aOffset + Math.min(2, rows - 1) * aStride;
    int row3 = aOffset + Math.min(3, rows - 1) * aStride;
    int row4 = aOffset + Math.min(4, rows - 1) * aStride;
    for (int p = 0; p < k; p++) {
      int b = panelOffset + p * (VECTORS * LANES);
      FloatVector b0 = load(panel, b);
      FloatVector b1 = load(panel, b + LANES);
      FloatVector a0 = broadcast(a[row0 + p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = broadcast(a[row1 + p]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = broadcast(a[row2 + p]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = broadcast(a[row3 + p]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = broadcast(a[row4 + p]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
    }
    c00.intoArray(c, cOffset);
    c01.intoArray(c, cOffset + LANES);
    c10.intoArray(c, cOffset + cStride);
    c11.intoArray(c, cOffset + cStride + LANES);
    c20.intoArray(c, cOffset + 2 * cStride);
    c21.intoArray(c, cOffset + 2 * cStride + LANES);
    c30.intoArray(c, cOffset + 3 * cStride);
    c31.intoArray(c, cOffset + 3 * cStride + LANES);
    c40.intoArray(c, cOffset + 4 * cStride);
    c41.intoArray(c, cOffset + 4 * cStride + LANES);
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(SPECIES, array, index);
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}

package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loop of [VectorGemm] with 4 rows x 2 vectors of C in registers: 8 sums, 2 of B and 1 of A fit the 16 registers of AVX2.
///
/// One row for each line of the code, so that the registers can be counted.
final class GemmTile4x2 {
  static final int ROWS = 4;
  static final int VECTORS = 2;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private GemmTile4x2() {}

  /// `c += a·panel` for one tile, k ascending; see [legible.kernel.loops.GemmLoops#panel].
  static void run(
      int k,
      float[] a,
      int aOffset,
      int rowStride,
      int columnStride,
      float[] panel,
      int panelOffset,
      float[] c,
      int cOffset,
      int cStride,
      boolean relu) {
    FloatVector c00 = load(c, cOffset);
    FloatVector c01 = load(c, cOffset + LANES);
    FloatVector c10 = load(c, cOffset + cStride);
    FloatVector c11 = load(c, cOffset + cStride + LANES);
    FloatVector c20 = load(c, cOffset + 2 * cStride);
    FloatVector c21 = load(c, cOffset + 2 * cStride + LANES);
    FloatVector c30 = load(c, cOffset + 3 * cStride);
    FloatVector c31 = load(c, cOffset + 3 * cStride + LANES);
    int e = aOffset;
    int b = panelOffset;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = load(panel, b);
      FloatVector b1 = load(panel, b + LANES);
      FloatVector a0 = broadcast(a[e]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = broadcast(a[e + rowStride]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = broadcast(a[e + 2 * rowStride]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = broadcast(a[e + 3 * rowStride]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      e += columnStride;
      b += 2 * LANES;
    }
    store(c00, relu, c, cOffset);
    store(c01, relu, c, cOffset + LANES);
    store(c10, relu, c, cOffset + cStride);
    store(c11, relu, c, cOffset + cStride + LANES);
    store(c20, relu, c, cOffset + 2 * cStride);
    store(c21, relu, c, cOffset + 2 * cStride + LANES);
    store(c30, relu, c, cOffset + 3 * cStride);
    store(c31, relu, c, cOffset + 3 * cStride + LANES);
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(SPECIES, array, index);
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  private static void store(FloatVector z, boolean relu, float[] c, int index) {
    (relu ? z.max(0f) : z).intoArray(c, index);
  }
}

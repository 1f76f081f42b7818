package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Half a tile of [Tile12x2], for machines of 16 vector registers: 6 rows x 2 vectors of chains stay in
/// them.
///
/// Twelve chains hide the latency of fma where two start in each cycle, with some to spare for a core
/// that is shared. Inputs are read as [Addresses] says: else the compiler loads several before it uses
/// one, and has no register for them (docs/decisions/0011).
final class Tile6x2 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /// Columns of the tile, and of a panel of b.
  private static final int BLOCK = 2 * LANES;

  /// Rows that lie side by side.
  private static final int FOUR = Tile4x2.ROWS;

  private Tile6x2() {}

  /// Four rows side by side, and two of another four: `A(i,p) = a[a4 + 4·p + i]` for the first four, and
  /// `a[a2 + 4·p + i - 4]` for the last two.
  ///
  /// @param b element `(p, j)` at `bStart + p·BLOCK + j`
  /// @param c element `(i, j)` at `c4 + i·cStride + j`, of the last two at `c2 + (i - 4)·cStride + j`; modified
  static void fours(
      int steps,
      float[] a,
      int a4,
      int a2,
      float[] b,
      int bStart,
      float[] c,
      int c4,
      int c2,
      int cStride) {
    FloatVector s0 = load(c, c4);
    FloatVector t0 = load(c, c4 + LANES);
    FloatVector s1 = load(c, c4 + cStride);
    FloatVector t1 = load(c, c4 + cStride + LANES);
    FloatVector s2 = load(c, c4 + 2 * cStride);
    FloatVector t2 = load(c, c4 + 2 * cStride + LANES);
    FloatVector s3 = load(c, c4 + 3 * cStride);
    FloatVector t3 = load(c, c4 + 3 * cStride + LANES);
    FloatVector s4 = load(c, c2);
    FloatVector t4 = load(c, c2 + LANES);
    FloatVector s5 = load(c, c2 + cStride);
    FloatVector t5 = load(c, c2 + cStride + LANES);
    int end = Addresses.bounded(steps) * FOUR;
    for (int r = 0; r < end; r += FOUR) {
      int q = bStart + r * (BLOCK / FOUR);
      FloatVector wa = load(b, q);
      FloatVector wb = load(b, q + LANES);
      FloatVector v = Addresses.broadcast(a, a4 + r);
      s0 = v.fma(wa, s0);
      t0 = v.fma(wb, t0);
      v = Addresses.broadcast(a, a4 + r + 1);
      s1 = v.fma(wa, s1);
      t1 = v.fma(wb, t1);
      v = Addresses.broadcast(a, a4 + r + 2);
      s2 = v.fma(wa, s2);
      t2 = v.fma(wb, t2);
      v = Addresses.broadcast(a, a4 + r + 3);
      s3 = v.fma(wa, s3);
      t3 = v.fma(wb, t3);
      v = Addresses.broadcast(a, a2 + r);
      s4 = v.fma(wa, s4);
      t4 = v.fma(wb, t4);
      v = Addresses.broadcast(a, a2 + r + 1);
      s5 = v.fma(wa, s5);
      t5 = v.fma(wb, t5);
    }
    s0.intoArray(c, c4);
    t0.intoArray(c, c4 + LANES);
    s1.intoArray(c, c4 + cStride);
    t1.intoArray(c, c4 + cStride + LANES);
    s2.intoArray(c, c4 + 2 * cStride);
    t2.intoArray(c, c4 + 2 * cStride + LANES);
    s3.intoArray(c, c4 + 3 * cStride);
    t3.intoArray(c, c4 + 3 * cStride + LANES);
    s4.intoArray(c, c2);
    t4.intoArray(c, c2 + LANES);
    s5.intoArray(c, c2 + cStride);
    t5.intoArray(c, c2 + cStride + LANES);
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(SPECIES, array, index);
  }
}

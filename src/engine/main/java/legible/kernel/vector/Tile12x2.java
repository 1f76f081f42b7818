package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loop of [VectorGemm]: 12 rows x 2 vectors of chains stay in registers, so that a panel
/// of b is read a third as often as by [Tile4x2], which otherwise is the same. 24 chains also hide the
/// latency of fma where two start in each cycle. Machines of 16 vector registers take half of the rows
/// ([Tile6x2]) at a time.
final class Tile12x2 {
  static final int ROWS = 12;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /// Columns of the tile, and of a panel of b.
  private static final int BLOCK = 2 * LANES;

  /// Rows that lie side by side.
  private static final int FOUR = Tile4x2.ROWS;

  private Tile12x2() {}

  /// Rows side by side by fours: `A(i,p) = a[aStart + (i / 4)·group + 4·p + i mod 4]`. With 16 registers in
  /// two halves.
  ///
  /// @param group from four rows to the next four
  /// @param b element `(p, j)` at `bStart + p·BLOCK + j`
  /// @param c element `(i, j)` at `cStart + i·cStride + j`, modified
  static void fours(
      int steps,
      float[] a,
      int aStart,
      int group,
      float[] b,
      int bStart,
      float[] c,
      int cStart,
      int cStride) {
    if (GemmRegisters.MANY) {
      allFours(steps, a, aStart, group, b, bStart, c, cStart, cStride);
      return;
    }
    int row4 = cStart + FOUR * cStride;
    int row6 = row4 + 2 * cStride;
    int row8 = row6 + 2 * cStride;
    int second = aStart + group;
    Tile6x2.fours(steps, a, aStart, second, b, bStart, c, cStart, row4, cStride);
    Tile6x2.fours(steps, a, second + group, second + 2, b, bStart, c, row8, row6, cStride);
  }

  private static void allFours(
      int steps,
      float[] a,
      int aStart,
      int group,
      float[] b,
      int bStart,
      float[] c,
      int cStart,
      int cStride) {
    FloatVector a0 = load(c, cStart);
    FloatVector b0 = load(c, cStart + LANES);
    FloatVector a1 = load(c, cStart + cStride);
    FloatVector b1 = load(c, cStart + cStride + LANES);
    FloatVector a2 = load(c, cStart + 2 * cStride);
    FloatVector b2 = load(c, cStart + 2 * cStride + LANES);
    FloatVector a3 = load(c, cStart + 3 * cStride);
    FloatVector b3 = load(c, cStart + 3 * cStride + LANES);
    FloatVector a4 = load(c, cStart + 4 * cStride);
    FloatVector b4 = load(c, cStart + 4 * cStride + LANES);
    FloatVector a5 = load(c, cStart + 5 * cStride);
    FloatVector b5 = load(c, cStart + 5 * cStride + LANES);
    FloatVector a6 = load(c, cStart + 6 * cStride);
    FloatVector b6 = load(c, cStart + 6 * cStride + LANES);
    FloatVector a7 = load(c, cStart + 7 * cStride);
    FloatVector b7 = load(c, cStart + 7 * cStride + LANES);
    FloatVector a8 = load(c, cStart + 8 * cStride);
    FloatVector b8 = load(c, cStart + 8 * cStride + LANES);
    FloatVector a9 = load(c, cStart + 9 * cStride);
    FloatVector b9 = load(c, cStart + 9 * cStride + LANES);
    FloatVector a10 = load(c, cStart + 10 * cStride);
    FloatVector b10 = load(c, cStart + 10 * cStride + LANES);
    FloatVector a11 = load(c, cStart + 11 * cStride);
    FloatVector b11 = load(c, cStart + 11 * cStride + LANES);
    for (int p = 0; p < steps; p++) {
      int q = bStart + p * BLOCK;
      int r = aStart + p * FOUR;
      FloatVector wa = load(b, q);
      FloatVector wb = load(b, q + LANES);
      FloatVector v = FloatVector.broadcast(SPECIES, a[r]);
      a0 = v.fma(wa, a0);
      b0 = v.fma(wb, b0);
      v = FloatVector.broadcast(SPECIES, a[r + 1]);
      a1 = v.fma(wa, a1);
      b1 = v.fma(wb, b1);
      v = FloatVector.broadcast(SPECIES, a[r + 2]);
      a2 = v.fma(wa, a2);
      b2 = v.fma(wb, b2);
      v = FloatVector.broadcast(SPECIES, a[r + 3]);
      a3 = v.fma(wa, a3);
      b3 = v.fma(wb, b3);
      r += group;
      v = FloatVector.broadcast(SPECIES, a[r]);
      a4 = v.fma(wa, a4);
      b4 = v.fma(wb, b4);
      v = FloatVector.broadcast(SPECIES, a[r + 1]);
      a5 = v.fma(wa, a5);
      b5 = v.fma(wb, b5);
      v = FloatVector.broadcast(SPECIES, a[r + 2]);
      a6 = v.fma(wa, a6);
      b6 = v.fma(wb, b6);
      v = FloatVector.broadcast(SPECIES, a[r + 3]);
      a7 = v.fma(wa, a7);
      b7 = v.fma(wb, b7);
      r += group;
      v = FloatVector.broadcast(SPECIES, a[r]);
      a8 = v.fma(wa, a8);
      b8 = v.fma(wb, b8);
      v = FloatVector.broadcast(SPECIES, a[r + 1]);
      a9 = v.fma(wa, a9);
      b9 = v.fma(wb, b9);
      v = FloatVector.broadcast(SPECIES, a[r + 2]);
      a10 = v.fma(wa, a10);
      b10 = v.fma(wb, b10);
      v = FloatVector.broadcast(SPECIES, a[r + 3]);
      a11 = v.fma(wa, a11);
      b11 = v.fma(wb, b11);
    }
    a0.intoArray(c, cStart);
    b0.intoArray(c, cStart + LANES);
    a1.intoArray(c, cStart + cStride);
    b1.intoArray(c, cStart + cStride + LANES);
    a2.intoArray(c, cStart + 2 * cStride);
    b2.intoArray(c, cStart + 2 * cStride + LANES);
    a3.intoArray(c, cStart + 3 * cStride);
    b3.intoArray(c, cStart + 3 * cStride + LANES);
    a4.intoArray(c, cStart + 4 * cStride);
    b4.intoArray(c, cStart + 4 * cStride + LANES);
    a5.intoArray(c, cStart + 5 * cStride);
    b5.intoArray(c, cStart + 5 * cStride + LANES);
    a6.intoArray(c, cStart + 6 * cStride);
    b6.intoArray(c, cStart + 6 * cStride + LANES);
    a7.intoArray(c, cStart + 7 * cStride);
    b7.intoArray(c, cStart + 7 * cStride + LANES);
    a8.intoArray(c, cStart + 8 * cStride);
    b8.intoArray(c, cStart + 8 * cStride + LANES);
    a9.intoArray(c, cStart + 9 * cStride);
    b9.intoArray(c, cStart + 9 * cStride + LANES);
    a10.intoArray(c, cStart + 10 * cStride);
    b10.intoArray(c, cStart + 10 * cStride + LANES);
    a11.intoArray(c, cStart + 11 * cStride);
    b11.intoArray(c, cStart + 11 * cStride + LANES);
  }

  /// Rows side by side, at places from lists: `A(i,p) = a[aStart + aAt[p] + i]`, and row p of b lies at
  /// `bStart + bAt[p]`.
  ///
  /// @param c element `(i, j)` at `cStart + i·cStride + j`, modified
  static void neighbours(
      int steps,
      float[] a,
      int aStart,
      int[] aAt,
      float[] b,
      int bStart,
      int[] bAt,
      float[] c,
      int cStart,
      int cStride) {
    FloatVector s0 = load(c, cStart);
    FloatVector t0 = load(c, cStart + LANES);
    FloatVector s1 = load(c, cStart + cStride);
    FloatVector t1 = load(c, cStart + cStride + LANES);
    FloatVector s2 = load(c, cStart + 2 * cStride);
    FloatVector t2 = load(c, cStart + 2 * cStride + LANES);
    FloatVector s3 = load(c, cStart + 3 * cStride);
    FloatVector t3 = load(c, cStart + 3 * cStride + LANES);
    FloatVector s4 = load(c, cStart + 4 * cStride);
    FloatVector t4 = load(c, cStart + 4 * cStride + LANES);
    FloatVector s5 = load(c, cStart + 5 * cStride);
    FloatVector t5 = load(c, cStart + 5 * cStride + LANES);
    FloatVector s6 = load(c, cStart + 6 * cStride);
    FloatVector t6 = load(c, cStart + 6 * cStride + LANES);
    FloatVector s7 = load(c, cStart + 7 * cStride);
    FloatVector t7 = load(c, cStart + 7 * cStride + LANES);
    FloatVector s8 = load(c, cStart + 8 * cStride);
    FloatVector t8 = load(c, cStart + 8 * cStride + LANES);
    FloatVector s9 = load(c, cStart + 9 * cStride);
    FloatVector t9 = load(c, cStart + 9 * cStride + LANES);
    FloatVector s10 = load(c, cStart + 10 * cStride);
    FloatVector t10 = load(c, cStart + 10 * cStride + LANES);
    FloatVector s11 = load(c, cStart + 11 * cStride);
    FloatVector t11 = load(c, cStart + 11 * cStride + LANES);
    for (int p = 0; p < steps; p++) {
      int q = bStart + bAt[p];
      int at = aAt[p];
      FloatVector wa = load(b, q);
      FloatVector wb = load(b, q + LANES);
      int r = aStart + at;
      FloatVector v = FloatVector.broadcast(SPECIES, a[r]);
      s0 = v.fma(wa, s0);
      t0 = v.fma(wb, t0);
      v = FloatVector.broadcast(SPECIES, a[r + 1]);
      s1 = v.fma(wa, s1);
      t1 = v.fma(wb, t1);
      v = FloatVector.broadcast(SPECIES, a[r + 2]);
      s2 = v.fma(wa, s2);
      t2 = v.fma(wb, t2);
      v = FloatVector.broadcast(SPECIES, a[r + 3]);
      s3 = v.fma(wa, s3);
      t3 = v.fma(wb, t3);
      v = FloatVector.broadcast(SPECIES, a[r + 4]);
      s4 = v.fma(wa, s4);
      t4 = v.fma(wb, t4);
      v = FloatVector.broadcast(SPECIES, a[r + 5]);
      s5 = v.fma(wa, s5);
      t5 = v.fma(wb, t5);
      v = FloatVector.broadcast(SPECIES, a[r + 6]);
      s6 = v.fma(wa, s6);
      t6 = v.fma(wb, t6);
      v = FloatVector.broadcast(SPECIES, a[r + 7]);
      s7 = v.fma(wa, s7);
      t7 = v.fma(wb, t7);
      v = FloatVector.broadcast(SPECIES, a[r + 8]);
      s8 = v.fma(wa, s8);
      t8 = v.fma(wb, t8);
      v = FloatVector.broadcast(SPECIES, a[r + 9]);
      s9 = v.fma(wa, s9);
      t9 = v.fma(wb, t9);
      v = FloatVector.broadcast(SPECIES, a[r + 10]);
      s10 = v.fma(wa, s10);
      t10 = v.fma(wb, t10);
      v = FloatVector.broadcast(SPECIES, a[r + 11]);
      s11 = v.fma(wa, s11);
      t11 = v.fma(wb, t11);
    }
    s0.intoArray(c, cStart);
    t0.intoArray(c, cStart + LANES);
    s1.intoArray(c, cStart + cStride);
    t1.intoArray(c, cStart + cStride + LANES);
    s2.intoArray(c, cStart + 2 * cStride);
    t2.intoArray(c, cStart + 2 * cStride + LANES);
    s3.intoArray(c, cStart + 3 * cStride);
    t3.intoArray(c, cStart + 3 * cStride + LANES);
    s4.intoArray(c, cStart + 4 * cStride);
    t4.intoArray(c, cStart + 4 * cStride + LANES);
    s5.intoArray(c, cStart + 5 * cStride);
    t5.intoArray(c, cStart + 5 * cStride + LANES);
    s6.intoArray(c, cStart + 6 * cStride);
    t6.intoArray(c, cStart + 6 * cStride + LANES);
    s7.intoArray(c, cStart + 7 * cStride);
    t7.intoArray(c, cStart + 7 * cStride + LANES);
    s8.intoArray(c, cStart + 8 * cStride);
    t8.intoArray(c, cStart + 8 * cStride + LANES);
    s9.intoArray(c, cStart + 9 * cStride);
    t9.intoArray(c, cStart + 9 * cStride + LANES);
    s10.intoArray(c, cStart + 10 * cStride);
    t10.intoArray(c, cStart + 10 * cStride + LANES);
    s11.intoArray(c, cStart + 11 * cStride);
    t11.intoArray(c, cStart + 11 * cStride + LANES);
  }

  /// Three times four rows that lie side by side, at places from lists:
  /// `A(i,p) = a[aₖ + aAt[p] + i mod 4]` with k = i / 4, and row p of b lies at `bStart + bAt[p]`. Rows may be
  /// given twice: all values are loaded before any is stored.
  ///
  /// @param c element `(i, j)` at `cₖ + (i mod 4)·cStride + j`, modified
  static void listed(
      int steps,
      float[] a,
      int a0,
      int a1,
      int a2,
      int[] aAt,
      float[] b,
      int bStart,
      int[] bAt,
      float[] c,
      int c0,
      int c1,
      int c2,
      int cStride) {
    FloatVector s0 = load(c, c0);
    FloatVector t0 = load(c, c0 + LANES);
    FloatVector s1 = load(c, c0 + cStride);
    FloatVector t1 = load(c, c0 + cStride + LANES);
    FloatVector s2 = load(c, c0 + 2 * cStride);
    FloatVector t2 = load(c, c0 + 2 * cStride + LANES);
    FloatVector s3 = load(c, c0 + 3 * cStride);
    FloatVector t3 = load(c, c0 + 3 * cStride + LANES);
    FloatVector s4 = load(c, c1);
    FloatVector t4 = load(c, c1 + LANES);
    FloatVector s5 = load(c, c1 + cStride);
    FloatVector t5 = load(c, c1 + cStride + LANES);
    FloatVector s6 = load(c, c1 + 2 * cStride);
    FloatVector t6 = load(c, c1 + 2 * cStride + LANES);
    FloatVector s7 = load(c, c1 + 3 * cStride);
    FloatVector t7 = load(c, c1 + 3 * cStride + LANES);
    FloatVector s8 = load(c, c2);
    FloatVector t8 = load(c, c2 + LANES);
    FloatVector s9 = load(c, c2 + cStride);
    FloatVector t9 = load(c, c2 + cStride + LANES);
    FloatVector s10 = load(c, c2 + 2 * cStride);
    FloatVector t10 = load(c, c2 + 2 * cStride + LANES);
    FloatVector s11 = load(c, c2 + 3 * cStride);
    FloatVector t11 = load(c, c2 + 3 * cStride + LANES);
    for (int p = 0; p < steps; p++) {
      int q = bStart + bAt[p];
      int at = aAt[p];
      FloatVector wa = load(b, q);
      FloatVector wb = load(b, q + LANES);
      int r = a0 + at;
      FloatVector v = FloatVector.broadcast(SPECIES, a[r]);
      s0 = v.fma(wa, s0);
      t0 = v.fma(wb, t0);
      v = FloatVector.broadcast(SPECIES, a[r + 1]);
      s1 = v.fma(wa, s1);
      t1 = v.fma(wb, t1);
      v = FloatVector.broadcast(SPECIES, a[r + 2]);
      s2 = v.fma(wa, s2);
      t2 = v.fma(wb, t2);
      v = FloatVector.broadcast(SPECIES, a[r + 3]);
      s3 = v.fma(wa, s3);
      t3 = v.fma(wb, t3);
      r = a1 + at;
      v = FloatVector.broadcast(SPECIES, a[r]);
      s4 = v.fma(wa, s4);
      t4 = v.fma(wb, t4);
      v = FloatVector.broadcast(SPECIES, a[r + 1]);
      s5 = v.fma(wa, s5);
      t5 = v.fma(wb, t5);
      v = FloatVector.broadcast(SPECIES, a[r + 2]);
      s6 = v.fma(wa, s6);
      t6 = v.fma(wb, t6);
      v = FloatVector.broadcast(SPECIES, a[r + 3]);
      s7 = v.fma(wa, s7);
      t7 = v.fma(wb, t7);
      r = a2 + at;
      v = FloatVector.broadcast(SPECIES, a[r]);
      s8 = v.fma(wa, s8);
      t8 = v.fma(wb, t8);
      v = FloatVector.broadcast(SPECIES, a[r + 1]);
      s9 = v.fma(wa, s9);
      t9 = v.fma(wb, t9);
      v = FloatVector.broadcast(SPECIES, a[r + 2]);
      s10 = v.fma(wa, s10);
      t10 = v.fma(wb, t10);
      v = FloatVector.broadcast(SPECIES, a[r + 3]);
      s11 = v.fma(wa, s11);
      t11 = v.fma(wb, t11);
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
    s1.intoArray(c, c0 + cStride);
    t1.intoArray(c, c0 + cStride + LANES);
    s2.intoArray(c, c0 + 2 * cStride);
    t2.intoArray(c, c0 + 2 * cStride + LANES);
    s3.intoArray(c, c0 + 3 * cStride);
    t3.intoArray(c, c0 + 3 * cStride + LANES);
    s4.intoArray(c, c1);
    t4.intoArray(c, c1 + LANES);
    s5.intoArray(c, c1 + cStride);
    t5.intoArray(c, c1 + cStride + LANES);
    s6.intoArray(c, c1 + 2 * cStride);
    t6.intoArray(c, c1 + 2 * cStride + LANES);
    s7.intoArray(c, c1 + 3 * cStride);
    t7.intoArray(c, c1 + 3 * cStride + LANES);
    s8.intoArray(c, c2);
    t8.intoArray(c, c2 + LANES);
    s9.intoArray(c, c2 + cStride);
    t9.intoArray(c, c2 + cStride + LANES);
    s10.intoArray(c, c2 + 2 * cStride);
    t10.intoArray(c, c2 + 2 * cStride + LANES);
    s11.intoArray(c, c2 + 3 * cStride);
    t11.intoArray(c, c2 + 3 * cStride + LANES);
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(SPECIES, array, index);
  }
}

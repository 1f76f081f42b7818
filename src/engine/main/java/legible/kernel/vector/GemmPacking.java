package legible.kernel.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.Product;

/// Copies parts of matrices, and of weights, to where the innermost loops of [VectorGemm] and
/// [VectorConvolution] read them in order.
///
/// Transposing goes by squares of 4 x 4 in 128-bit registers, which all machines have. It takes two
/// steps (Eklundh 1972, "A fast computer method for matrix transposing"): the odd elements of each
/// even row change places with the even elements of the odd row below, then pairs likewise.
///
/// ```
///  a b c d        a e c g        a e i m
///  e f g h        b f d h        b f j n
///  i j k l   ->   i m k o   ->   c g k o
///  m n o p        j n l p        d h l p
/// ```
final class GemmPacking {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /// Lanes of two vectors in turn, of their lower and of their upper halves. (An index below zero means
  /// the second vector.)
  private static final VectorShuffle<Float> ZIP_LOW = zip(0);

  private static final VectorShuffle<Float> ZIP_HIGH = zip(LANES / 2);

  private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;
  private static final VectorShuffle<Float> SWAP_ONES = VectorShuffle.fromValues(FOUR, 1, 0, 3, 2);
  private static final VectorShuffle<Float> SWAP_PAIRS = VectorShuffle.fromValues(FOUR, 2, 3, 0, 1);
  private static final VectorMask<Float> ODD = VectorMask.fromLong(FOUR, 0b1010);
  private static final VectorMask<Float> HIGH = VectorMask.fromLong(FOUR, 0b1100);

  private GemmPacking() {}

  private static VectorShuffle<Float> zip(int first) {
    return VectorShuffle.fromOp(SPECIES, i -> first + i / 2 - (i % 2 == 0 ? 0 : LANES));
  }

  /// Packs the panels `[panel, panelEnd)` of B to their places. Row by row where B's rows lie in order: to
  /// take each panel's few columns out of all rows would find every row's page of memory again for each panel.
  ///
  /// @param width columns of a panel, two vectors
  static void pack(Product t, int panel, int panelEnd, int width) {
    int end = t.bColumn == 1 ? Math.min(panelEnd, t.n / width) : panel;
    int to = t.panelStart(panel, width);
    int step = width * t.k;
    for (int p = 0; p < t.k; p++, to += width) {
      int row = t.bOffset + p * t.bRow + panel * width;
      copyPairs(end - panel, t.b, row, width, t.packed, to, to + LANES, step);
    }
    for (int number = end; number < panelEnd; number++) {
      pack(t, number, width, 0, t.k, t.packed, t.panelStart(number, width));
    }
  }

  /// Packs the rows `[p0, p1)` of a panel of B: element `(p, j)` goes to
  /// `target[offset + (p - p0)·width + j]`, zeros to where B has no column.
  ///
  /// @param width columns of a panel, a multiple of the lanes
  static void pack(Product t, int panel, int width, int p0, int p1, float[] target, int offset) {
    int column = panel * width;
    int columns = Math.min(width, t.n - column);
    int rows = p1 - p0;
    int source = t.bOffset + p0 * t.bRow + column * t.bColumn;
    if (columns < width) {
      Arrays.fill(target, offset, offset + rows * width, 0f);
    }
    if (t.bColumn != 1) {
      transpose(columns, rows, t.b, source, t.bColumn, target, offset, width);
    } else if (columns == width) {
      copyPairs(rows, t.b, source, t.bRow, target, offset, offset + LANES, width);
    } else {
      for (int p = 0; p < rows; p++) {
        System.arraycopy(t.b, source + p * t.bRow, target, offset + p * width, columns);
      }
    }
  }

  /// Packs the block `[p0, p1)` of some rows of A side by side, four and four: element `(i, p)` goes
  /// to `target[(i - row)/4·4·(p1 - p0) + (p - p0)·4 + (i - row) mod 4]`. Rows that are missing to
  /// four repeat the last one.
  static void packRows(Product t, int row, int rowEnd, int p0, int p1, float[] target) {
    int steps = p1 - p0;
    for (int i = row; i < rowEnd; i += 4) {
      int from = t.aOffset + i * t.aRow + p0 * t.aColumn;
      int to = (i - row) * steps;
      int rows = Math.min(4, rowEnd - i);
      if (rows < 4) {
        packFewRows(rows, steps, t.a, from, t.aRow, t.aColumn, target, to);
      } else if (t.aColumn == 1) {
        zipRows(steps, t.a, from, t.aRow, target, to);
      } else {
        for (int p = 0; p < steps; p++) {
          FloatVector.fromArray(FOUR, t.a, from + p * t.aColumn).intoArray(target, to + 4 * p);
        }
      }
    }
  }

  /// Four rows side by side: `target[to + 4·c + i] = source[from + i·stride + c]`. Rows 0 and 2 are
  /// closed like a zip, rows 1 and 3 likewise, then both. By whole vectors: loads of four floats wait for
  /// earlier stores where rows lie a multiple of 4 KiB apart.
  private static void zipRows(
      int columns, float[] source, int from, int stride, float[] target, int to) {
    int from1 = from + stride;
    int from2 = from1 + stride;
    int from3 = from2 + stride;
    int c = 0;
    for (; c <= columns - LANES; c += LANES) {
      FloatVector r0 = FloatVector.fromArray(SPECIES, source, from + c);
      FloatVector r1 = FloatVector.fromArray(SPECIES, source, from1 + c);
      FloatVector r2 = FloatVector.fromArray(SPECIES, source, from2 + c);
      FloatVector r3 = FloatVector.fromArray(SPECIES, source, from3 + c);
      FloatVector even = r0.rearrange(ZIP_LOW, r2);
      FloatVector odd = r1.rearrange(ZIP_LOW, r3);
      int q = to + 4 * c;
      even.rearrange(ZIP_LOW, odd).intoArray(target, q);
      even.rearrange(ZIP_HIGH, odd).intoArray(target, q + LANES);
      even = r0.rearrange(ZIP_HIGH, r2);
      odd = r1.rearrange(ZIP_HIGH, r3);
      even.rearrange(ZIP_LOW, odd).intoArray(target, q + 2 * LANES);
      even.rearrange(ZIP_HIGH, odd).intoArray(target, q + 3 * LANES);
    }
    endOfFourRows(c, columns, source, from, stride, target, to, 4);
  }

  private static void packFewRows(
      int rows, int steps, float[] a, int from, int row, int column, float[] target, int to) {
    for (int i = 0; i < 4; i++) {
      int first = from + Math.min(i, rows - 1) * row;
      for (int p = 0; p < steps; p++) {
        target[to + 4 * p + i] = a[first + p * column];
      }
    }
  }

  /// Copies rows of two vectors: the first ones to `first + p·step`, the second ones to `second + p·step`.
  /// For so short rows faster than a call of arraycopy. Row by row, since neighbouring lines of memory
  /// come together.
  static void copyPairs(
      int rows,
      float[] b,
      int source,
      int stride,
      float[] target,
      int first,
      int second,
      int step) {
    for (int p = 0; p < rows; p++) {
      int from = source + p * stride;
      FloatVector one = FloatVector.fromArray(SPECIES, b, from);
      FloatVector other = FloatVector.fromArray(SPECIES, b, from + LANES);
      one.intoArray(target, first + p * step);
      other.intoArray(target, second + p * step);
    }
  }

  /// `target[targetOffset + c·targetStride + r] = source[sourceOffset + r·sourceStride + c]`
  ///
  /// @param rows rows of the source
  /// @param columns columns of the source
  static void transpose(
      int rows,
      int columns,
      float[] source,
      int sourceOffset,
      int sourceStride,
      float[] target,
      int targetOffset,
      int targetStride) {
    int r = 0;
    for (; r <= rows - 4; r += 4) {
      int from = sourceOffset + r * sourceStride;
      fourRows(columns, source, from, sourceStride, target, targetOffset + r, targetStride);
    }
    for (; r < rows; r++) {
      int from = sourceOffset + r * sourceStride;
      for (int c = 0; c < columns; c++) {
        target[targetOffset + r + c * targetStride] = source[from + c];
      }
    }
  }

  private static void fourRows(
      int columns, float[] source, int from, int stride, float[] target, int to, int targetStride) {
    int from1 = from + stride;
    int from2 = from1 + stride;
    int from3 = from2 + stride;
    int c = 0;
    for (; c <= columns - 4; c += 4) {
      FloatVector r0 = FloatVector.fromArray(FOUR, source, from + c);
      FloatVector r1 = FloatVector.fromArray(FOUR, source, from1 + c);
      FloatVector r2 = FloatVector.fromArray(FOUR, source, from2 + c);
      FloatVector r3 = FloatVector.fromArray(FOUR, source, from3 + c);
      FloatVector s0 = r0.blend(r1.rearrange(SWAP_ONES), ODD);
      FloatVector s1 = r0.rearrange(SWAP_ONES).blend(r1, ODD);
      FloatVector s2 = r2.blend(r3.rearrange(SWAP_ONES), ODD);
      FloatVector s3 = r2.rearrange(SWAP_ONES).blend(r3, ODD);
      int q = to + c * targetStride;
      s0.blend(s2.rearrange(SWAP_PAIRS), HIGH).intoArray(target, q);
      s1.blend(s3.rearrange(SWAP_PAIRS), HIGH).intoArray(target, q + targetStride);
      s0.rearrange(SWAP_PAIRS).blend(s2, HIGH).intoArray(target, q + 2 * targetStride);
      s1.rearrange(SWAP_PAIRS).blend(s3, HIGH).intoArray(target, q + 3 * targetStride);
    }
    endOfFourRows(c, columns, source, from, stride, target, to, targetStride);
  }

  /// The columns from `first` on.
  private static void endOfFourRows(
      int first,
      int columns,
      float[] source,
      int from,
      int stride,
      float[] target,
      int to,
      int targetStride) {
    for (int c = first; c < columns; c++) {
      for (int i = 0; i < 4; i++) {
        target[to + c * targetStride + i] = source[from + i * stride + c];
      }
    }
  }
}

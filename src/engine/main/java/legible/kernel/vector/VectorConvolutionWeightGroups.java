package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import legible.kernel.loops.WeightGradientPart;

/// The weight gradient of a part with few channels, by [Tile12x2] on machines of 32 registers.
///
/// Inputs and gradients are read where they lie: to copy them, as [VectorConvolutionWeightSums] does
/// for many channels, would take a quarter of the time (docs/decisions/0012). Lists tell the tiles where
/// each pixel is, for the loop over the pixels must be one: of two, one in the other, the compiler
/// spills the sums.
///
/// A tile takes three groups of four neighbouring channels. The groups of the kernel rows of one kernel
/// column stand in one list, since they meet the same pixels, so that few tiles remain incomplete:
/// those repeat their last group.
///
/// ```
///  (row 0, channels 0 to 3), (row 0, 4 to 7), (row 0, 8 to 11), (row 0, 12 to 15), (row 1, 0 to 3), ...
///  ╰───────────────────── a tile ────────────────────────────╯ ╰────────────── the next ───────
/// ```
final class VectorConvolutionWeightGroups {
  private static final int BLOCK = 2 * FloatVector.SPECIES_PREFERRED.length();

  /// Channels of a group.
  private static final int FOUR = 4;

  /// More channels than this are copied.
  private static final int CHANNELS = 32;

  private VectorConvolutionWeightGroups() {}

  /// Whether a part is for this class.
  static boolean take(WeightGradientPart part) {
    return GemmRegisters.MANY
        && part.depth <= CHANNELS
        && part.depth % FOUR == 0
        && part.lanes % BLOCK == 0;
  }

  /// All taps of a part.
  static void accumulate(WeightGradientPart part) {
    for (int t = 0; t < part.taps; t = part.endOfColumn(t)) {
      int end = part.endOfColumn(t);
      int row = 0;
      while (row < part.outputRows) {
        int next = part.endOfSameTaps(t, end, row);
        rows(part, t, end, row, next - row);
        row = next;
      }
    }
  }

  /// Some output rows that meet the same of the taps `[first, end)` of a kernel column.
  private static void rows(WeightGradientPart part, int first, int end, int row, int rows) {
    int from = first;
    while (from < end && !part.meets(from, row)) {
      from++;
    }
    int to = from;
    while (to < end && part.meets(to, row)) {
      to++;
    }
    if (from < to) {
      locate(part, rows, part.columns[from]);
      for (int o = 0; o < part.lanes; o += BLOCK) {
        tiles(part, from, to, row, rows, o);
      }
    }
  }

  /// Fills the lists for this many rows and columns of every image.
  private static void locate(WeightGradientPart part, int rows, int columns) {
    int pixels = part.images * rows * columns;
    if (part.inputAt.length < pixels) {
      part.inputAt = new int[pixels];
      part.gradientAt = new int[pixels];
    }
    int p = 0;
    for (int n = 0; n < part.images; n++) {
      for (int r = 0; r < rows; r++) {
        int x = n * part.xImage + r * part.xRow;
        int z = n * part.zImage + r * part.zRow;
        for (int c = 0; c < columns; c++, p++) {
          part.inputAt[p] = x + c * part.xColumn;
          part.gradientAt[p] = z + c * part.lanes;
        }
      }
    }
  }

  /// The taps `[first, end)`, which all meet all of these rows, for two vectors of channels.
  private static void tiles(WeightGradientPart part, int first, int end, int row, int rows, int o) {
    int groups = (end - first) * part.depth / FOUR;
    int pixels = part.images * rows * part.columns[first];
    int zStart = part.zStart + row * part.zRow + part.outputColumn[first] * part.lanes + o;
    for (int group = 0; group < groups; group += 3) {
      int second = Math.min(group + 1, groups - 1);
      int third = Math.min(group + 2, groups - 1);
      Tile12x2.listed(
          pixels,
          part.x,
          input(part, first, group, row),
          input(part, first, second, row),
          input(part, first, third, row),
          part.inputAt,
          part.dz,
          zStart,
          part.gradientAt,
          part.sums,
          sum(part, first, group, o),
          sum(part, first, second, o),
          sum(part, first, third, o),
          part.lanes);
    }
  }

  /// Where a group's inputs begin, for the output row `row` of the part.
  private static int input(WeightGradientPart part, int first, int group, int row) {
    int fours = part.depth / FOUR;
    int t = first + group / fours;
    int inputRow = part.inputRow[t] + row - part.outputRow[t];
    return part.xStart
        + inputRow * part.xRow
        + part.inputColumn[t] * part.xColumn
        + group % fours * FOUR;
  }

  /// Where a group's sums begin.
  private static int sum(WeightGradientPart part, int first, int group, int o) {
    int fours = part.depth / FOUR;
    return part.sumStart[first + group / fours] + group % fours * FOUR * part.lanes + o;
  }
}

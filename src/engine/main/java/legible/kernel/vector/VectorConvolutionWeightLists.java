package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import legible.kernel.loops.ConvolutionLoops;
import legible.kernel.loops.WeightGradientPart;

/// The weight gradient of a part whose inputs and gradients are read where they lie: to copy them, as
/// [VectorConvolutionWeightSums] does for many channels, would take a quarter of the time
/// (docs/decisions/0012).
///
/// Lists tell the tiles where each pixel is, for the loop over the pixels must be one: of two, one in
/// the other, the compiler spills the sums.
///
/// With channels by fours and 32 registers a tile takes three groups of four channels: neighbours, of
/// which it finds the place once, as long as a kernel row has three more. What is left of the kernel
/// rows of one kernel column stands in one list, since they meet the same pixels, so that few tiles
/// remain incomplete: those repeat their last group.
///
/// ```
///  channels  0 to 3   4 to 7   8 to 11   12 to 15
///  row 0     ╰───────── a tile ──────╯   ╮
///  row 1     ╰───────── a tile ──────╯   │ a tile
///  row 2     ╰───────── a tile ──────╯   ╯
/// ```
///
/// Other numbers of channels, such as one or three, go by tiles of four weight rows: four pairs of a
/// kernel row and a channel from the same list.
final class VectorConvolutionWeightLists {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();
  private static final int BLOCK = 2 * LANES;

  /// Channels of a group.
  private static final int FOUR = 4;

  /// Groups of a tile.
  private static final int GROUPS = Tile12x2.ROWS / FOUR;

  private VectorConvolutionWeightLists() {}

  /// Whether a part is for this class. What counts is how far neighbouring pixels lie apart, not how many
  /// of their channels the part has: those of many channels drive each other out of the cache.
  static boolean take(WeightGradientPart part) {
    return part.depth % FOUR != 0
        || (GemmRegisters.MANY
            && part.xColumn <= ConvolutionLoops.FEW_CHANNELS
            && part.lanes % BLOCK == 0);
  }

  /// All taps of a part.
  static void accumulate(WeightGradientPart part) {
    int end;
    for (int t = 0; t < part.taps; t = end) {
      end = part.endOfColumn(t);
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
    if (from == to) {
      return;
    }
    locate(part, rows, part.columns[from]);
    for (int o = 0; o < part.lanes; o += BLOCK) {
      if (part.depth % FOUR == 0) {
        groups(part, from, to, row, rows, o);
      } else {
        singles(part, from, to, row, rows, o);
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
  private static void groups(
      WeightGradientPart part, int first, int end, int row, int rows, int o) {
    int fours = part.depth / FOUR;
    int whole = fours / GROUPS * GROUPS;
    int pixels = part.images * rows * part.columns[first];
    int z = gradient(part, first, row, o);
    for (int t = first; t < end; t++) {
      for (int g = 0; g < whole; g += GROUPS) {
        int group = (t - first) * fours + g;
        Tile12x2.neighbours(
            pixels,
            part.x,
            input(part, first, group, FOUR, row),
            part.inputAt,
            part.dz,
            z,
            part.gradientAt,
            part.sums,
            sum(part, first, group, FOUR, o),
            part.lanes);
      }
    }
    int last = (end - first) * (fours - whole) - 1;
    for (int i = 0; i <= last; i += GROUPS) {
      int group = left(i, fours, whole);
      int second = left(Math.min(i + 1, last), fours, whole);
      int third = left(Math.min(i + 2, last), fours, whole);
      Tile12x2.listed(
          pixels,
          part.x,
          input(part, first, group, FOUR, row),
          input(part, first, second, FOUR, row),
          input(part, first, third, FOUR, row),
          part.inputAt,
          part.dz,
          z,
          part.gradientAt,
          part.sums,
          sum(part, first, group, FOUR, o),
          sum(part, first, second, FOUR, o),
          sum(part, first, third, FOUR, o),
          part.lanes);
    }
  }

  /// The number of the i-th group that is left, of the groups from `whole` on of each kernel row.
  private static int left(int i, int fours, int whole) {
    int each = fours - whole;
    return i / each * fours + whole + i % each;
  }

  /// The same for one vector of channels, or two, four weight rows at a time.
  private static void singles(
      WeightGradientPart part, int first, int end, int row, int rows, int o) {
    int last = (end - first) * part.depth - 1;
    int pixels = part.images * rows * part.columns[first];
    for (int i = 0; i <= last; i += FOUR) {
      int i1 = Math.min(i + 1, last);
      int i2 = Math.min(i + 2, last);
      int i3 = Math.min(i + 3, last);
      int x0 = input(part, first, i, 1, row);
      int x1 = input(part, first, i1, 1, row);
      int x2 = input(part, first, i2, 1, row);
      int x3 = input(part, first, i3, 1, row);
      int z = gradient(part, first, row, o);
      int s0 = sum(part, first, i, 1, o);
      int s1 = sum(part, first, i1, 1, o);
      int s2 = sum(part, first, i2, 1, o);
      int s3 = sum(part, first, i3, 1, o);
      if (part.lanes - o >= BLOCK) {
        VectorConvolutionWeightTiles.listed4x2(part, pixels, x0, x1, x2, x3, z, s0, s1, s2, s3);
      } else {
        VectorConvolutionWeightTiles.listed4x1(part, pixels, x0, x1, x2, x3, z, s0, s1, s2, s3);
      }
    }
  }

  /// Where the inputs of a number of neighbouring channels begin, for the output row `row` of the part.
  ///
  /// @param index of the channels' group, counted through the taps from `first` on
  private static int input(WeightGradientPart part, int first, int index, int channels, int row) {
    int groups = part.depth / channels;
    int t = first + index / groups;
    int inputRow = part.inputRow[t] + row - part.outputRow[t];
    return part.xStart
        + inputRow * part.xRow
        + part.inputColumn[t] * part.xColumn
        + index % groups * channels;
  }

  /// Where the gradients of these rows begin.
  private static int gradient(WeightGradientPart part, int first, int row, int o) {
    return part.zStart + row * part.zRow + part.outputColumn[first] * part.lanes + o;
  }

  /// Where the sums of a group begin.
  private static int sum(WeightGradientPart part, int first, int index, int channels, int o) {
    int groups = part.depth / channels;
    return part.sumStart[first + index / groups] + index % groups * channels * part.lanes + o;
  }
}

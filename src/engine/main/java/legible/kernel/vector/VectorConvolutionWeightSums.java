package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import legible.kernel.loops.WeightGradientPart;

/// The weight gradient of a part: tiles of four or twelve weight rows x vectors of output channels stay in
/// registers over all pixels of the part.
///
/// The pixels are copied first, so that a tile reads neighbouring memory in one long loop: gradients
/// as `[block of channels][pixel][lanes]`, inputs as `[four channels][pixel][4]`, or, where the
/// channels are no multiple of four, as planes `[channel][pixel]`.
final class VectorConvolutionWeightSums {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();
  private static final int BLOCK = 2 * LANES;

  /// Channels that lie side by side in the inputs' panel.
  private static final int FOUR = 4;

  private VectorConvolutionWeightSums() {}

  static void accumulate(WeightGradientPart part) {
    if (VectorConvolutionWeightGroups.take(part)) {
      VectorConvolutionWeightGroups.accumulate(part);
      return;
    }
    for (int t = 0; t < part.taps; t = part.endOfColumn(t)) {
      column(part, t, part.endOfColumn(t));
    }
  }

  /// The taps of one kernel column, whose pixels are copied to neighbouring places.
  private static void column(WeightGradientPart part, int first, int end) {
    boolean planes = part.depth % FOUR != 0;
    int columns = part.columns[first];
    reserve(part, columns, columns);
    if (planes) {
      VectorConvolutionPacking.inputPlanes(part, part.inputColumn[first], columns);
    } else {
      VectorConvolutionPacking.inputFours(part, part.inputColumn[first], columns);
    }
    for (int o = 0; o < part.lanes; o += BLOCK) {
      int width = Math.min(BLOCK, part.lanes - o);
      VectorConvolutionPacking.gradients(part, o, width, part.outputColumn[first], columns);
      if (!planes) {
        fours(part, first, end, o, width);
      } else {
        planes(part, first, end, o, width);
      }
    }
  }

  private static void reserve(WeightGradientPart part, int inputColumns, int outputColumns) {
    int inputs = part.images * part.inputRows * inputColumns * part.depth;
    int gradients = part.images * part.outputRows * outputColumns * BLOCK;
    if (part.inputPanel.length < inputs) {
      part.inputPanel = new float[inputs];
    }
    if (part.gradientPanel.length < gradients) {
      part.gradientPanel = new float[gradients];
    }
  }

  private static void fours(WeightGradientPart part, int first, int end, int o, int width) {
    int columns = part.columns[first];
    int inputPixels = part.images * part.inputRows * columns;
    for (int t = first; t < end; t++) {
      int pixels = part.images * part.rows[t] * columns;
      int zo = part.outputRow[t] * columns * width;
      int xo = part.inputRow[t] * columns * FOUR;
      int k = 0;
      if (GemmRegisters.MANY && width == BLOCK) {
        for (; k <= part.depth - Tile12x2.ROWS; k += Tile12x2.ROWS) {
          int sum = part.sumStart[t] + k * part.lanes + o;
          int group = FOUR * inputPixels;
          VectorConvolutionWeightTiles.fours12x2(
              part, xo + k * inputPixels, group, zo, pixels, sum);
        }
      }
      for (; k < part.depth; k += FOUR) {
        int sum = part.sumStart[t] + k * part.lanes + o;
        if (width == BLOCK) {
          VectorConvolutionWeightTiles.fours4x2(part, xo + k * inputPixels, zo, pixels, sum);
        } else {
          VectorConvolutionWeightTiles.fours4x1(part, xo + k * inputPixels, zo, pixels, sum);
        }
      }
    }
  }

  /// Tiles of four kernel rows, or, where there is but one, of four channels.
  private static void planes(WeightGradientPart part, int first, int end, int o, int width) {
    if (end - first == 1) {
      for (int k = 0; k < part.depth; k += FOUR) {
        channelTile(part, first, k, o, width);
      }
      return;
    }
    for (int k = 0; k < part.depth; k++) {
      for (int t = first; t < end; t += FOUR) {
        rowTile(part, t, Math.min(t + FOUR, end), k, o, width);
      }
    }
  }

  private static void channelTile(WeightGradientPart part, int t, int k, int o, int width) {
    int pixels = part.images * part.rows[t] * part.columns[t];
    int last = part.depth - 1;
    int k1 = Math.min(k + 1, last);
    int k2 = Math.min(k + 2, last);
    int k3 = Math.min(k + 3, last);
    int sum = part.sumStart[t] + o;
    int row = part.outputRow[t];
    tile(
        part,
        width,
        row * part.columns[t] * width,
        pixels,
        plane(part, t, row, k),
        plane(part, t, row, k1),
        plane(part, t, row, k2),
        plane(part, t, row, k3),
        sum + k * part.lanes,
        sum + k1 * part.lanes,
        sum + k2 * part.lanes,
        sum + k3 * part.lanes);
  }

  /// Four kernel rows of one channel: they meet almost the same output rows, so these are walked in
  /// runs of equal taps.
  private static void rowTile(WeightGradientPart part, int t, int end, int k, int o, int width) {
    int row = 0;
    while (row < part.outputRows) {
      int next = part.endOfSameTaps(t, end, row);
      int count = 0;
      int t0 = 0;
      int t1 = 0;
      int t2 = 0;
      int t3 = 0;
      for (int tap = t; tap < end; tap++) {
        if (part.meets(tap, row)) {
          // The first tap fills the tile; later ones replace its repetitions.
          t0 = count == 0 ? tap : t0;
          t1 = count <= 1 ? tap : t1;
          t2 = count <= 2 ? tap : t2;
          t3 = tap;
          count++;
        }
      }
      if (count > 0) {
        int pixels = (next - row) * part.columns[t];
        int zo = row * part.columns[t] * width;
        tile(
            part,
            width,
            zo,
            pixels,
            plane(part, t0, row, k),
            plane(part, t1, row, k),
            plane(part, t2, row, k),
            plane(part, t3, row, k),
            part.sumStart[t0] + k * part.lanes + o,
            part.sumStart[t1] + k * part.lanes + o,
            part.sumStart[t2] + k * part.lanes + o,
            part.sumStart[t3] + k * part.lanes + o);
      }
      row = next;
    }
  }

  private static int plane(WeightGradientPart part, int tap, int row, int k) {
    int inputRow = part.inputRow[tap] + row - part.outputRow[tap];
    return (k * part.images * part.inputRows + inputRow) * part.columns[tap];
  }

  private static void tile(
      WeightGradientPart part,
      int width,
      int zo,
      int pixels,
      int x0,
      int x1,
      int x2,
      int x3,
      int s0,
      int s1,
      int s2,
      int s3) {
    if (width == BLOCK) {
      VectorConvolutionWeightTiles.planes4x2(part, zo, pixels, x0, x1, x2, x3, s0, s1, s2, s3);
    } else {
      VectorConvolutionWeightTiles.planes4x1(part, zo, pixels, x0, x1, x2, x3, s0, s1, s2, s3);
    }
  }
}

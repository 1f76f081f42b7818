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

  private VectorConvolutionWeightSums() {}

  static void accumulate(WeightGradientPart part) {
    boolean planes = part.depth % 4 != 0;
    int inputPixels = part.images * part.inputRows * part.columns;
    int gradientPixels = part.images * part.outputRows * part.columns;
    reserve(part, inputPixels, gradientPixels);
    if (planes) {
      VectorConvolutionPacking.inputPlanes(part, inputPixels);
    } else {
      VectorConvolutionPacking.inputFours(part, inputPixels);
    }
    for (int o = 0; o < part.lanes; o += BLOCK) {
      int width = Math.min(BLOCK, part.lanes - o);
      VectorConvolutionPacking.gradients(part, o, width);
      if (planes) {
        planes(part, o, width, inputPixels);
      } else {
        fours(part, o, width, inputPixels);
      }
    }
  }

  private static void reserve(WeightGradientPart part, int inputPixels, int gradientPixels) {
    if (part.inputPanel.length < inputPixels * part.depth) {
      part.inputPanel = new float[inputPixels * part.depth];
    }
    if (part.gradientPanel.length < gradientPixels * BLOCK) {
      part.gradientPanel = new float[gradientPixels * BLOCK];
    }
  }

  private static void fours(WeightGradientPart part, int o, int width, int inputPixels) {
    for (int t = 0; t < part.taps; t++) {
      int pixels = part.images * part.rows[t] * part.columns;
      int zo = part.outputRow[t] * part.columns * width;
      int k = 0;
      if (GemmRegisters.MANY && width == BLOCK) {
        for (; k <= part.depth - Tile12x2.ROWS; k += Tile12x2.ROWS) {
          int xo = k * inputPixels + part.inputRow[t] * part.columns * 4;
          int sum = part.sumStart[t] + k * part.lanes + o;
          VectorConvolutionWeightTiles.fours12x2(part, xo, 4 * inputPixels, zo, pixels, sum);
        }
      }
      for (; k < part.depth; k += 4) {
        int xo = k * inputPixels + part.inputRow[t] * part.columns * 4;
        int sum = part.sumStart[t] + k * part.lanes + o;
        if (width == BLOCK) {
          VectorConvolutionWeightTiles.fours4x2(part, xo, zo, pixels, sum);
        } else {
          VectorConvolutionWeightTiles.fours4x1(part, xo, zo, pixels, sum);
        }
      }
    }
  }

  /// Tiles of four kernel rows, or, where a part has but one, of four channels.
  private static void planes(WeightGradientPart part, int o, int width, int inputPixels) {
    if (part.taps == 1) {
      for (int k = 0; k < part.depth; k += 4) {
        channelTile(part, k, o, width, inputPixels);
      }
      return;
    }
    for (int k = 0; k < part.depth; k++) {
      for (int t = 0; t < part.taps; t += 4) {
        rowTile(part, t, k, o, width, inputPixels);
      }
    }
  }

  private static void channelTile(
      WeightGradientPart part, int k, int o, int width, int inputPixels) {
    int pixels = part.images * part.rows[0] * part.columns;
    int last = part.depth - 1;
    int k1 = Math.min(k + 1, last);
    int k2 = Math.min(k + 2, last);
    int k3 = Math.min(k + 3, last);
    int sum = part.sumStart[0] + o;
    int row = part.outputRow[0];
    tile(
        part,
        width,
        row * part.columns * width,
        pixels,
        plane(part, 0, row, k, inputPixels),
        plane(part, 0, row, k1, inputPixels),
        plane(part, 0, row, k2, inputPixels),
        plane(part, 0, row, k3, inputPixels),
        sum + k * part.lanes,
        sum + k1 * part.lanes,
        sum + k2 * part.lanes,
        sum + k3 * part.lanes);
  }

  /// Four kernel rows of one channel: they meet almost the same output rows, so these are walked in
  /// runs of equal taps.
  private static void rowTile(
      WeightGradientPart part, int t, int k, int o, int width, int inputPixels) {
    int end = Math.min(t + 4, part.taps);
    int row = 0;
    while (row < part.outputRows) {
      int next = part.outputRows;
      int count = 0;
      int t0 = 0;
      int t1 = 0;
      int t2 = 0;
      int t3 = 0;
      for (int tap = t; tap < end; tap++) {
        int from = part.outputRow[tap];
        int to = from + part.rows[tap];
        if (row < from) {
          next = Math.min(next, from);
        } else if (row < to) {
          next = Math.min(next, to);
          // The first tap fills the tile; later ones replace its repetitions.
          t0 = count == 0 ? tap : t0;
          t1 = count <= 1 ? tap : t1;
          t2 = count <= 2 ? tap : t2;
          t3 = tap;
          count++;
        }
      }
      if (count > 0) {
        int pixels = (next - row) * part.columns;
        int zo = row * part.columns * width;
        tile(
            part,
            width,
            zo,
            pixels,
            plane(part, t0, row, k, inputPixels),
            plane(part, t1, row, k, inputPixels),
            plane(part, t2, row, k, inputPixels),
            plane(part, t3, row, k, inputPixels),
            part.sumStart[t0] + k * part.lanes + o,
            part.sumStart[t1] + k * part.lanes + o,
            part.sumStart[t2] + k * part.lanes + o,
            part.sumStart[t3] + k * part.lanes + o);
      }
      row = next;
    }
  }

  private static int plane(WeightGradientPart part, int tap, int row, int k, int inputPixels) {
    int inputRow = part.inputRow[tap] + row - part.outputRow[tap];
    return k * inputPixels + inputRow * part.columns;
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

package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import legible.kernel.loops.Panels;
import legible.kernel.loops.WeightGradientPart;

/// The weight gradient of a part: tiles of four or twelve weight rows x vectors of output channels stay in
/// registers over all pixels of the part.
///
/// Where channels are many, the pixels are copied first, so that a tile reads neighbouring memory:
/// gradients as `[block of channels][pixel][lanes]`, inputs as `[four channels][pixel][4]`. Few are read
/// where they lie, by [VectorConvolutionWeightLists].
final class VectorConvolutionWeightSums {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();
  private static final int BLOCK = 2 * LANES;

  /// Channels that lie side by side in the inputs' panel.
  private static final int FOUR = 4;

  private VectorConvolutionWeightSums() {}

  static void accumulate(WeightGradientPart part) {
    if (VectorConvolutionWeightLists.take(part)) {
      VectorConvolutionWeightLists.accumulate(part);
      return;
    }
    int end;
    for (int t = 0; t < part.taps; t = end) {
      end = part.endOfColumn(t);
      column(part, t, end);
    }
  }

  /// The taps of one kernel column, whose pixels are copied to neighbouring places.
  private static void column(WeightGradientPart part, int first, int end) {
    int columns = part.columns[first];
    reserve(part, columns);
    VectorConvolutionPacking.inputFours(part, part.inputColumn[first], columns);
    for (int o = 0; o < part.lanes; o += BLOCK) {
      int width = Math.min(BLOCK, part.lanes - o);
      VectorConvolutionPacking.gradients(part, o, width, part.outputColumn[first], columns);
      fours(part, first, end, o, width);
    }
  }

  private static void reserve(WeightGradientPart part, int columns) {
    int inputs = part.images * part.inputRows * columns * part.depth;
    int gradients = part.images * part.outputRows * columns * BLOCK;
    if (part.inputPanel.length < inputs) {
      part.inputPanel = new float[inputs];
    }
    part.gradientPanel = Panels.reserve(part.gradientPanel, gradients);
  }

  private static void fours(WeightGradientPart part, int first, int end, int o, int width) {
    int columns = part.columns[first];
    int inputPixels = part.images * part.inputRows * columns;
    for (int t = first; t < end; t++) {
      int pixels = part.images * part.rows[t] * columns;
      int zo = Panels.FIRST + part.outputRow[t] * columns * width;
      int xo = part.inputRow[t] * columns * FOUR;
      int k = 0;
      if (width == BLOCK) {
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
}

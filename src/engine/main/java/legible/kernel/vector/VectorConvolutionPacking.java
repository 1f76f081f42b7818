package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.Panels;
import legible.kernel.loops.WeightGradientPart;

/// Copies of inputs and gradients into the order in which the tiles read them.
final class VectorConvolutionPacking {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;
  private static final int LANES = SPECIES.length();
  private static final int BLOCK = 2 * LANES;

  private VectorConvolutionPacking() {}

  /// `inputPanel[k / 4][pixel][k % 4] = x[pixel][k]` for the columns from `first` on.
  static void inputFours(WeightGradientPart part, int first, int columns) {
    int pixels = part.images * part.inputRows * columns;
    float[] x = part.x;
    float[] panel = part.inputPanel;
    int pixel = 0;
    for (int n = 0; n < part.images; n++) {
      for (int r = 0; r < part.inputRows; r++) {
        int row = part.xStart + n * part.xImage + r * part.xRow + first * part.xColumn;
        for (int k = 0; k < part.depth; k += 4) {
          int to = k * pixels + pixel * 4;
          fours(columns, x, row + k, part.xColumn, panel, to);
        }
        pixel += columns;
      }
    }
  }

  private static void fours(int count, float[] x, int from, int step, float[] panel, int to) {
    for (int c = 0; c < count; c++) {
      FloatVector.fromArray(FOUR, x, from + c * step).intoArray(panel, to + c * 4);
    }
  }

  /// From [Panels#FIRST] on `gradientPanel[pixel][i] = dz[pixel][o + i]` for i in `[0, width)`, one or two vectors, and the
  /// columns from `first` on.
  static void gradients(WeightGradientPart part, int o, int width, int first, int columns) {
    int run = columns * width;
    int to = Panels.FIRST;
    for (int n = 0; n < part.images; n++) {
      for (int r = 0; r < part.outputRows; r++, to += run) {
        int from = part.zStart + n * part.zImage + r * part.zRow + first * part.lanes + o;
        if (width == part.lanes) {
          System.arraycopy(part.dz, from, part.gradientPanel, to, run);
        } else if (width > LANES) {
          pairs(columns, part.dz, from, part.lanes, part.gradientPanel, to);
        } else {
          singles(columns, part.dz, from, part.lanes, part.gradientPanel, to);
        }
      }
    }
  }

  private static void pairs(int count, float[] z, int from, int step, float[] panel, int to) {
    for (int c = 0; c < count; c++, from += step) {
      FloatVector.fromArray(SPECIES, z, from).intoArray(panel, to + c * BLOCK);
      FloatVector.fromArray(SPECIES, z, from + LANES).intoArray(panel, to + c * BLOCK + LANES);
    }
  }

  private static void singles(int count, float[] z, int from, int step, float[] panel, int to) {
    for (int c = 0; c < count; c++, from += step) {
      FloatVector.fromArray(SPECIES, z, from).intoArray(panel, to + c * LANES);
    }
  }
}

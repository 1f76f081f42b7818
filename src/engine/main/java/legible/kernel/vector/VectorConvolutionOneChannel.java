package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import legible.kernel.loops.ConvolutionPart;
import legible.kernel.loops.ElementwiseLoops;

/// The chains of a part with one input channel, three kernel columns and stride 1, by [Tile13x1], or
/// [Tile9x1] where there are 16 registers. In tiles for any pixels, to find and to broadcast so few inputs takes
/// longer than the products.
final class VectorConvolutionOneChannel {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();
  private static final int TAPS = 3;
  private static final int PIXELS = GemmRegisters.MANY ? Tile13x1.PIXELS : Tile9x1.PIXELS;

  private VectorConvolutionOneChannel() {}

  /// Whether a part is of this form. Its chains have to start from the bias: tiles at the end of a row
  /// compute some pixels again.
  static boolean take(ConvolutionPart part) {
    return part.xColumn == 1
        && part.kernelColumns == 1
        && part.depth == TAPS
        && part.columns >= PIXELS
        && part.bias.length > 0;
  }

  /// All pixels of a part for its channels.
  static void accumulate(ConvolutionPart part, ElementwiseLoops elementwise) {
    int end = part.firstChannel + part.channels;
    if (part.rectifies) {
      part.locatePixels(0);
    }
    for (int row = 0; row < part.images * part.rows; row++) {
      int x = part.xStart + row / part.rows * part.xImage + row % part.rows * part.xRow;
      int y = part.yStart + row / part.rows * part.yImage + row % part.rows * part.yRow;
      for (int c = 0; c < part.columns; c += PIXELS) {
        int column = Math.min(c, part.columns - PIXELS);
        for (int o = part.firstChannel; o < end; o += LANES) {
          int panel = VectorConvolution.rowStart(o, part.weightRows, part.weightStart);
          tile(part, x + column, y + column * part.yColumn + o, o, panel);
        }
        if (part.rectifies) {
          int pixel = row * part.columns + column;
          part.rectify(elementwise, part.firstChannel, part.channels, pixel, pixel + PIXELS);
        }
      }
    }
  }

  private static void tile(ConvolutionPart part, int xStart, int yStart, int o, int panel) {
    if (GemmRegisters.MANY) {
      Tile13x1.run(part, xStart, yStart, o, panel);
    } else {
      Tile9x1.run(part, xStart, yStart, o, panel);
    }
  }
}

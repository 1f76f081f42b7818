package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.ConvolutionPart;

/// The chains of a part: tiles of pixels x vectors of output channels in registers.
///
/// The pixels of a tile are any four (or eight) of the part's, in order and over the ends of rows and
/// images. A last tile repeats its last pixel: all of a tile's values are loaded before any is
/// stored, so the copies store equal values.
final class VectorConvolutionChains {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int BLOCK = 2 * LANES;

  private VectorConvolutionChains() {}

  /// All pixels of a part for one panel.
  static void accumulate(ConvolutionPart part, int firstChannel, boolean pair) {
    if (pair) {
      pairs(part, firstChannel);
    } else {
      singles(part, firstChannel);
    }
  }

  private static void pairs(ConvolutionPart part, int firstChannel) {
    int panel = firstChannel * part.weightRows + part.weightStart * BLOCK;
    int pixels = part.images * part.rows * part.columns;
    for (int p = 0; p < pixels; p += 4) {
      int p1 = Math.min(p + 1, pixels - 1);
      int p2 = Math.min(p + 2, pixels - 1);
      int p3 = Math.min(p + 3, pixels - 1);
      tile4x2(
          part,
          panel,
          input(part, p),
          input(part, p1),
          input(part, p2),
          input(part, p3),
          firstChannel + output(part, p),
          firstChannel + output(part, p1),
          firstChannel + output(part, p2),
          firstChannel + output(part, p3));
    }
  }

  private static void singles(ConvolutionPart part, int firstChannel) {
    int panel = firstChannel * part.weightRows + part.weightStart * LANES;
    int pixels = part.images * part.rows * part.columns;
    for (int p = 0; p < pixels; p += 4) {
      int p1 = Math.min(p + 1, pixels - 1);
      int p2 = Math.min(p + 2, pixels - 1);
      int p3 = Math.min(p + 3, pixels - 1);
      tile4x1(
          part,
          panel,
          input(part, p),
          input(part, p1),
          input(part, p2),
          input(part, p3),
          firstChannel + output(part, p),
          firstChannel + output(part, p1),
          firstChannel + output(part, p2),
          firstChannel + output(part, p3));
    }
  }

  private static int input(ConvolutionPart part, int pixel) {
    int line = pixel / part.columns;
    int column = pixel - line * part.columns;
    int image = line / part.rows;
    int row = line - image * part.rows;
    return part.xStart + image * part.xImage + row * part.xRow + column * part.xColumn;
  }

  private static int output(ConvolutionPart part, int pixel) {
    int line = pixel / part.columns;
    int column = pixel - line * part.columns;
    int image = line / part.rows;
    int row = line - image * part.rows;
    return part.yStart + image * part.yImage + row * part.yRow + column * part.yColumn;
  }

  private static void tile4x2(
      ConvolutionPart part,
      int panel,
      int x0,
      int x1,
      int x2,
      int x3,
      int y0,
      int y1,
      int y2,
      int y3) {
    float[] x = part.x;
    float[] y = part.y;
    float[] w = part.weights.panels();
    FloatVector a0 = FloatVector.fromArray(SPECIES, y, y0);
    FloatVector b0 = FloatVector.fromArray(SPECIES, y, y0 + LANES);
    FloatVector a1 = FloatVector.fromArray(SPECIES, y, y1);
    FloatVector b1 = FloatVector.fromArray(SPECIES, y, y1 + LANES);
    FloatVector a2 = FloatVector.fromArray(SPECIES, y, y2);
    FloatVector b2 = FloatVector.fromArray(SPECIES, y, y2 + LANES);
    FloatVector a3 = FloatVector.fromArray(SPECIES, y, y3);
    FloatVector b3 = FloatVector.fromArray(SPECIES, y, y3 + LANES);
    int depth = part.depth;
    for (int i = 0; i < part.kernelRows; i++) {
      for (int j = 0; j < part.kernelColumns; j++) {
        int at = i * part.xKernelRow + j * part.xKernelColumn;
        int wo = panel + (i * part.weightKernelRow + j * part.weightKernelColumn) * BLOCK;
        for (int k = 0; k < depth; k++) {
          FloatVector wa = FloatVector.fromArray(SPECIES, w, wo + k * BLOCK);
          FloatVector wb = FloatVector.fromArray(SPECIES, w, wo + k * BLOCK + LANES);
          FloatVector v = FloatVector.broadcast(SPECIES, x[x0 + at + k]);
          a0 = v.fma(wa, a0);
          b0 = v.fma(wb, b0);
          v = FloatVector.broadcast(SPECIES, x[x1 + at + k]);
          a1 = v.fma(wa, a1);
          b1 = v.fma(wb, b1);
          v = FloatVector.broadcast(SPECIES, x[x2 + at + k]);
          a2 = v.fma(wa, a2);
          b2 = v.fma(wb, b2);
          v = FloatVector.broadcast(SPECIES, x[x3 + at + k]);
          a3 = v.fma(wa, a3);
          b3 = v.fma(wb, b3);
        }
      }
    }
    a0.intoArray(y, y0);
    b0.intoArray(y, y0 + LANES);
    a1.intoArray(y, y1);
    b1.intoArray(y, y1 + LANES);
    a2.intoArray(y, y2);
    b2.intoArray(y, y2 + LANES);
    a3.intoArray(y, y3);
    b3.intoArray(y, y3 + LANES);
  }

  private static void tile4x1(
      ConvolutionPart part,
      int panel,
      int x0,
      int x1,
      int x2,
      int x3,
      int y0,
      int y1,
      int y2,
      int y3) {
    float[] x = part.x;
    float[] y = part.y;
    float[] w = part.weights.panels();
    FloatVector a0 = FloatVector.fromArray(SPECIES, y, y0);
    FloatVector a1 = FloatVector.fromArray(SPECIES, y, y1);
    FloatVector a2 = FloatVector.fromArray(SPECIES, y, y2);
    FloatVector a3 = FloatVector.fromArray(SPECIES, y, y3);
    int depth = part.depth;
    for (int i = 0; i < part.kernelRows; i++) {
      for (int j = 0; j < part.kernelColumns; j++) {
        int at = i * part.xKernelRow + j * part.xKernelColumn;
        int wo = panel + (i * part.weightKernelRow + j * part.weightKernelColumn) * LANES;
        for (int k = 0; k < depth; k++) {
          FloatVector wa = FloatVector.fromArray(SPECIES, w, wo + k * LANES);
          a0 = FloatVector.broadcast(SPECIES, x[x0 + at + k]).fma(wa, a0);
          a1 = FloatVector.broadcast(SPECIES, x[x1 + at + k]).fma(wa, a1);
          a2 = FloatVector.broadcast(SPECIES, x[x2 + at + k]).fma(wa, a2);
          a3 = FloatVector.broadcast(SPECIES, x[x3 + at + k]).fma(wa, a3);
        }
      }
    }
    a0.intoArray(y, y0);
    a1.intoArray(y, y1);
    a2.intoArray(y, y2);
    a3.intoArray(y, y3);
  }
}

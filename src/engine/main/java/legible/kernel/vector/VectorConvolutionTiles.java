package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.ConvolutionPart;

/// Tiles of pixels x vectors of output channels.
///
/// Each step loads the weights once and broadcasts one input for each pixel, from runs of
/// neighbouring inputs. All values of a tile are loaded before any is stored, so a pixel may stand in
/// a tile twice.
final class VectorConvolutionTiles {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorConvolutionTiles() {}

  /// Eight chains, for machines with 16 registers. (With ten or twelve, whether the compiler spills some in a
  /// loop in a loop is a matter of chance; docs/decisions/0012.)
  static void tile4x2(ConvolutionPart part, int panel, int first, int p) {
    float[] x = part.x;
    float[] w = part.weights.panels();
    int[] inputs = part.inputs;
    int x0 = inputs[p];
    int x1 = inputs[p + 1];
    int x2 = inputs[p + 2];
    int x3 = inputs[p + 3];
    float[] start = part.start;
    int[] starts = part.starts;
    int s0 = starts[p] + first;
    int s1 = starts[p + 1] + first;
    int s2 = starts[p + 2] + first;
    int s3 = starts[p + 3] + first;
    FloatVector a0 = FloatVector.fromArray(SPECIES, start, s0);
    FloatVector b0 = FloatVector.fromArray(SPECIES, start, s0 + LANES);
    FloatVector a1 = FloatVector.fromArray(SPECIES, start, s1);
    FloatVector b1 = FloatVector.fromArray(SPECIES, start, s1 + LANES);
    FloatVector a2 = FloatVector.fromArray(SPECIES, start, s2);
    FloatVector b2 = FloatVector.fromArray(SPECIES, start, s2 + LANES);
    FloatVector a3 = FloatVector.fromArray(SPECIES, start, s3);
    FloatVector b3 = FloatVector.fromArray(SPECIES, start, s3 + LANES);
    int length = Addresses.bounded(part.runLength);
    for (int r = 0; r < part.runs; r++) {
      int at = part.runInputs[r];
      int panelA = panel + part.runRows[r] * LANES;
      int panelB = panelA + part.weightRows * LANES;
      for (int k = 0; k < length; k++) {
        FloatVector wa = FloatVector.fromArray(SPECIES, w, panelA + k * LANES);
        FloatVector wb = FloatVector.fromArray(SPECIES, w, panelB + k * LANES);
        FloatVector v = Addresses.broadcast(x, x0 + at + k);
        a0 = v.fma(wa, a0);
        b0 = v.fma(wb, b0);
        v = Addresses.broadcast(x, x1 + at + k);
        a1 = v.fma(wa, a1);
        b1 = v.fma(wb, b1);
        v = Addresses.broadcast(x, x2 + at + k);
        a2 = v.fma(wa, a2);
        b2 = v.fma(wb, b2);
        v = Addresses.broadcast(x, x3 + at + k);
        a3 = v.fma(wa, a3);
        b3 = v.fma(wb, b3);
      }
    }
    float[] y = part.y;
    int[] outputs = part.outputs;
    int y0 = outputs[p] + first;
    int y1 = outputs[p + 1] + first;
    int y2 = outputs[p + 2] + first;
    int y3 = outputs[p + 3] + first;
    a0.intoArray(y, y0);
    b0.intoArray(y, y0 + LANES);
    a1.intoArray(y, y1);
    b1.intoArray(y, y1 + LANES);
    a2.intoArray(y, y2);
    b2.intoArray(y, y2 + LANES);
    a3.intoArray(y, y3);
    b3.intoArray(y, y3 + LANES);
  }

  /// Fourteen chains, for machines with 32 registers.
  static void tile7x2(ConvolutionPart part, int panel, int first, int p) {
    float[] x = part.x;
    float[] w = part.weights.panels();
    int[] inputs = part.inputs;
    int x0 = inputs[p];
    int x1 = inputs[p + 1];
    int x2 = inputs[p + 2];
    int x3 = inputs[p + 3];
    int x4 = inputs[p + 4];
    int x5 = inputs[p + 5];
    int x6 = inputs[p + 6];
    float[] start = part.start;
    int[] starts = part.starts;
    int s0 = starts[p] + first;
    int s1 = starts[p + 1] + first;
    int s2 = starts[p + 2] + first;
    int s3 = starts[p + 3] + first;
    int s4 = starts[p + 4] + first;
    int s5 = starts[p + 5] + first;
    int s6 = starts[p + 6] + first;
    FloatVector a0 = FloatVector.fromArray(SPECIES, start, s0);
    FloatVector b0 = FloatVector.fromArray(SPECIES, start, s0 + LANES);
    FloatVector a1 = FloatVector.fromArray(SPECIES, start, s1);
    FloatVector b1 = FloatVector.fromArray(SPECIES, start, s1 + LANES);
    FloatVector a2 = FloatVector.fromArray(SPECIES, start, s2);
    FloatVector b2 = FloatVector.fromArray(SPECIES, start, s2 + LANES);
    FloatVector a3 = FloatVector.fromArray(SPECIES, start, s3);
    FloatVector b3 = FloatVector.fromArray(SPECIES, start, s3 + LANES);
    FloatVector a4 = FloatVector.fromArray(SPECIES, start, s4);
    FloatVector b4 = FloatVector.fromArray(SPECIES, start, s4 + LANES);
    FloatVector a5 = FloatVector.fromArray(SPECIES, start, s5);
    FloatVector b5 = FloatVector.fromArray(SPECIES, start, s5 + LANES);
    FloatVector a6 = FloatVector.fromArray(SPECIES, start, s6);
    FloatVector b6 = FloatVector.fromArray(SPECIES, start, s6 + LANES);
    int length = Addresses.bounded(part.runLength);
    for (int r = 0; r < part.runs; r++) {
      int at = part.runInputs[r];
      int panelA = panel + part.runRows[r] * LANES;
      int panelB = panelA + part.weightRows * LANES;
      for (int k = 0; k < length; k++) {
        FloatVector wa = FloatVector.fromArray(SPECIES, w, panelA + k * LANES);
        FloatVector wb = FloatVector.fromArray(SPECIES, w, panelB + k * LANES);
        FloatVector v = Addresses.broadcast(x, x0 + at + k);
        a0 = v.fma(wa, a0);
        b0 = v.fma(wb, b0);
        v = Addresses.broadcast(x, x1 + at + k);
        a1 = v.fma(wa, a1);
        b1 = v.fma(wb, b1);
        v = Addresses.broadcast(x, x2 + at + k);
        a2 = v.fma(wa, a2);
        b2 = v.fma(wb, b2);
        v = Addresses.broadcast(x, x3 + at + k);
        a3 = v.fma(wa, a3);
        b3 = v.fma(wb, b3);
        v = Addresses.broadcast(x, x4 + at + k);
        a4 = v.fma(wa, a4);
        b4 = v.fma(wb, b4);
        v = Addresses.broadcast(x, x5 + at + k);
        a5 = v.fma(wa, a5);
        b5 = v.fma(wb, b5);
        v = Addresses.broadcast(x, x6 + at + k);
        a6 = v.fma(wa, a6);
        b6 = v.fma(wb, b6);
      }
    }
    float[] y = part.y;
    int[] outputs = part.outputs;
    int y0 = outputs[p] + first;
    int y1 = outputs[p + 1] + first;
    int y2 = outputs[p + 2] + first;
    int y3 = outputs[p + 3] + first;
    int y4 = outputs[p + 4] + first;
    int y5 = outputs[p + 5] + first;
    int y6 = outputs[p + 6] + first;
    a0.intoArray(y, y0);
    b0.intoArray(y, y0 + LANES);
    a1.intoArray(y, y1);
    b1.intoArray(y, y1 + LANES);
    a2.intoArray(y, y2);
    b2.intoArray(y, y2 + LANES);
    a3.intoArray(y, y3);
    b3.intoArray(y, y3 + LANES);
    a4.intoArray(y, y4);
    b4.intoArray(y, y4 + LANES);
    a5.intoArray(y, y5);
    b5.intoArray(y, y5 + LANES);
    a6.intoArray(y, y6);
    b6.intoArray(y, y6 + LANES);
  }

  /// Twelve chains of one vector, for a last odd vector of channels.
  static void tile12x1(ConvolutionPart part, int panel, int first, int p) {
    float[] x = part.x;
    float[] w = part.weights.panels();
    int[] inputs = part.inputs;
    int x0 = inputs[p];
    int x1 = inputs[p + 1];
    int x2 = inputs[p + 2];
    int x3 = inputs[p + 3];
    int x4 = inputs[p + 4];
    int x5 = inputs[p + 5];
    int x6 = inputs[p + 6];
    int x7 = inputs[p + 7];
    int x8 = inputs[p + 8];
    int x9 = inputs[p + 9];
    int x10 = inputs[p + 10];
    int x11 = inputs[p + 11];
    float[] start = part.start;
    int[] starts = part.starts;
    int s0 = starts[p] + first;
    int s1 = starts[p + 1] + first;
    int s2 = starts[p + 2] + first;
    int s3 = starts[p + 3] + first;
    int s4 = starts[p + 4] + first;
    int s5 = starts[p + 5] + first;
    int s6 = starts[p + 6] + first;
    int s7 = starts[p + 7] + first;
    int s8 = starts[p + 8] + first;
    int s9 = starts[p + 9] + first;
    int s10 = starts[p + 10] + first;
    int s11 = starts[p + 11] + first;
    FloatVector a0 = FloatVector.fromArray(SPECIES, start, s0);
    FloatVector a1 = FloatVector.fromArray(SPECIES, start, s1);
    FloatVector a2 = FloatVector.fromArray(SPECIES, start, s2);
    FloatVector a3 = FloatVector.fromArray(SPECIES, start, s3);
    FloatVector a4 = FloatVector.fromArray(SPECIES, start, s4);
    FloatVector a5 = FloatVector.fromArray(SPECIES, start, s5);
    FloatVector a6 = FloatVector.fromArray(SPECIES, start, s6);
    FloatVector a7 = FloatVector.fromArray(SPECIES, start, s7);
    FloatVector a8 = FloatVector.fromArray(SPECIES, start, s8);
    FloatVector a9 = FloatVector.fromArray(SPECIES, start, s9);
    FloatVector a10 = FloatVector.fromArray(SPECIES, start, s10);
    FloatVector a11 = FloatVector.fromArray(SPECIES, start, s11);
    int length = part.runLength;
    for (int r = 0; r < part.runs; r++) {
      int at = part.runInputs[r];
      int wo = panel + part.runRows[r] * LANES;
      for (int k = 0; k < length; k++) {
        FloatVector wa = FloatVector.fromArray(SPECIES, w, wo + k * LANES);
        a0 = FloatVector.broadcast(SPECIES, x[x0 + at + k]).fma(wa, a0);
        a1 = FloatVector.broadcast(SPECIES, x[x1 + at + k]).fma(wa, a1);
        a2 = FloatVector.broadcast(SPECIES, x[x2 + at + k]).fma(wa, a2);
        a3 = FloatVector.broadcast(SPECIES, x[x3 + at + k]).fma(wa, a3);
        a4 = FloatVector.broadcast(SPECIES, x[x4 + at + k]).fma(wa, a4);
        a5 = FloatVector.broadcast(SPECIES, x[x5 + at + k]).fma(wa, a5);
        a6 = FloatVector.broadcast(SPECIES, x[x6 + at + k]).fma(wa, a6);
        a7 = FloatVector.broadcast(SPECIES, x[x7 + at + k]).fma(wa, a7);
        a8 = FloatVector.broadcast(SPECIES, x[x8 + at + k]).fma(wa, a8);
        a9 = FloatVector.broadcast(SPECIES, x[x9 + at + k]).fma(wa, a9);
        a10 = FloatVector.broadcast(SPECIES, x[x10 + at + k]).fma(wa, a10);
        a11 = FloatVector.broadcast(SPECIES, x[x11 + at + k]).fma(wa, a11);
      }
    }
    float[] y = part.y;
    int[] outputs = part.outputs;
    int y0 = outputs[p] + first;
    int y1 = outputs[p + 1] + first;
    int y2 = outputs[p + 2] + first;
    int y3 = outputs[p + 3] + first;
    int y4 = outputs[p + 4] + first;
    int y5 = outputs[p + 5] + first;
    int y6 = outputs[p + 6] + first;
    int y7 = outputs[p + 7] + first;
    int y8 = outputs[p + 8] + first;
    int y9 = outputs[p + 9] + first;
    int y10 = outputs[p + 10] + first;
    int y11 = outputs[p + 11] + first;
    a0.intoArray(y, y0);
    a1.intoArray(y, y1);
    a2.intoArray(y, y2);
    a3.intoArray(y, y3);
    a4.intoArray(y, y4);
    a5.intoArray(y, y5);
    a6.intoArray(y, y6);
    a7.intoArray(y, y7);
    a8.intoArray(y, y8);
    a9.intoArray(y, y9);
    a10.intoArray(y, y10);
    a11.intoArray(y, y11);
  }
}

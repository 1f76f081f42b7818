package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.ConvolutionPart;
import legible.kernel.loops.Panels;

/// Tiles for short runs of input channels: one loop over all taps, which looks up where each lies.
///
/// As in [VectorConvolutionTiles] a pixel may stand in a tile twice.
final class VectorConvolutionTapTiles {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int BLOCK = 2 * LANES;

  /// Pixels and channels of [#tile6x4].
  static final int QUAD_PIXELS = 6;

  static final int QUAD = 4 * LANES;

  private VectorConvolutionTapTiles() {}

  /// Four pixels x two vectors, for machines with 16 registers.
  static void tile4x2(ConvolutionPart part, int first, int p) {
    float[] x = part.x;
    float[] w = part.panel;
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
    int[] runInputs = part.runInputs;
    int count = part.runs;
    for (int t = 0; t < count; t++) {
      int tap = runInputs[t];
      FloatVector wa = FloatVector.fromArray(SPECIES, w, Panels.FIRST + t * BLOCK);
      FloatVector wb = FloatVector.fromArray(SPECIES, w, Panels.FIRST + t * BLOCK + LANES);
      FloatVector v = FloatVector.broadcast(SPECIES, x[x0 + tap]);
      a0 = v.fma(wa, a0);
      b0 = v.fma(wb, b0);
      v = FloatVector.broadcast(SPECIES, x[x1 + tap]);
      a1 = v.fma(wa, a1);
      b1 = v.fma(wb, b1);
      v = FloatVector.broadcast(SPECIES, x[x2 + tap]);
      a2 = v.fma(wa, a2);
      b2 = v.fma(wb, b2);
      v = FloatVector.broadcast(SPECIES, x[x3 + tap]);
      a3 = v.fma(wa, a3);
      b3 = v.fma(wb, b3);
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

  /// Seven pixels x two vectors, for machines with 32 registers.
  static void tile7x2(ConvolutionPart part, int first, int p) {
    float[] x = part.x;
    float[] w = part.panel;
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
    int[] runInputs = part.runInputs;
    int count = part.runs;
    for (int t = 0; t < count; t++) {
      int tap = runInputs[t];
      FloatVector wa = FloatVector.fromArray(SPECIES, w, Panels.FIRST + t * BLOCK);
      FloatVector wb = FloatVector.fromArray(SPECIES, w, Panels.FIRST + t * BLOCK + LANES);
      FloatVector v = FloatVector.broadcast(SPECIES, x[x0 + tap]);
      a0 = v.fma(wa, a0);
      b0 = v.fma(wb, b0);
      v = FloatVector.broadcast(SPECIES, x[x1 + tap]);
      a1 = v.fma(wa, a1);
      b1 = v.fma(wb, b1);
      v = FloatVector.broadcast(SPECIES, x[x2 + tap]);
      a2 = v.fma(wa, a2);
      b2 = v.fma(wb, b2);
      v = FloatVector.broadcast(SPECIES, x[x3 + tap]);
      a3 = v.fma(wa, a3);
      b3 = v.fma(wb, b3);
      v = FloatVector.broadcast(SPECIES, x[x4 + tap]);
      a4 = v.fma(wa, a4);
      b4 = v.fma(wb, b4);
      v = FloatVector.broadcast(SPECIES, x[x5 + tap]);
      a5 = v.fma(wa, a5);
      b5 = v.fma(wb, b5);
      v = FloatVector.broadcast(SPECIES, x[x6 + tap]);
      a6 = v.fma(wa, a6);
      b6 = v.fma(wb, b6);
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

  /// Six pixels x four vectors, for machines with 32 registers; all that the compiler keeps there.
  static void tile6x4(ConvolutionPart part, int first, int p) {
    float[] start = part.start;
    int[] starts = part.starts;
    int s0 = starts[p] + first;
    int s1 = starts[p + 1] + first;
    int s2 = starts[p + 2] + first;
    int s3 = starts[p + 3] + first;
    int s4 = starts[p + 4] + first;
    int s5 = starts[p + 5] + first;
    FloatVector a0 = FloatVector.fromArray(SPECIES, start, s0);
    FloatVector b0 = FloatVector.fromArray(SPECIES, start, s0 + LANES);
    FloatVector c0 = FloatVector.fromArray(SPECIES, start, s0 + 2 * LANES);
    FloatVector d0 = FloatVector.fromArray(SPECIES, start, s0 + 3 * LANES);
    FloatVector a1 = FloatVector.fromArray(SPECIES, start, s1);
    FloatVector b1 = FloatVector.fromArray(SPECIES, start, s1 + LANES);
    FloatVector c1 = FloatVector.fromArray(SPECIES, start, s1 + 2 * LANES);
    FloatVector d1 = FloatVector.fromArray(SPECIES, start, s1 + 3 * LANES);
    FloatVector a2 = FloatVector.fromArray(SPECIES, start, s2);
    FloatVector b2 = FloatVector.fromArray(SPECIES, start, s2 + LANES);
    FloatVector c2 = FloatVector.fromArray(SPECIES, start, s2 + 2 * LANES);
    FloatVector d2 = FloatVector.fromArray(SPECIES, start, s2 + 3 * LANES);
    FloatVector a3 = FloatVector.fromArray(SPECIES, start, s3);
    FloatVector b3 = FloatVector.fromArray(SPECIES, start, s3 + LANES);
    FloatVector c3 = FloatVector.fromArray(SPECIES, start, s3 + 2 * LANES);
    FloatVector d3 = FloatVector.fromArray(SPECIES, start, s3 + 3 * LANES);
    FloatVector a4 = FloatVector.fromArray(SPECIES, start, s4);
    FloatVector b4 = FloatVector.fromArray(SPECIES, start, s4 + LANES);
    FloatVector c4 = FloatVector.fromArray(SPECIES, start, s4 + 2 * LANES);
    FloatVector d4 = FloatVector.fromArray(SPECIES, start, s4 + 3 * LANES);
    FloatVector a5 = FloatVector.fromArray(SPECIES, start, s5);
    FloatVector b5 = FloatVector.fromArray(SPECIES, start, s5 + LANES);
    FloatVector c5 = FloatVector.fromArray(SPECIES, start, s5 + 2 * LANES);
    FloatVector d5 = FloatVector.fromArray(SPECIES, start, s5 + 3 * LANES);
    float[] x = part.x;
    int[] inputs = part.inputs;
    int x0 = inputs[p];
    int x1 = inputs[p + 1];
    int x2 = inputs[p + 2];
    int x3 = inputs[p + 3];
    int x4 = inputs[p + 4];
    int x5 = inputs[p + 5];
    for (int t = 0; t < part.runs; t++) {
      int tap = part.runInputs[t];
      FloatVector wa = FloatVector.fromArray(SPECIES, part.panel, Panels.FIRST + t * QUAD);
      FloatVector wb = FloatVector.fromArray(SPECIES, part.panel, Panels.FIRST + t * QUAD + LANES);
      FloatVector wc =
          FloatVector.fromArray(SPECIES, part.panel, Panels.FIRST + t * QUAD + 2 * LANES);
      FloatVector wd =
          FloatVector.fromArray(SPECIES, part.panel, Panels.FIRST + t * QUAD + 3 * LANES);
      FloatVector v = FloatVector.broadcast(SPECIES, x[x0 + tap]);
      a0 = v.fma(wa, a0);
      b0 = v.fma(wb, b0);
      c0 = v.fma(wc, c0);
      d0 = v.fma(wd, d0);
      v = FloatVector.broadcast(SPECIES, x[x1 + tap]);
      a1 = v.fma(wa, a1);
      b1 = v.fma(wb, b1);
      c1 = v.fma(wc, c1);
      d1 = v.fma(wd, d1);
      v = FloatVector.broadcast(SPECIES, x[x2 + tap]);
      a2 = v.fma(wa, a2);
      b2 = v.fma(wb, b2);
      c2 = v.fma(wc, c2);
      d2 = v.fma(wd, d2);
      v = FloatVector.broadcast(SPECIES, x[x3 + tap]);
      a3 = v.fma(wa, a3);
      b3 = v.fma(wb, b3);
      c3 = v.fma(wc, c3);
      d3 = v.fma(wd, d3);
      v = FloatVector.broadcast(SPECIES, x[x4 + tap]);
      a4 = v.fma(wa, a4);
      b4 = v.fma(wb, b4);
      c4 = v.fma(wc, c4);
      d4 = v.fma(wd, d4);
      v = FloatVector.broadcast(SPECIES, x[x5 + tap]);
      a5 = v.fma(wa, a5);
      b5 = v.fma(wb, b5);
      c5 = v.fma(wc, c5);
      d5 = v.fma(wd, d5);
    }
    float[] y = part.y;
    int[] outputs = part.outputs;
    int y0 = outputs[p] + first;
    int y1 = outputs[p + 1] + first;
    int y2 = outputs[p + 2] + first;
    int y3 = outputs[p + 3] + first;
    int y4 = outputs[p + 4] + first;
    int y5 = outputs[p + 5] + first;
    a0.intoArray(y, y0);
    b0.intoArray(y, y0 + LANES);
    c0.intoArray(y, y0 + 2 * LANES);
    d0.intoArray(y, y0 + 3 * LANES);
    a1.intoArray(y, y1);
    b1.intoArray(y, y1 + LANES);
    c1.intoArray(y, y1 + 2 * LANES);
    d1.intoArray(y, y1 + 3 * LANES);
    a2.intoArray(y, y2);
    b2.intoArray(y, y2 + LANES);
    c2.intoArray(y, y2 + 2 * LANES);
    d2.intoArray(y, y2 + 3 * LANES);
    a3.intoArray(y, y3);
    b3.intoArray(y, y3 + LANES);
    c3.intoArray(y, y3 + 2 * LANES);
    d3.intoArray(y, y3 + 3 * LANES);
    a4.intoArray(y, y4);
    b4.intoArray(y, y4 + LANES);
    c4.intoArray(y, y4 + 2 * LANES);
    d4.intoArray(y, y4 + 3 * LANES);
    a5.intoArray(y, y5);
    b5.intoArray(y, y5 + LANES);
    c5.intoArray(y, y5 + 2 * LANES);
    d5.intoArray(y, y5 + 3 * LANES);
  }

  /// Twelve pixels x one vector.
  static void tile12x1(ConvolutionPart part, int first, int p) {
    float[] x = part.x;
    float[] w = part.panel;
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
    int[] runInputs = part.runInputs;
    int count = part.runs;
    for (int t = 0; t < count; t++) {
      int tap = runInputs[t];
      FloatVector wa = FloatVector.fromArray(SPECIES, w, Panels.FIRST + t * LANES);
      a0 = FloatVector.broadcast(SPECIES, x[x0 + tap]).fma(wa, a0);
      a1 = FloatVector.broadcast(SPECIES, x[x1 + tap]).fma(wa, a1);
      a2 = FloatVector.broadcast(SPECIES, x[x2 + tap]).fma(wa, a2);
      a3 = FloatVector.broadcast(SPECIES, x[x3 + tap]).fma(wa, a3);
      a4 = FloatVector.broadcast(SPECIES, x[x4 + tap]).fma(wa, a4);
      a5 = FloatVector.broadcast(SPECIES, x[x5 + tap]).fma(wa, a5);
      a6 = FloatVector.broadcast(SPECIES, x[x6 + tap]).fma(wa, a6);
      a7 = FloatVector.broadcast(SPECIES, x[x7 + tap]).fma(wa, a7);
      a8 = FloatVector.broadcast(SPECIES, x[x8 + tap]).fma(wa, a8);
      a9 = FloatVector.broadcast(SPECIES, x[x9 + tap]).fma(wa, a9);
      a10 = FloatVector.broadcast(SPECIES, x[x10 + tap]).fma(wa, a10);
      a11 = FloatVector.broadcast(SPECIES, x[x11 + tap]).fma(wa, a11);
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

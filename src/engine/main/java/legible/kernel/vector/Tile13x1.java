package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.ConvolutionPart;

/// Thirteen neighbouring pixels of a row x one vector of channels, for one input channel and three kernel
/// columns: each input is broadcast once for its three taps.
///
/// ```
///  inputs   x0  x1  x2  x3 ...       x2 is the third tap of pixel 0, the second of pixel 1 and
///  pixels   ╰─── 0 ──╯               the first of pixel 2
///               ╰─── 1 ──╯
/// ```
///
/// Thirteen, because a row of 28 pixels without its borders is two times thirteen.
final class Tile13x1 {
  static final int PIXELS = 13;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private Tile13x1() {}

  /// @param xStart the first input
  /// @param yStart the first output
  /// @param o the first channel
  /// @param panel the first tap's weights
  static void run(ConvolutionPart part, int xStart, int yStart, int o, int panel) {
    float[] x = part.x;
    float[] w = part.weights.panels();
    int rowInputs = part.xKernelRow;
    int rowWeights = part.weightKernelRow * LANES;
    FloatVector bias = FloatVector.fromArray(SPECIES, part.bias, o);
    FloatVector a0 = bias;
    FloatVector a1 = bias;
    FloatVector a2 = bias;
    FloatVector a3 = bias;
    FloatVector a4 = bias;
    FloatVector a5 = bias;
    FloatVector a6 = bias;
    FloatVector a7 = bias;
    FloatVector a8 = bias;
    FloatVector a9 = bias;
    FloatVector a10 = bias;
    FloatVector a11 = bias;
    FloatVector a12 = bias;
    for (int row = 0; row < part.kernelRows; row++) {
      int at = panel + row * rowWeights;
      int in = xStart + row * rowInputs;
      FloatVector w0 = FloatVector.fromArray(SPECIES, w, at);
      FloatVector w1 = FloatVector.fromArray(SPECIES, w, at + LANES);
      FloatVector w2 = FloatVector.fromArray(SPECIES, w, at + 2 * LANES);
      FloatVector v = FloatVector.broadcast(SPECIES, x[in]);
      a0 = v.fma(w0, a0);
      v = FloatVector.broadcast(SPECIES, x[in + 1]);
      a1 = v.fma(w0, a1);
      a0 = v.fma(w1, a0);
      v = FloatVector.broadcast(SPECIES, x[in + 2]);
      a2 = v.fma(w0, a2);
      a1 = v.fma(w1, a1);
      a0 = v.fma(w2, a0);
      v = FloatVector.broadcast(SPECIES, x[in + 3]);
      a3 = v.fma(w0, a3);
      a2 = v.fma(w1, a2);
      a1 = v.fma(w2, a1);
      v = FloatVector.broadcast(SPECIES, x[in + 4]);
      a4 = v.fma(w0, a4);
      a3 = v.fma(w1, a3);
      a2 = v.fma(w2, a2);
      v = FloatVector.broadcast(SPECIES, x[in + 5]);
      a5 = v.fma(w0, a5);
      a4 = v.fma(w1, a4);
      a3 = v.fma(w2, a3);
      v = FloatVector.broadcast(SPECIES, x[in + 6]);
      a6 = v.fma(w0, a6);
      a5 = v.fma(w1, a5);
      a4 = v.fma(w2, a4);
      v = FloatVector.broadcast(SPECIES, x[in + 7]);
      a7 = v.fma(w0, a7);
      a6 = v.fma(w1, a6);
      a5 = v.fma(w2, a5);
      v = FloatVector.broadcast(SPECIES, x[in + 8]);
      a8 = v.fma(w0, a8);
      a7 = v.fma(w1, a7);
      a6 = v.fma(w2, a6);
      v = FloatVector.broadcast(SPECIES, x[in + 9]);
      a9 = v.fma(w0, a9);
      a8 = v.fma(w1, a8);
      a7 = v.fma(w2, a7);
      v = FloatVector.broadcast(SPECIES, x[in + 10]);
      a10 = v.fma(w0, a10);
      a9 = v.fma(w1, a9);
      a8 = v.fma(w2, a8);
      v = FloatVector.broadcast(SPECIES, x[in + 11]);
      a11 = v.fma(w0, a11);
      a10 = v.fma(w1, a10);
      a9 = v.fma(w2, a9);
      v = FloatVector.broadcast(SPECIES, x[in + 12]);
      a12 = v.fma(w0, a12);
      a11 = v.fma(w1, a11);
      a10 = v.fma(w2, a10);
      v = FloatVector.broadcast(SPECIES, x[in + 13]);
      a12 = v.fma(w1, a12);
      a11 = v.fma(w2, a11);
      v = FloatVector.broadcast(SPECIES, x[in + 14]);
      a12 = v.fma(w2, a12);
    }
    float[] y = part.y;
    int step = part.yColumn;
    a0.intoArray(y, yStart);
    a1.intoArray(y, yStart + step);
    a2.intoArray(y, yStart + 2 * step);
    a3.intoArray(y, yStart + 3 * step);
    a4.intoArray(y, yStart + 4 * step);
    a5.intoArray(y, yStart + 5 * step);
    a6.intoArray(y, yStart + 6 * step);
    a7.intoArray(y, yStart + 7 * step);
    a8.intoArray(y, yStart + 8 * step);
    a9.intoArray(y, yStart + 9 * step);
    a10.intoArray(y, yStart + 10 * step);
    a11.intoArray(y, yStart + 11 * step);
    a12.intoArray(y, yStart + 12 * step);
  }
}

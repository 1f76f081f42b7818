package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.ConvolutionPart;

/// [Tile13x1] for machines of 16 vector registers: nine pixels, so that a row of 28 pixels without its
/// borders is three tiles but for one pixel. Inputs are read as [Addresses] says: else the compiler
/// loads several before it uses one, and has no register for them.
final class Tile9x1 {
  static final int PIXELS = 9;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private Tile9x1() {}

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
    for (int row = 0; row < part.kernelRows; row++) {
      int at = panel + row * rowWeights;
      int in = xStart + row * rowInputs;
      FloatVector w0 = FloatVector.fromArray(SPECIES, w, at);
      FloatVector w1 = FloatVector.fromArray(SPECIES, w, at + LANES);
      FloatVector w2 = FloatVector.fromArray(SPECIES, w, at + 2 * LANES);
      FloatVector v = Addresses.broadcast(x, in);
      a0 = v.fma(w0, a0);
      v = Addresses.broadcast(x, in + 1);
      a1 = v.fma(w0, a1);
      a0 = v.fma(w1, a0);
      v = Addresses.broadcast(x, in + 2);
      a2 = v.fma(w0, a2);
      a1 = v.fma(w1, a1);
      a0 = v.fma(w2, a0);
      v = Addresses.broadcast(x, in + 3);
      a3 = v.fma(w0, a3);
      a2 = v.fma(w1, a2);
      a1 = v.fma(w2, a1);
      v = Addresses.broadcast(x, in + 4);
      a4 = v.fma(w0, a4);
      a3 = v.fma(w1, a3);
      a2 = v.fma(w2, a2);
      v = Addresses.broadcast(x, in + 5);
      a5 = v.fma(w0, a5);
      a4 = v.fma(w1, a4);
      a3 = v.fma(w2, a3);
      v = Addresses.broadcast(x, in + 6);
      a6 = v.fma(w0, a6);
      a5 = v.fma(w1, a5);
      a4 = v.fma(w2, a4);
      v = Addresses.broadcast(x, in + 7);
      a7 = v.fma(w0, a7);
      a6 = v.fma(w1, a6);
      a5 = v.fma(w2, a5);
      v = Addresses.broadcast(x, in + 8);
      a8 = v.fma(w0, a8);
      a7 = v.fma(w1, a7);
      a6 = v.fma(w2, a6);
      v = Addresses.broadcast(x, in + 9);
      a8 = v.fma(w1, a8);
      a7 = v.fma(w2, a7);
      v = Addresses.broadcast(x, in + 10);
      a8 = v.fma(w2, a8);
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
  }
}

package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.ConvolutionPart;

/// Five pixels x four vectors of output channels, on machines with 32 registers: each vector's weights
/// come from a panel of their own, in four walks through memory, and each broadcast input is used four
/// times.
///
/// ```
///  chain(pixel, o) over k ascending of x[input(pixel) + at + k] · w[panel(o) + k·LANES + o mod LANES]
/// ```
///
/// A step is 34 instructions, 20 of them fused multiply-adds: nothing is computed anew in the loop but k.
/// For that a turn is one step, steps and inputs are written as [Addresses] says, and stores look up
/// their addresses only after the loop. With a pixel more the compiler spills, since all inputs are
/// loaded before any is used (docs/decisions/0012). As in [VectorConvolutionTiles] a pixel may stand in a
/// tile twice.
final class Tile5x4 {
  static final int PIXELS = 5;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  static final int CHANNELS = 4 * LANES;

  private Tile5x4() {}

  /// @param count steps of the run
  /// @param at from a pixel's input to the run's first
  /// @param panel the run's first weight row in the panel of the channels from `first` on
  /// @param first first channel
  /// @param p number of the first pixel
  static void run(ConvolutionPart part, int count, int at, int panel, int first, int p) {
    float[] start = part.start;
    int[] starts = part.starts;
    int s0 = starts[p] + first;
    int s1 = starts[p + 1] + first;
    int s2 = starts[p + 2] + first;
    int s3 = starts[p + 3] + first;
    int s4 = starts[p + 4] + first;
    FloatVector a0 = load(start, s0);
    FloatVector b0 = load(start, s0 + LANES);
    FloatVector c0 = load(start, s0 + 2 * LANES);
    FloatVector d0 = load(start, s0 + 3 * LANES);
    FloatVector a1 = load(start, s1);
    FloatVector b1 = load(start, s1 + LANES);
    FloatVector c1 = load(start, s1 + 2 * LANES);
    FloatVector d1 = load(start, s1 + 3 * LANES);
    FloatVector a2 = load(start, s2);
    FloatVector b2 = load(start, s2 + LANES);
    FloatVector c2 = load(start, s2 + 2 * LANES);
    FloatVector d2 = load(start, s2 + 3 * LANES);
    FloatVector a3 = load(start, s3);
    FloatVector b3 = load(start, s3 + LANES);
    FloatVector c3 = load(start, s3 + 2 * LANES);
    FloatVector d3 = load(start, s3 + 3 * LANES);
    FloatVector a4 = load(start, s4);
    FloatVector b4 = load(start, s4 + LANES);
    FloatVector c4 = load(start, s4 + 2 * LANES);
    FloatVector d4 = load(start, s4 + 3 * LANES);
    float[] x = part.x;
    int[] inputs = part.inputs;
    int x0 = inputs[p] + at;
    int x1 = inputs[p + 1] + at;
    int x2 = inputs[p + 2] + at;
    int x3 = inputs[p + 3] + at;
    int x4 = inputs[p + 4] + at;
    float[] w = part.weights.panels();
    int toNext = part.weightRows * LANES;
    int panelB = panel + toNext;
    int panelC = panelB + toNext;
    int panelD = panelC + toNext;
    int steps = Addresses.bounded(count);
    for (int k = 0; k < steps; k++) {
      FloatVector wa = load(w, panel + k * LANES);
      FloatVector wb = load(w, panelB + k * LANES);
      FloatVector wc = load(w, panelC + k * LANES);
      FloatVector wd = load(w, panelD + k * LANES);
      FloatVector v = Addresses.broadcast(x, x0 + k);
      a0 = v.fma(wa, a0);
      b0 = v.fma(wb, b0);
      c0 = v.fma(wc, c0);
      d0 = v.fma(wd, d0);
      v = Addresses.broadcast(x, x1 + k);
      a1 = v.fma(wa, a1);
      b1 = v.fma(wb, b1);
      c1 = v.fma(wc, c1);
      d1 = v.fma(wd, d1);
      v = Addresses.broadcast(x, x2 + k);
      a2 = v.fma(wa, a2);
      b2 = v.fma(wb, b2);
      c2 = v.fma(wc, c2);
      d2 = v.fma(wd, d2);
      v = Addresses.broadcast(x, x3 + k);
      a3 = v.fma(wa, a3);
      b3 = v.fma(wb, b3);
      c3 = v.fma(wc, c3);
      d3 = v.fma(wd, d3);
      v = Addresses.broadcast(x, x4 + k);
      a4 = v.fma(wa, a4);
      b4 = v.fma(wb, b4);
      c4 = v.fma(wc, c4);
      d4 = v.fma(wd, d4);
    }
    float[] y = part.y;
    int[] outputs = part.outputs;
    int y0 = outputs[p] + first;
    int y1 = outputs[p + 1] + first;
    int y2 = outputs[p + 2] + first;
    int y3 = outputs[p + 3] + first;
    int y4 = outputs[p + 4] + first;
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
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(SPECIES, array, index);
  }
}

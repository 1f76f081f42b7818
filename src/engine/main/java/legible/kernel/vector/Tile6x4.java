package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.ConvolutionPart;
import legible.kernel.loops.Panels;

/// Six pixels x four vectors of output channels, on machines with 32 registers: the weights come from
/// two panels, and each broadcast input is used four times.
///
/// ```
///  chain(pixel, o) over k ascending of x[input(pixel) + at + k] · w[panel(o) + k·BLOCK + o mod BLOCK]
/// ```
///
/// This is as much as the compiler keeps in registers: hence one run or one list of steps, one step a
/// turn, and stores whose addresses are looked up only after the loop. With two steps, several runs or
/// addresses known before it spills inside of the loop (docs/decisions/0012). As in
/// [VectorConvolutionTiles] a pixel may stand in a tile twice.
final class Tile6x4 {
  static final int PIXELS = 6;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /// Channels of a panel, and of the tile.
  private static final int BLOCK = 2 * LANES;

  static final int CHANNELS = 2 * BLOCK;

  private Tile6x4() {}

  /// @param steps length of the run
  /// @param at from a pixel's input to the run's first
  /// @param near the run's first weight row in the panel of the channels from `first` on
  /// @param far the same in the next panel
  /// @param p number of the first pixel
  static void run(ConvolutionPart part, int steps, int at, int near, int far, int first, int p) {
    float[] start = part.start;
    int[] starts = part.starts;
    int s0 = starts[p] + first;
    int s1 = starts[p + 1] + first;
    int s2 = starts[p + 2] + first;
    int s3 = starts[p + 3] + first;
    int s4 = starts[p + 4] + first;
    int s5 = starts[p + 5] + first;
    FloatVector a0 = load(start, s0);
    FloatVector b0 = load(start, s0 + LANES);
    FloatVector c0 = load(start, s0 + BLOCK);
    FloatVector d0 = load(start, s0 + BLOCK + LANES);
    FloatVector a1 = load(start, s1);
    FloatVector b1 = load(start, s1 + LANES);
    FloatVector c1 = load(start, s1 + BLOCK);
    FloatVector d1 = load(start, s1 + BLOCK + LANES);
    FloatVector a2 = load(start, s2);
    FloatVector b2 = load(start, s2 + LANES);
    FloatVector c2 = load(start, s2 + BLOCK);
    FloatVector d2 = load(start, s2 + BLOCK + LANES);
    FloatVector a3 = load(start, s3);
    FloatVector b3 = load(start, s3 + LANES);
    FloatVector c3 = load(start, s3 + BLOCK);
    FloatVector d3 = load(start, s3 + BLOCK + LANES);
    FloatVector a4 = load(start, s4);
    FloatVector b4 = load(start, s4 + LANES);
    FloatVector c4 = load(start, s4 + BLOCK);
    FloatVector d4 = load(start, s4 + BLOCK + LANES);
    FloatVector a5 = load(start, s5);
    FloatVector b5 = load(start, s5 + LANES);
    FloatVector c5 = load(start, s5 + BLOCK);
    FloatVector d5 = load(start, s5 + BLOCK + LANES);
    float[] x = part.x;
    int[] inputs = part.inputs;
    int x0 = inputs[p] + at;
    int x1 = inputs[p + 1] + at;
    int x2 = inputs[p + 2] + at;
    int x3 = inputs[p + 3] + at;
    int x4 = inputs[p + 4] + at;
    int x5 = inputs[p + 5] + at;
    float[] w = part.weights.panels();
    for (int k = 0; k < steps; k++) {
      FloatVector wa = load(w, near + k * BLOCK);
      FloatVector wb = load(w, near + k * BLOCK + LANES);
      FloatVector wc = load(w, far + k * BLOCK);
      FloatVector wd = load(w, far + k * BLOCK + LANES);
      FloatVector v = FloatVector.broadcast(SPECIES, x[x0 + k]);
      a0 = v.fma(wa, a0);
      b0 = v.fma(wb, b0);
      c0 = v.fma(wc, c0);
      d0 = v.fma(wd, d0);
      v = FloatVector.broadcast(SPECIES, x[x1 + k]);
      a1 = v.fma(wa, a1);
      b1 = v.fma(wb, b1);
      c1 = v.fma(wc, c1);
      d1 = v.fma(wd, d1);
      v = FloatVector.broadcast(SPECIES, x[x2 + k]);
      a2 = v.fma(wa, a2);
      b2 = v.fma(wb, b2);
      c2 = v.fma(wc, c2);
      d2 = v.fma(wd, d2);
      v = FloatVector.broadcast(SPECIES, x[x3 + k]);
      a3 = v.fma(wa, a3);
      b3 = v.fma(wb, b3);
      c3 = v.fma(wc, c3);
      d3 = v.fma(wd, d3);
      v = FloatVector.broadcast(SPECIES, x[x4 + k]);
      a4 = v.fma(wa, a4);
      b4 = v.fma(wb, b4);
      c4 = v.fma(wc, c4);
      d4 = v.fma(wd, d4);
      v = FloatVector.broadcast(SPECIES, x[x5 + k]);
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
    c0.intoArray(y, y0 + BLOCK);
    d0.intoArray(y, y0 + BLOCK + LANES);
    a1.intoArray(y, y1);
    b1.intoArray(y, y1 + LANES);
    c1.intoArray(y, y1 + BLOCK);
    d1.intoArray(y, y1 + BLOCK + LANES);
    a2.intoArray(y, y2);
    b2.intoArray(y, y2 + LANES);
    c2.intoArray(y, y2 + BLOCK);
    d2.intoArray(y, y2 + BLOCK + LANES);
    a3.intoArray(y, y3);
    b3.intoArray(y, y3 + LANES);
    c3.intoArray(y, y3 + BLOCK);
    d3.intoArray(y, y3 + BLOCK + LANES);
    a4.intoArray(y, y4);
    b4.intoArray(y, y4 + LANES);
    c4.intoArray(y, y4 + BLOCK);
    d4.intoArray(y, y4 + BLOCK + LANES);
    a5.intoArray(y, y5);
    b5.intoArray(y, y5 + LANES);
    c5.intoArray(y, y5 + BLOCK);
    d5.intoArray(y, y5 + BLOCK + LANES);
  }

  /// Single steps, for short runs of input channels: a list tells where each one's input lies. The
  /// weights come from the part's own panel, as wide as the tile.
  static void taps(ConvolutionPart part, int first, int p) {
    float[] start = part.start;
    int[] starts = part.starts;
    int s0 = starts[p] + first;
    int s1 = starts[p + 1] + first;
    int s2 = starts[p + 2] + first;
    int s3 = starts[p + 3] + first;
    int s4 = starts[p + 4] + first;
    int s5 = starts[p + 5] + first;
    FloatVector a0 = load(start, s0);
    FloatVector b0 = load(start, s0 + LANES);
    FloatVector c0 = load(start, s0 + BLOCK);
    FloatVector d0 = load(start, s0 + BLOCK + LANES);
    FloatVector a1 = load(start, s1);
    FloatVector b1 = load(start, s1 + LANES);
    FloatVector c1 = load(start, s1 + BLOCK);
    FloatVector d1 = load(start, s1 + BLOCK + LANES);
    FloatVector a2 = load(start, s2);
    FloatVector b2 = load(start, s2 + LANES);
    FloatVector c2 = load(start, s2 + BLOCK);
    FloatVector d2 = load(start, s2 + BLOCK + LANES);
    FloatVector a3 = load(start, s3);
    FloatVector b3 = load(start, s3 + LANES);
    FloatVector c3 = load(start, s3 + BLOCK);
    FloatVector d3 = load(start, s3 + BLOCK + LANES);
    FloatVector a4 = load(start, s4);
    FloatVector b4 = load(start, s4 + LANES);
    FloatVector c4 = load(start, s4 + BLOCK);
    FloatVector d4 = load(start, s4 + BLOCK + LANES);
    FloatVector a5 = load(start, s5);
    FloatVector b5 = load(start, s5 + LANES);
    FloatVector c5 = load(start, s5 + BLOCK);
    FloatVector d5 = load(start, s5 + BLOCK + LANES);
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
      FloatVector wa = load(part.panel, Panels.FIRST + t * CHANNELS);
      FloatVector wb = load(part.panel, Panels.FIRST + t * CHANNELS + LANES);
      FloatVector wc = load(part.panel, Panels.FIRST + t * CHANNELS + BLOCK);
      FloatVector wd = load(part.panel, Panels.FIRST + t * CHANNELS + BLOCK + LANES);
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
    c0.intoArray(y, y0 + BLOCK);
    d0.intoArray(y, y0 + BLOCK + LANES);
    a1.intoArray(y, y1);
    b1.intoArray(y, y1 + LANES);
    c1.intoArray(y, y1 + BLOCK);
    d1.intoArray(y, y1 + BLOCK + LANES);
    a2.intoArray(y, y2);
    b2.intoArray(y, y2 + LANES);
    c2.intoArray(y, y2 + BLOCK);
    d2.intoArray(y, y2 + BLOCK + LANES);
    a3.intoArray(y, y3);
    b3.intoArray(y, y3 + LANES);
    c3.intoArray(y, y3 + BLOCK);
    d3.intoArray(y, y3 + BLOCK + LANES);
    a4.intoArray(y, y4);
    b4.intoArray(y, y4 + LANES);
    c4.intoArray(y, y4 + BLOCK);
    d4.intoArray(y, y4 + BLOCK + LANES);
    a5.intoArray(y, y5);
    b5.intoArray(y, y5 + LANES);
    c5.intoArray(y, y5 + BLOCK);
    d5.intoArray(y, y5 + BLOCK + LANES);
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(SPECIES, array, index);
  }
}

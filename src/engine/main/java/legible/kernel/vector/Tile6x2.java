package legible.kernel.vector;

import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.ConvolutionPart;

/// 6 rows or pixels x 2 vectors of chains, in machines of 16 vector registers: half a tile of [Tile12x2]
/// for products and weight gradients, and the widest tile of convolutions, as [Tile5x4] is with 32.
///
/// Twelve chains hide the latency of fma where two start in each cycle, with some to spare for a core
/// that is shared. Inputs are read as [Addresses] says: else the compiler loads several before it uses
/// one, and has no register for them (docs/decisions/0011).
final class Tile6x2 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /// Pixels and channels of [#run].
  static final int PIXELS = 6;

  static final int CHANNELS = 2 * LANES;

  /// Columns of the tile, and of a panel of b.
  private static final int BLOCK = 2 * LANES;

  /// Rows that lie side by side.
  private static final int FOUR = Tile4x2.ROWS;

  private Tile6x2() {}

  /// Four rows side by side, and two of another four: `A(i,p) = a[a4 + 4·p + i]` for the first four, and
  /// `a[a2 + 4·p + i - 4]` for the last two.
  ///
  /// @param b element `(p, j)` at `bStart + p·BLOCK + j`
  /// @param c element `(i, j)` at `c4 + i·cStride + j`, of the last two at `c2 + (i - 4)·cStride + j`; modified
  static void fours(
      int steps,
      float[] a,
      int a4,
      int a2,
      float[] b,
      int bStart,
      float[] c,
      int c4,
      int c2,
      int cStride) {
    FloatVector s0 = load(c, c4);
    FloatVector t0 = load(c, c4 + LANES);
    FloatVector s1 = load(c, c4 + cStride);
    FloatVector t1 = load(c, c4 + cStride + LANES);
    FloatVector s2 = load(c, c4 + 2 * cStride);
    FloatVector t2 = load(c, c4 + 2 * cStride + LANES);
    FloatVector s3 = load(c, c4 + 3 * cStride);
    FloatVector t3 = load(c, c4 + 3 * cStride + LANES);
    FloatVector s4 = load(c, c2);
    FloatVector t4 = load(c, c2 + LANES);
    FloatVector s5 = load(c, c2 + cStride);
    FloatVector t5 = load(c, c2 + cStride + LANES);
    int end = Addresses.bounded(steps) * FOUR;
    for (int r = 0; r < end; r += FOUR) {
      int q = bStart + r * (BLOCK / FOUR);
      FloatVector wa = load(b, q);
      FloatVector wb = load(b, q + LANES);
      FloatVector v = Addresses.broadcast(a, a4 + r);
      s0 = v.fma(wa, s0);
      t0 = v.fma(wb, t0);
      v = Addresses.broadcast(a, a4 + r + 1);
      s1 = v.fma(wa, s1);
      t1 = v.fma(wb, t1);
      v = Addresses.broadcast(a, a4 + r + 2);
      s2 = v.fma(wa, s2);
      t2 = v.fma(wb, t2);
      v = Addresses.broadcast(a, a4 + r + 3);
      s3 = v.fma(wa, s3);
      t3 = v.fma(wb, t3);
      v = Addresses.broadcast(a, a2 + r);
      s4 = v.fma(wa, s4);
      t4 = v.fma(wb, t4);
      v = Addresses.broadcast(a, a2 + r + 1);
      s5 = v.fma(wa, s5);
      t5 = v.fma(wb, t5);
    }
    s0.intoArray(c, c4);
    t0.intoArray(c, c4 + LANES);
    s1.intoArray(c, c4 + cStride);
    t1.intoArray(c, c4 + cStride + LANES);
    s2.intoArray(c, c4 + 2 * cStride);
    t2.intoArray(c, c4 + 2 * cStride + LANES);
    s3.intoArray(c, c4 + 3 * cStride);
    t3.intoArray(c, c4 + 3 * cStride + LANES);
    s4.intoArray(c, c2);
    t4.intoArray(c, c2 + LANES);
    s5.intoArray(c, c2 + cStride);
    t5.intoArray(c, c2 + cStride + LANES);
  }

  /// Six pixels x two vectors of output channels, each from a panel of its own:
  ///
  /// ```
  ///  chain(pixel, o) over k ascending of x[input(pixel) + at + k] · w[panel(o) + k·LANES + o mod LANES]
  /// ```
  ///
  /// As in [VectorConvolutionTiles] a pixel may stand in a tile twice.
  ///
  /// @param count steps of the run
  /// @param at from a pixel's input to the run's first
  /// @param panel the run's first weight row in the panel of the channels from `first` on
  /// @param first first channel
  /// @param p number of the first pixel
  /// @param rectifies whether the chains end with a ReLU
  static void run(
      ConvolutionPart part, int count, int at, int panel, int first, int p, boolean rectifies) {
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
    FloatVector a1 = load(start, s1);
    FloatVector b1 = load(start, s1 + LANES);
    FloatVector a2 = load(start, s2);
    FloatVector b2 = load(start, s2 + LANES);
    FloatVector a3 = load(start, s3);
    FloatVector b3 = load(start, s3 + LANES);
    FloatVector a4 = load(start, s4);
    FloatVector b4 = load(start, s4 + LANES);
    FloatVector a5 = load(start, s5);
    FloatVector b5 = load(start, s5 + LANES);
    float[] x = part.x;
    int[] inputs = part.inputs;
    int x0 = inputs[p] + at;
    int x1 = inputs[p + 1] + at;
    int x2 = inputs[p + 2] + at;
    int x3 = inputs[p + 3] + at;
    int x4 = inputs[p + 4] + at;
    int x5 = inputs[p + 5] + at;
    float[] w = part.weights.panels();
    int toNext = part.weightRows * LANES;
    int panelB = panel + toNext;
    int steps = Addresses.bounded(count);
    for (int k = 0; k < steps; k++) {
      FloatVector wa = load(w, panel + k * LANES);
      FloatVector wb = load(w, panelB + k * LANES);
      FloatVector v = Addresses.broadcast(x, x0 + k);
      a0 = v.fma(wa, a0);
      b0 = v.fma(wb, b0);
      v = Addresses.broadcast(x, x1 + k);
      a1 = v.fma(wa, a1);
      b1 = v.fma(wb, b1);
      v = Addresses.broadcast(x, x2 + k);
      a2 = v.fma(wa, a2);
      b2 = v.fma(wb, b2);
      v = Addresses.broadcast(x, x3 + k);
      a3 = v.fma(wa, a3);
      b3 = v.fma(wb, b3);
      v = Addresses.broadcast(x, x4 + k);
      a4 = v.fma(wa, a4);
      b4 = v.fma(wb, b4);
      v = Addresses.broadcast(x, x5 + k);
      a5 = v.fma(wa, a5);
      b5 = v.fma(wb, b5);
    }
    // VectorActivation#apply, written out: as a call it is more than the compiler takes.
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector limit = FloatVector.broadcast(SPECIES, rectifies ? 0f : Float.NaN);
    float[] y = part.y;
    int[] outputs = part.outputs;
    int y0 = outputs[p] + first;
    int y1 = outputs[p + 1] + first;
    int y2 = outputs[p + 2] + first;
    int y3 = outputs[p + 3] + first;
    int y4 = outputs[p + 4] + first;
    int y5 = outputs[p + 5] + first;
    a0.blend(zero, a0.compare(LE, limit)).intoArray(y, y0);
    b0.blend(zero, b0.compare(LE, limit)).intoArray(y, y0 + LANES);
    a1.blend(zero, a1.compare(LE, limit)).intoArray(y, y1);
    b1.blend(zero, b1.compare(LE, limit)).intoArray(y, y1 + LANES);
    a2.blend(zero, a2.compare(LE, limit)).intoArray(y, y2);
    b2.blend(zero, b2.compare(LE, limit)).intoArray(y, y2 + LANES);
    a3.blend(zero, a3.compare(LE, limit)).intoArray(y, y3);
    b3.blend(zero, b3.compare(LE, limit)).intoArray(y, y3 + LANES);
    a4.blend(zero, a4.compare(LE, limit)).intoArray(y, y4);
    b4.blend(zero, b4.compare(LE, limit)).intoArray(y, y4 + LANES);
    a5.blend(zero, a5.compare(LE, limit)).intoArray(y, y5);
    b5.blend(zero, b5.compare(LE, limit)).intoArray(y, y5 + LANES);
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(SPECIES, array, index);
  }
}

package legible.kernel.vector;

import static jdk.incubator.vector.VectorOperators.LE;
import static legible.kernel.vector.Addresses.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.ConvolutionPart;

/// 6 rows or pixels x 2 vectors of chains, in machines of 16 vector registers: half a tile of [Tile12x2]
/// for products and weight gradients, and the widest tile of convolutions, as [Tile5x4] is with 32.
///
/// Twelve chains hide the latency of fma where two start in each cycle, with some to spare for a core
/// that is shared. Inputs are read as [Addresses] says, written out: else the compiler loads several
/// before it uses one, and has no register for them. A turn is two steps, 44 instructions of which 24
/// are fma, so that a turn's own weigh half; an odd last step follows (docs/decisions/0011).
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
    int even = Addresses.bounded((steps & -2) * FOUR, BLOCK / FOUR);
    for (int r = 0; r < even; r += 2 * FOUR) {
      int q = bStart + r * (BLOCK / FOUR);
      FloatVector wa = FloatVector.fromArray(SPECIES, b, q);
      FloatVector wb = FloatVector.fromArray(SPECIES, b, q + LANES);
      FloatVector v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, a4 + r));
      s0 = v.fma(wa, s0);
      t0 = v.fma(wb, t0);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, a4 + r + 1));
      s1 = v.fma(wa, s1);
      t1 = v.fma(wb, t1);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, a4 + r + 2));
      s2 = v.fma(wa, s2);
      t2 = v.fma(wb, t2);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, a4 + r + 3));
      s3 = v.fma(wa, s3);
      t3 = v.fma(wb, t3);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, a2 + r));
      s4 = v.fma(wa, s4);
      t4 = v.fma(wb, t4);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, a2 + r + 1));
      s5 = v.fma(wa, s5);
      t5 = v.fma(wb, t5);
      wa = FloatVector.fromArray(SPECIES, b, q + BLOCK);
      wb = FloatVector.fromArray(SPECIES, b, q + BLOCK + LANES);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, a4 + r + 4));
      s0 = v.fma(wa, s0);
      t0 = v.fma(wb, t0);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, a4 + r + 5));
      s1 = v.fma(wa, s1);
      t1 = v.fma(wb, t1);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, a4 + r + 6));
      s2 = v.fma(wa, s2);
      t2 = v.fma(wb, t2);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, a4 + r + 7));
      s3 = v.fma(wa, s3);
      t3 = v.fma(wb, t3);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, a2 + r + 4));
      s4 = v.fma(wa, s4);
      t4 = v.fma(wb, t4);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, a2 + r + 5));
      s5 = v.fma(wa, s5);
      t5 = v.fma(wb, t5);
    }
    if (steps % 2 != 0) {
      int q = bStart + even * (BLOCK / FOUR);
      FloatVector wa = FloatVector.fromArray(SPECIES, b, q);
      FloatVector wb = FloatVector.fromArray(SPECIES, b, q + LANES);
      FloatVector v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, a4 + even));
      s0 = v.fma(wa, s0);
      t0 = v.fma(wb, t0);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, a4 + even + 1));
      s1 = v.fma(wa, s1);
      t1 = v.fma(wb, t1);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, a4 + even + 2));
      s2 = v.fma(wa, s2);
      t2 = v.fma(wb, t2);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, a4 + even + 3));
      s3 = v.fma(wa, s3);
      t3 = v.fma(wb, t3);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, a2 + even));
      s4 = v.fma(wa, s4);
      t4 = v.fma(wb, t4);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(a, a2 + even + 1));
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
    FloatVector a0 = load(start, starts[p] + first);
    FloatVector b0 = load(start, starts[p] + first + LANES);
    FloatVector a1 = load(start, starts[p + 1] + first);
    FloatVector b1 = load(start, starts[p + 1] + first + LANES);
    FloatVector a2 = load(start, starts[p + 2] + first);
    FloatVector b2 = load(start, starts[p + 2] + first + LANES);
    FloatVector a3 = load(start, starts[p + 3] + first);
    FloatVector b3 = load(start, starts[p + 3] + first + LANES);
    FloatVector a4 = load(start, starts[p + 4] + first);
    FloatVector b4 = load(start, starts[p + 4] + first + LANES);
    FloatVector a5 = load(start, starts[p + 5] + first);
    FloatVector b5 = load(start, starts[p + 5] + first + LANES);
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
    int even = Addresses.bounded(count & -2);
    for (int k = 0; k < even; k += 2) {
      FloatVector wa = FloatVector.fromArray(SPECIES, w, panel + k * LANES);
      FloatVector wb = FloatVector.fromArray(SPECIES, w, panelB + k * LANES);
      FloatVector v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(x, x0 + k));
      a0 = v.fma(wa, a0);
      b0 = v.fma(wb, b0);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(x, x1 + k));
      a1 = v.fma(wa, a1);
      b1 = v.fma(wb, b1);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(x, x2 + k));
      a2 = v.fma(wa, a2);
      b2 = v.fma(wb, b2);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(x, x3 + k));
      a3 = v.fma(wa, a3);
      b3 = v.fma(wb, b3);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(x, x4 + k));
      a4 = v.fma(wa, a4);
      b4 = v.fma(wb, b4);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(x, x5 + k));
      a5 = v.fma(wa, a5);
      b5 = v.fma(wb, b5);
      wa = FloatVector.fromArray(SPECIES, w, panel + k * LANES + LANES);
      wb = FloatVector.fromArray(SPECIES, w, panelB + k * LANES + LANES);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(x, x0 + k + 1));
      a0 = v.fma(wa, a0);
      b0 = v.fma(wb, b0);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(x, x1 + k + 1));
      a1 = v.fma(wa, a1);
      b1 = v.fma(wb, b1);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(x, x2 + k + 1));
      a2 = v.fma(wa, a2);
      b2 = v.fma(wb, b2);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(x, x3 + k + 1));
      a3 = v.fma(wa, a3);
      b3 = v.fma(wb, b3);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(x, x4 + k + 1));
      a4 = v.fma(wa, a4);
      b4 = v.fma(wb, b4);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(x, x5 + k + 1));
      a5 = v.fma(wa, a5);
      b5 = v.fma(wb, b5);
    }
    if (count % 2 != 0) {
      FloatVector wa = FloatVector.fromArray(SPECIES, w, panel + even * LANES);
      FloatVector wb = FloatVector.fromArray(SPECIES, w, panelB + even * LANES);
      FloatVector v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(x, x0 + even));
      a0 = v.fma(wa, a0);
      b0 = v.fma(wb, b0);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(x, x1 + even));
      a1 = v.fma(wa, a1);
      b1 = v.fma(wb, b1);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(x, x2 + even));
      a2 = v.fma(wa, a2);
      b2 = v.fma(wb, b2);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(x, x3 + even));
      a3 = v.fma(wa, a3);
      b3 = v.fma(wb, b3);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(x, x4 + even));
      a4 = v.fma(wa, a4);
      b4 = v.fma(wb, b4);
      v = FloatVector.broadcast(SPECIES, (float) FLOATS.getOpaque(x, x5 + even));
      a5 = v.fma(wa, a5);
      b5 = v.fma(wb, b5);
    }
    // VectorActivation#apply, written out: as a call it is more than the compiler takes.
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector limit = FloatVector.broadcast(SPECIES, rectifies ? 0f : Float.NaN);
    float[] y = part.y;
    int[] outputs = part.outputs;
    a0.blend(zero, a0.compare(LE, limit)).intoArray(y, outputs[p] + first);
    b0.blend(zero, b0.compare(LE, limit)).intoArray(y, outputs[p] + first + LANES);
    a1.blend(zero, a1.compare(LE, limit)).intoArray(y, outputs[p + 1] + first);
    b1.blend(zero, b1.compare(LE, limit)).intoArray(y, outputs[p + 1] + first + LANES);
    a2.blend(zero, a2.compare(LE, limit)).intoArray(y, outputs[p + 2] + first);
    b2.blend(zero, b2.compare(LE, limit)).intoArray(y, outputs[p + 2] + first + LANES);
    a3.blend(zero, a3.compare(LE, limit)).intoArray(y, outputs[p + 3] + first);
    b3.blend(zero, b3.compare(LE, limit)).intoArray(y, outputs[p + 3] + first + LANES);
    a4.blend(zero, a4.compare(LE, limit)).intoArray(y, outputs[p + 4] + first);
    b4.blend(zero, b4.compare(LE, limit)).intoArray(y, outputs[p + 4] + first + LANES);
    a5.blend(zero, a5.compare(LE, limit)).intoArray(y, outputs[p + 5] + first);
    b5.blend(zero, b5.compare(LE, limit)).intoArray(y, outputs[p + 5] + first + LANES);
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(SPECIES, array, index);
  }
}

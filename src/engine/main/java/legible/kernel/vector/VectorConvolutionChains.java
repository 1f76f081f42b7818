package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.ConvolutionPart;
import legible.kernel.loops.ElementwiseLoops;
import legible.kernel.loops.Panels;

/// The chains of a part, cut into tiles that stay in registers.
///
/// The pixels of a tile are any four (five, six, seven, twelve) neighbours in the part's order, over the ends of
/// rows and images; a last tile repeats its last pixel. Inputs are read where they lie, a run of
/// neighbouring ones after the other: to copy what a tile sees first, for one long run instead of a
/// short one for each kernel row, was slower (docs/decisions/0012).
final class VectorConvolutionChains {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int BLOCK = 2 * LANES;
  private static final ElementwiseLoops ELEMENTWISE = new VectorElementwise();

  /// Channels and pixels of the widest tile.
  private static final int WIDEST = GemmRegisters.MANY ? Tile5x4.CHANNELS : Tile6x2.CHANNELS;

  private static final int WIDEST_PIXELS = GemmRegisters.MANY ? Tile5x4.PIXELS : Tile6x2.PIXELS;

  /// Pixels of a tile of two vectors for runs, and for taps.
  private static final int RUNS_PIXELS = GemmRegisters.MANY ? 7 : 4;

  private static final int TAPS_PIXELS = GemmRegisters.MANY ? 7 : 6;

  /// Pixels of a tile of one vector.
  private static final int SINGLE_PIXELS = 12;

  /// Steps of a run that the widest tiles take at a time: 48 KiB of weights.
  private static final int WIDE_STEPS = 48 * 1024 / (Float.BYTES * WIDEST);

  /// Runs shorter than this are not walked one by one; a list tells where each step's input lies.
  private static final int SHORT_RUN = 24;

  /// Runs from which on a tile for each is no longer than one tile for all, with fewer chains.
  private static final int LONG_RUN = 96;

  /// Inputs from one pixel to the next of which four share a page of 4 KiB.
  private static final int NEAR_PIXELS = 256;

  private VectorConvolutionChains() {}

  /// All pixels of a part for its channels.
  static void accumulate(ConvolutionPart part) {
    if (VectorConvolutionOneChannel.take(part)) {
      VectorConvolutionOneChannel.accumulate(part, ELEMENTWISE);
      return;
    }
    boolean byTaps = part.depth < SHORT_RUN;
    part.locateRuns(byTaps ? 1 : part.depth);
    part.locatePixels(SINGLE_PIXELS - 1);
    if (readsOnce(part)) {
      part.dealPixels(WIDEST_PIXELS, SINGLE_PIXELS - 1);
    }
    if (byTaps) {
      taps(part);
    } else {
      runs(part);
    }
  }

  /// Whether inputs are met once, as by kernels of 1 x 1, and so come from memory, while some pixels
  /// share a page of it. A CPU reads ahead of one walk through a page, but five or six neighbours walk
  /// through it side by side; so the pixels of a tile are taken from as many places.
  private static boolean readsOnce(ConvolutionPart part) {
    return part.runs == 1
        && part.runLength == part.weightRows
        && part.channels >= WIDEST
        && part.xColumn <= NEAR_PIXELS
        && part.pixels() >= WIDEST_PIXELS * WIDEST_PIXELS;
  }

  /// Whether the widest tiles are worth it: they begin and end anew for each run.
  private static boolean takesWidest(ConvolutionPart part) {
    boolean fewEnds = GemmRegisters.MANY || part.runs == 1 || part.runLength >= LONG_RUN;
    return fewEnds && part.channels >= WIDEST;
  }

  private static void runs(ConvolutionPart part) {
    int first = part.firstChannel;
    int end = first + part.channels;
    if (takesWidest(part)) {
      first += part.channels / WIDEST * WIDEST;
      wideRuns(part, first);
    }
    for (; first <= end - BLOCK; first += BLOCK) {
      int panel = VectorConvolution.rowStart(first, part.weightRows, part.weightStart);
      for (int p = 0; p < part.pixels(); p += RUNS_PIXELS) {
        if (GemmRegisters.MANY) {
          VectorConvolutionTiles.tile7x2(part, panel, first, p);
        } else {
          VectorConvolutionTiles.tile4x2(part, panel, first, p);
        }
        finish(part, first, BLOCK, p, RUNS_PIXELS);
      }
    }
    if (first < end) {
      int panel = VectorConvolution.rowStart(first, part.weightRows, part.weightStart);
      for (int p = 0; p < part.pixels(); p += SINGLE_PIXELS) {
        VectorConvolutionTiles.tile12x1(part, panel, first, p);
        finish(part, first, LANES, p, SINGLE_PIXELS);
      }
    }
  }

  /// The channels up to `end` by the widest tiles: a piece of a run for all pixels before the next one,
  /// since its weights stay in a near cache.
  private static void wideRuns(ConvolutionPart part, int end) {
    int length = part.runLength;
    int steps = Math.ceilDiv(length, Math.ceilDiv(length, WIDE_STEPS));
    for (int run = 0; run < part.runs; run++) {
      for (int k = 0; k < length; k += steps) {
        boolean last = run == part.runs - 1 && k + steps >= length;
        pieceOfRun(part, run, k, Math.min(steps, length - k), end, last);
        part.goOn();
      }
    }
    part.restart();
  }

  private static void pieceOfRun(
      ConvolutionPart part, int run, int k, int steps, int end, boolean last) {
    int at = part.runInputs[run] + k;
    int row = part.weightStart + part.runRows[run] + k;
    for (int first = part.firstChannel; first < end; first += WIDEST) {
      int panel = VectorConvolution.rowStart(first, part.weightRows, row);
      for (int p = 0; p < part.pixels(); p += WIDEST_PIXELS) {
        if (GemmRegisters.MANY) {
          Tile5x4.run(part, steps, at, panel, first, p);
          if (last) {
            finish(part, first, WIDEST, p, WIDEST_PIXELS);
          }
        } else {
          Tile6x2.run(part, steps, at, panel, first, p, last && part.rectifies);
        }
      }
    }
  }

  /// All pixels of a part of short runs.
  private static void taps(ConvolutionPart part) {
    int first = part.firstChannel;
    int end = first + part.channels;
    if (GemmRegisters.MANY) {
      int quad = VectorConvolutionTapTiles.QUAD;
      for (; first <= end - quad; first += quad) {
        gatherWeights(part, first, quad);
        for (int p = 0; p < part.pixels(); p += VectorConvolutionTapTiles.QUAD_PIXELS) {
          VectorConvolutionTapTiles.tile6x4(part, first, p);
          finish(part, first, quad, p, VectorConvolutionTapTiles.QUAD_PIXELS);
        }
      }
    }
    for (; first <= end - BLOCK; first += BLOCK) {
      gatherWeights(part, first, BLOCK);
      for (int p = 0; p < part.pixels(); p += TAPS_PIXELS) {
        if (GemmRegisters.MANY) {
          VectorConvolutionTapTiles.tile7x2(part, first, p);
        } else {
          VectorConvolutionTapTiles.tile6x2(part, first, p);
        }
        finish(part, first, BLOCK, p, TAPS_PIXELS);
      }
    }
    if (first < end) {
      gatherWeights(part, first, LANES);
      for (int p = 0; p < part.pixels(); p += SINGLE_PIXELS) {
        VectorConvolutionTapTiles.tile12x1(part, first, p);
        finish(part, first, LANES, p, SINGLE_PIXELS);
      }
    }
  }

  /// The ReLU of some channels of up to `count` pixels, while they are in the first-level cache; in a
  /// method of its own, since the tiles are as much code as the compiler takes.
  private static void finish(ConvolutionPart part, int first, int channels, int p, int count) {
    if (part.rectifies) {
      part.rectify(ELEMENTWISE, first, channels, p, p + count);
    }
  }

  /// Copies the weights of a part's steps to neighbouring places.
  ///
  /// @param width channels from `first` on: those of one panel, or of two
  private static void gatherWeights(ConvolutionPart part, int first, int width) {
    part.panel = Panels.reserve(part.panel, part.runs * width);
    float[] panels = part.weights.panels();
    for (int o = 0; o < width; o += LANES) {
      for (int run = 0; run < part.runs; run++) {
        int row = part.weightStart + part.runRows[run];
        int from = VectorConvolution.rowStart(first + o, part.weightRows, row);
        int to = Panels.FIRST + run * width + o;
        System.arraycopy(panels, from, part.panel, to, LANES);
      }
    }
  }
}

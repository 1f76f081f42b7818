package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.ConvolutionPart;

/// The chains of a part, cut into tiles that stay in registers.
///
/// The pixels of a tile are any four (seven, eight) neighbours in the part's order, over the ends of
/// rows and images; a last tile repeats its last pixel. What a block of pixels sees is copied first,
/// each pixel's patch in chain order: the copy costs a step of 2·O products one load and store, and
/// gives one long loop over neighbouring memory instead of one short loop for each kernel row.
final class VectorConvolutionChains {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int BLOCK = 2 * LANES;
  private static final int PITCH = ConvolutionPart.PITCH;

  /// AVX-512 and AArch64 have 32 vector registers, other machines 16.
  private static final boolean WIDE =
      LANES >= 16 || System.getProperty("os.arch").equals("aarch64");

  /// Pixels of a tile of two vectors, and of one.
  private static final int PAIR_PIXELS = WIDE ? 7 : 4;

  private static final int SINGLE_PIXELS = 8;

  /// Pixels whose patches are packed at a time, a multiple of each tile: 175 KiB for many panels, so
  /// that each is read seldom; for few panels so little that patches stay in the first-level cache.
  private static final int PATCHES = 112;

  private static final int FEW_PATCHES = WIDE ? 56 : 16;
  private static final int MANY_PANELS = 8;

  /// Runs shorter than this are not copied; a list tells where each step's input lies.
  private static final int SHORT_RUN = 8;

  private VectorConvolutionChains() {}

  /// All pixels of a part for its channels.
  static void accumulate(ConvolutionPart part) {
    int pairChannels = part.channels / BLOCK * BLOCK;
    if (part.depth < SHORT_RUN) {
      part.locateRuns(1);
      taps(part, pairChannels);
      return;
    }
    part.locateRuns(part.depth);
    if (part.patches.length == 0) {
      part.patches = new float[(PATCHES + SINGLE_PIXELS) * PITCH];
    }
    int pixels = part.images * part.rows * part.columns;
    part.locatePixels(SINGLE_PIXELS - 1);
    int step = part.channels < MANY_PANELS * BLOCK ? FEW_PATCHES : PATCHES;
    for (int block = 0; block < pixels; block += step) {
      patches(part, block, Math.min(block + step, pixels), step, pairChannels);
    }
  }

  /// One block of pixels for all channels.
  private static void patches(
      ConvolutionPart part, int block, int end, int step, int pairChannels) {
    int repeated = Math.min(end + SINGLE_PIXELS - 1, block + step);
    VectorConvolutionPacking.patches(part, block, repeated);
    float[] w = part.weights.panels();
    int first = part.firstChannel;
    for (; first < part.firstChannel + pairChannels; first += BLOCK) {
      int panel = first * part.weightRows + part.weightStart * BLOCK;
      for (int p = block; p < end; p += PAIR_PIXELS) {
        if (WIDE) {
          VectorConvolutionTiles.tile7x2(part, w, panel, first, p, block);
        } else {
          VectorConvolutionTiles.tile4x2(part, w, panel, first, p, block);
        }
      }
    }
    if (pairChannels < part.channels) {
      int panel = first * part.weightRows + part.weightStart * LANES;
      for (int p = block; p < end; p += SINGLE_PIXELS) {
        VectorConvolutionTiles.tile8x1(part, w, panel, first, p, block);
      }
    }
  }

  /// All pixels of a part of short runs.
  private static void taps(ConvolutionPart part, int pairChannels) {
    int pixels = part.images * part.rows * part.columns;
    part.locatePixels(SINGLE_PIXELS - 1);
    int first = part.firstChannel;
    for (; first < part.firstChannel + pairChannels; first += BLOCK) {
      gatherWeights(part, first * part.weightRows + part.weightStart * BLOCK, BLOCK);
      for (int p = 0; p < pixels; p += 4) {
        VectorConvolutionTapTiles.tile4x2(part, part.panel, 0, first, p);
      }
    }
    if (pairChannels < part.channels) {
      gatherWeights(part, first * part.weightRows + part.weightStart * LANES, LANES);
      for (int p = 0; p < pixels; p += SINGLE_PIXELS) {
        VectorConvolutionTapTiles.tile8x1(part, part.panel, 0, first, p);
      }
    }
  }

  /// Copies the weights of a part's steps to neighbouring places.
  private static void gatherWeights(ConvolutionPart part, int panel, int width) {
    int size = part.runs * width;
    if (part.panel.length < size) {
      part.panel = new float[size];
    }
    for (int run = 0; run < part.runs; run++) {
      int from = panel + part.runRows[run] * width;
      System.arraycopy(part.weights.panels(), from, part.panel, run * width, width);
    }
  }
}

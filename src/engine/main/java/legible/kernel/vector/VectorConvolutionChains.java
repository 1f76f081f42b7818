package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.ConvolutionPart;

/// The chains of a part, cut into tiles that stay in registers.
///
/// The pixels of a tile are any four (seven, twelve) neighbours in the part's order, over the ends of
/// rows and images; a last tile repeats its last pixel. Inputs are read where they lie, a run of
/// neighbouring ones after the other: to copy what a tile sees first, for one long run instead of a
/// short one for each kernel row, was slower (docs/decisions/0012).
final class VectorConvolutionChains {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int BLOCK = 2 * LANES;

  /// Pixels of a tile of two vectors, and of one.
  private static final int PAIR_PIXELS = GemmRegisters.MANY ? 7 : 4;

  private static final int SINGLE_PIXELS = 12;

  /// Runs shorter than this are not walked one by one; a list tells where each step's input lies.
  private static final int SHORT_RUN = 24;

  private VectorConvolutionChains() {}

  /// All pixels of a part for its channels.
  static void accumulate(ConvolutionPart part) {
    boolean shortRuns = part.depth < SHORT_RUN;
    part.locateRuns(shortRuns ? 1 : part.depth);
    part.locatePixels(SINGLE_PIXELS - 1);
    int pairChannels = part.channels / BLOCK * BLOCK;
    if (shortRuns) {
      taps(part, pairChannels);
    } else {
      runs(part, pairChannels);
    }
  }

  private static void runs(ConvolutionPart part, int pairChannels) {
    int pixels = part.images * part.rows * part.columns;
    int first = part.firstChannel;
    for (; first < part.firstChannel + pairChannels; first += BLOCK) {
      int panel = first * part.weightRows + part.weightStart * BLOCK;
      for (int p = 0; p < pixels; p += PAIR_PIXELS) {
        if (GemmRegisters.MANY) {
          VectorConvolutionTiles.tile7x2(part, panel, first, p);
        } else {
          VectorConvolutionTiles.tile4x2(part, panel, first, p);
        }
      }
    }
    if (pairChannels < part.channels) {
      int panel = first * part.weightRows + part.weightStart * LANES;
      for (int p = 0; p < pixels; p += SINGLE_PIXELS) {
        VectorConvolutionTiles.tile12x1(part, panel, first, p);
      }
    }
  }

  /// All pixels of a part of short runs.
  private static void taps(ConvolutionPart part, int pairChannels) {
    int pixels = part.images * part.rows * part.columns;
    int first = part.firstChannel;
    for (; first < part.firstChannel + pairChannels; first += BLOCK) {
      gatherWeights(part, first * part.weightRows + part.weightStart * BLOCK, BLOCK);
      for (int p = 0; p < pixels; p += PAIR_PIXELS) {
        if (GemmRegisters.MANY) {
          VectorConvolutionTapTiles.tile7x2(part, first, p);
        } else {
          VectorConvolutionTapTiles.tile4x2(part, first, p);
        }
      }
    }
    if (pairChannels < part.channels) {
      gatherWeights(part, first * part.weightRows + part.weightStart * LANES, LANES);
      for (int p = 0; p < pixels; p += SINGLE_PIXELS) {
        VectorConvolutionTapTiles.tile12x1(part, first, p);
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

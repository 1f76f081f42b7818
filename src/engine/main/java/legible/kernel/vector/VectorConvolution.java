package legible.kernel.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.ConvolutionLoops;
import legible.kernel.loops.ConvolutionPart;
import legible.kernel.loops.ConvolutionWeights;
import legible.kernel.loops.Panels;
import legible.kernel.loops.WeightGradientPart;

/// [ConvolutionLoops] on `jdk.incubator.vector`: packing, and the way from parts to tiles.
final class VectorConvolution implements ConvolutionLoops {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /// Channels that tiles take together at least: two vectors, so that each broadcast input is used twice.
  private static final int BLOCK = 2 * LANES;

  /// Channels of a panel: of one vector where a tile has registers for an address for each, so that
  /// weights come from memory in several walks at once.
  static final int PANEL = GemmRegisters.MANY ? LANES : BLOCK;

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public int block() {
    return BLOCK;
  }

  /// Most of a first-level cache: 32 KiB of weights where vectors have 16 lanes, 24 KiB where they have 8; a
  /// panel of one vector has room for twice as many steps.
  @Override
  public int segment(int lanes) {
    int steps = LANES < 16 ? 384 : 256;
    return lanes <= LANES ? 2 * steps : steps;
  }

  @Override
  public int reserve(int weightRows, int weightLanes, ConvolutionWeights weights) {
    weights.panels(weightRows * weightLanes);
    return (weightLanes + BLOCK - 1) / BLOCK;
  }

  /// The panels of two vectors of channels: `[row][width]`.
  @Override
  public void pack(
      int task,
      int positions,
      int depth,
      int channels,
      float[] w,
      int rowStep,
      int laneStep,
      ConvolutionWeights weights) {
    int first = task * BLOCK;
    int count = Math.min(BLOCK, channels - first);
    int width = panelWidth(count);
    int rows = positions * depth;
    float[] panels = weights.panels();
    for (int position = 0; position < positions; position++) {
      int row = position * depth;
      int from = row * channels + first * laneStep;
      if (laneStep == 1 && count == BLOCK) {
        int to = vectorStart(first, rows, row, width);
        int second = vectorStart(first + LANES, rows, row, width);
        GemmPacking.copyPairs(depth, w, from, rowStep, panels, to, second, width);
      } else {
        for (int o = 0; o < count; o += width, from += width * laneStep) {
          int to = rowStart(first + o, rows, row, width);
          int own = Math.min(width, count - o);
          packPanel(depth, own, w, from, rowStep, laneStep, panels, to, width);
        }
      }
    }
  }

  private static void packPanel(
      int depth,
      int channels,
      float[] w,
      int from,
      int rowStep,
      int laneStep,
      float[] panels,
      int to,
      int width) {
    if (channels < width) {
      Arrays.fill(panels, to, to + depth * width, 0f);
    }
    if (laneStep != 1) {
      GemmPacking.transpose(channels, depth, w, from, laneStep, panels, to, width);
    } else {
      for (int d = 0; d < depth; d++) {
        System.arraycopy(w, from + d * rowStep, panels, to + d * width, channels);
      }
    }
  }

  /// Where a weight row begins in the panels.
  ///
  /// @param first first channel of the panel, a multiple of [#PANEL]
  /// @param width channels of the panel
  static int rowStart(int first, int weightRows, int row, int width) {
    return Panels.FIRST + first * weightRows + row * width;
  }

  /// Where a weight row has the vector of some channels.
  ///
  /// @param channel the first of them, a multiple of the lanes
  /// @param width channels of the panel that they are in
  static int vectorStart(int channel, int weightRows, int row, int width) {
    int within = channel % PANEL;
    return rowStart(channel - within, weightRows, row, width) + within;
  }

  private static int panelWidth(int channels) {
    return channels > LANES ? PANEL : LANES;
  }

  @Override
  public void scale(int weightRows, double[] scale, ConvolutionWeights weights) {
    float[] panels = weights.panels();
    for (int first = 0; first < scale.length; first += PANEL) {
      int count = Math.min(PANEL, scale.length - first);
      int width = panelWidth(count);
      for (int row = 0; row < weightRows; row++) {
        int at = rowStart(first, weightRows, row, width);
        for (int o = 0; o < count; o++) {
          panels[at + o] = (float) (panels[at + o] * scale[first + o]);
        }
      }
    }
  }

  @Override
  public void accumulate(ConvolutionPart part) {
    VectorConvolutionChains.accumulate(part);
  }

  @Override
  public void accumulate(WeightGradientPart part) {
    VectorConvolutionWeightSums.accumulate(part);
  }
}

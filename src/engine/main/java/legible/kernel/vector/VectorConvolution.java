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

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public int block() {
    return BLOCK;
  }

  /// Weights of two vectors take 32 KiB where vectors have 16 lanes, 48 KiB where they have 8: more than a
  /// first-level cache, but a tile asks for a step's so seldom that the second-level cache gives them in
  /// time. A panel of one vector has room for twice as many steps.
  @Override
  public int segment(int lanes) {
    int steps = LANES < 16 ? 768 : 256;
    return lanes <= LANES ? 2 * steps : steps;
  }

  @Override
  public int reserve(int weightRows, int weightLanes, ConvolutionWeights weights) {
    weights.panels(weightRows * weightLanes);
    return (weightLanes + BLOCK - 1) / BLOCK;
  }

  /// The panels of two vectors of channels, each `[row][LANES]`: weights of a panel for each vector come
  /// from memory in several walks at once.
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
    int rows = positions * depth;
    float[] panels = weights.panels();
    for (int position = 0; position < positions; position++) {
      int row = position * depth;
      int from = row * channels + first * laneStep;
      if (laneStep == 1 && count == BLOCK) {
        int to = rowStart(first, rows, row);
        int second = rowStart(first + LANES, rows, row);
        GemmPacking.copyPairs(depth, w, from, rowStep, panels, to, second, LANES);
      } else {
        for (int o = 0; o < count; o += LANES, from += LANES * laneStep) {
          int to = rowStart(first + o, rows, row);
          packPanel(depth, Math.min(LANES, count - o), w, from, rowStep, laneStep, panels, to);
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
      int to) {
    if (channels < LANES) {
      Arrays.fill(panels, to, to + depth * LANES, 0f);
    }
    if (laneStep != 1) {
      GemmPacking.transpose(channels, depth, w, from, laneStep, panels, to, LANES);
    } else {
      for (int d = 0; d < depth; d++) {
        System.arraycopy(w, from + d * rowStep, panels, to + d * LANES, channels);
      }
    }
  }

  /// Where a weight row has the vector of some channels: each vector has a panel of its own.
  ///
  /// @param first the first of the channels, a multiple of the lanes
  static int rowStart(int first, int weightRows, int row) {
    return Panels.FIRST + first * weightRows + row * LANES;
  }

  @Override
  public void scale(int weightRows, double[] scale, ConvolutionWeights weights) {
    float[] panels = weights.panels();
    for (int first = 0; first < scale.length; first += LANES) {
      int count = Math.min(LANES, scale.length - first);
      for (int row = 0; row < weightRows; row++) {
        int at = rowStart(first, weightRows, row);
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

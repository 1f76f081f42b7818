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

  /// Channels of a panel: two vectors, so that each broadcast input is used twice.
  private static final int BLOCK = 2 * LANES;

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

  /// One panel: `[row][lanes]`, two vectors wide, or one for a last odd vector.
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
    float[] panel = weights.panels();
    int to = rowStart(first, positions * depth, 0, width);
    for (int position = 0; position < positions; position++) {
      int from = position * depth * channels + first * laneStep;
      if (count < width) {
        Arrays.fill(panel, to, to + depth * width, 0f);
      }
      if (laneStep != 1) {
        GemmPacking.transpose(count, depth, w, from, laneStep, panel, to, width);
      } else if (count == width) {
        GemmPacking.copyPanel(depth, width, w, from, rowStep, panel, to);
      } else {
        for (int d = 0; d < depth; d++) {
          System.arraycopy(w, from + d * rowStep, panel, to + d * width, count);
        }
      }
      to += depth * width;
    }
  }

  /// Where a weight row begins in the panels.
  ///
  /// @param first first channel of the panel, a multiple of [#BLOCK]
  /// @param width channels of the panel
  static int rowStart(int first, int weightRows, int row, int width) {
    return Panels.FIRST + first * weightRows + row * width;
  }

  private static int panelWidth(int channels) {
    return channels > LANES ? BLOCK : LANES;
  }

  @Override
  public void scale(int weightRows, double[] scale, ConvolutionWeights weights) {
    float[] panels = weights.panels();
    for (int first = 0; first < scale.length; first += BLOCK) {
      int count = Math.min(BLOCK, scale.length - first);
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

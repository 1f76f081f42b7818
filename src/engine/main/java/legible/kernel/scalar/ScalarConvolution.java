package legible.kernel.scalar;

import legible.kernel.loops.ConvolutionLoops;
import legible.kernel.loops.ConvolutionPart;
import legible.kernel.loops.ConvolutionWeights;
import legible.kernel.loops.ElementwiseLoops;
import legible.kernel.loops.WeightGradientPart;

/// [ConvolutionLoops] in plain Java.
///
/// The innermost loops run over separate row arrays with one common index: only so can the JIT
/// compiler rule out that a store changes a later load, and vectorise them.
final class ScalarConvolution implements ConvolutionLoops {
  private static final ElementwiseLoops ELEMENTWISE = new ScalarElementwise();

  /// Weight rows that one call of [#pack] copies.
  private static final int PACK_ROWS = 64;

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public int block() {
    return 1;
  }

  @Override
  public int segment(int lanes) {
    return 384;
  }

  @Override
  public int reserve(int weightRows, int weightLanes, ConvolutionWeights weights) {
    weights.rows(weightRows, weightLanes);
    return (weightRows + PACK_ROWS - 1) / PACK_ROWS;
  }

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
    int end = Math.min((task + 1) * PACK_ROWS, positions * depth);
    for (int row = task * PACK_ROWS; row < end; row++) {
      int from = row / depth * depth * channels + row % depth * rowStep;
      float[] to = weights.rows()[row];
      for (int o = 0; o < channels; o++) {
        to[o] = w[from + o * laneStep];
      }
    }
  }

  @Override
  public void scale(int weightRows, double[] scale, ConvolutionWeights weights) {
    for (int row = 0; row < weightRows; row++) {
      float[] w = weights.rows()[row];
      for (int o = 0; o < scale.length; o++) {
        w[o] = (float) (w[o] * scale[o]);
      }
    }
  }

  @Override
  public void accumulate(ConvolutionPart part) {
    int end = part.firstChannel + part.channels;
    if (part.chains.length < end) {
      part.chains = new float[end];
    }
    float[] chains = part.chains;
    for (int n = 0; n < part.images; n++) {
      for (int r = 0; r < part.rows; r++) {
        for (int c = 0; c < part.columns; c++) {
          int xo = part.xStart + n * part.xImage + r * part.xRow + c * part.xColumn;
          int yo = part.yStart + n * part.yImage + r * part.yRow + c * part.yColumn;
          if (part.bias.length > 0) {
            System.arraycopy(
                part.bias, part.firstChannel, chains, part.firstChannel, part.channels);
          } else {
            System.arraycopy(
                part.y, yo + part.firstChannel, chains, part.firstChannel, part.channels);
          }
          pixel(part, xo, chains, end);
          System.arraycopy(
              chains, part.firstChannel, part.y, yo + part.firstChannel, part.channels);
        }
      }
    }
    if (part.rectifies) {
      part.rectify(ELEMENTWISE);
    }
  }

  /// The chains of one pixel over all kernel positions of the part.
  private static void pixel(ConvolutionPart part, int xo, float[] chains, int end) {
    float[] x = part.x;
    float[][] rows = part.weights.rows();
    for (int i = 0; i < part.kernelRows; i++) {
      for (int j = 0; j < part.kernelColumns; j++) {
        int at = xo + i * part.xKernelRow + j * part.xKernelColumn;
        int row = part.weightStart + i * part.weightKernelRow + j * part.weightKernelColumn;
        int k = 0;
        for (; k + 4 <= part.depth; k += 4) {
          ScalarChains.four(
              part.firstChannel,
              end,
              x[at + k],
              rows[row + k],
              x[at + k + 1],
              rows[row + k + 1],
              x[at + k + 2],
              rows[row + k + 2],
              x[at + k + 3],
              rows[row + k + 3],
              chains);
        }
        for (; k < part.depth; k++) {
          ScalarChains.one(part.firstChannel, end, x[at + k], rows[row + k], chains);
        }
      }
    }
  }

  @Override
  public void accumulate(WeightGradientPart part) {
    reserve(part);
    for (int t = 0; t < part.taps; t++) {
      tap(part, t);
    }
  }

  /// The chains of one kernel position.
  private static void tap(WeightGradientPart part, int t) {
    int lanes = part.lanes;
    for (int k = 0; k < part.depth; k++) {
      System.arraycopy(part.sums, part.sumStart[t] + k * lanes, part.chains[k], 0, lanes);
    }
    for (int n = 0; n < part.images; n++) {
      for (int r = 0; r < part.rows[t]; r++) {
        int xo = part.xStart + n * part.xImage + (part.inputRow[t] + r) * part.xRow;
        int zo = part.zStart + n * part.zImage + (part.outputRow[t] + r) * part.zRow;
        xo += part.inputColumn[t] * part.xColumn;
        zo += part.outputColumn[t] * lanes;
        int c = 0;
        for (; c + 4 <= part.columns[t]; c += 4) {
          fourPixels(part, xo + c * part.xColumn, zo + c * lanes);
        }
        for (; c < part.columns[t]; c++) {
          onePixel(part, xo + c * part.xColumn, zo + c * lanes);
        }
      }
    }
    for (int k = 0; k < part.depth; k++) {
      System.arraycopy(part.chains[k], 0, part.sums, part.sumStart[t] + k * lanes, lanes);
    }
  }

  private static void onePixel(WeightGradientPart part, int xo, int zo) {
    float[] z = part.pixels[0];
    System.arraycopy(part.dz, zo, z, 0, part.lanes);
    for (int k = 0; k < part.depth; k++) {
      ScalarChains.one(0, part.lanes, part.x[xo + k], z, part.chains[k]);
    }
  }

  private static void fourPixels(WeightGradientPart part, int xo, int zo) {
    float[] x = part.x;
    float[][] z = part.pixels;
    for (int p = 0; p < 4; p++) {
      System.arraycopy(part.dz, zo + p * part.lanes, z[p], 0, part.lanes);
    }
    int step = part.xColumn;
    for (int k = 0; k < part.depth; k++) {
      int at = xo + k;
      ScalarChains.four(
          0,
          part.lanes,
          x[at],
          z[0],
          x[at + step],
          z[1],
          x[at + 2 * step],
          z[2],
          x[at + 3 * step],
          z[3],
          part.chains[k]);
    }
  }

  private static void reserve(WeightGradientPart part) {
    if (part.pixels.length < 4 || part.pixels[0].length < part.lanes) {
      part.pixels = new float[4][part.lanes];
      part.chains = new float[0][];
    }
    if (part.chains.length < part.depth) {
      part.chains = new float[part.depth][part.pixels[0].length];
    }
  }
}

package legible.kernel.loops;

import legible.kernel.Activation;

/// A rectangle of output pixels whose chains all run over the same kernel positions.
///
/// ```
///  y[pixel, o] = chain from y[pixel, o] or bias[o] over i, j, k ascending of
///                x[input(pixel) + i·xKernelRow + j·xKernelColumn + k] · weights[row(i, j, k)][o]
///
///  input(n, r, c) = xStart + n·xImage + r·xRow + c·xColumn        likewise y
///  row(i, j, k)   = weightStart + i·weightKernelRow + j·weightKernelColumn + k
/// ```
///
/// Forward convolution and input gradient are both of this form (see [legible.kernel.Convolution]).
/// One object per thread is filled again and again: a record would be garbage for each part.
public final class ConvolutionPart {
  /// The array that is summed over; not modified.
  public float[] x;

  /// The array of the chains; modified.
  public float[] y;

  public ConvolutionWeights weights;

  /// All weight rows of the call, and all lanes of a row (a multiple of the twin's lanes).
  public int weightRows;

  public int weightLanes;

  /// The rectangle of output pixels.
  public int images;

  public int rows;
  public int columns;
  public int xStart;
  public int xImage;
  public int xRow;
  public int xColumn;
  public int yStart;
  public int yImage;
  public int yRow;
  public int yColumn;

  /// The kernel positions and the channels of each that the chains run over.
  public int kernelRows;

  public int kernelColumns;
  public int depth;
  public int xKernelRow;
  public int xKernelColumn;
  public int weightStart;
  public int weightKernelRow;
  public int weightKernelColumn;

  /// The output channels, from a multiple of the twin's block.
  public int firstChannel;

  public int channels;

  /// What the chains start from: the bias (`[weightLanes]`), or where it is empty the output's value.
  public float[] bias;

  /// Whether the chains end in this part, with `y = activation(chain + residual)`.
  public boolean ends;

  /// Is added to chains that end, with the layout of y; nothing where it is empty.
  public float[] residual;

  public Activation activation;

  /// Where the taps (0, 0) of the pixels lie in x, and the pixels in y: filled by [#locatePixels].
  public int[] inputs = {};

  public int[] outputs = {};

  /// What the chains start from, and where the first channel of each pixel lies there.
  public float[] start;

  public int[] starts;

  private int[] zeros = {};

  /// Scratch of the scalar twin: the chains of one pixel.
  public float[] chains = {};

  /// The runs of a chain: where each lies in x, relative to the tap (0, 0), and its first weight row,
  /// relative to weightStart. Filled by [#locateRuns].
  public int runs;

  public int runLength;

  public int[] runInputs = {};
  public int[] runRows = {};

  /// Scratch of a vector twin: a panel with the weights of this part alone.
  public float[] panel = {};

  /// Lists the runs of `length` steps that the chains consist of.
  ///
  /// @param length depth for a run for each kernel position, 1 for one for each step
  public void locateRuns(int length) {
    runLength = length;
    runs = kernelRows * kernelColumns * (depth / length);
    if (runInputs.length < runs) {
      runInputs = new int[runs];
      runRows = new int[runs];
    }
    int run = 0;
    for (int i = 0; i < kernelRows; i++) {
      for (int j = 0; j < kernelColumns; j++) {
        for (int k = 0; k < depth; k += length, run++) {
          runInputs[run] = i * xKernelRow + j * xKernelColumn + k;
          runRows[run] = i * weightKernelRow + j * weightKernelColumn + k;
        }
      }
    }
  }

  /// The number of pixels.
  public int pixels() {
    return images * rows * columns;
  }

  /// Lists the pixels in ascending order and repeats the last one `more` times.
  public void locatePixels(int more) {
    int size = pixels() + more;
    if (inputs.length < size) {
      inputs = new int[size];
      outputs = new int[size];
    }
    int pixel = 0;
    for (int n = 0; n < images; n++) {
      for (int r = 0; r < rows; r++) {
        int in = xStart + n * xImage + r * xRow;
        int out = yStart + n * yImage + r * yRow;
        for (int c = 0; c < columns; c++) {
          inputs[pixel + c] = in + c * xColumn;
          outputs[pixel + c] = out + c * yColumn;
        }
        pixel += columns;
      }
    }
    for (; pixel < size; pixel++) {
      inputs[pixel] = inputs[pixel - 1];
      outputs[pixel] = outputs[pixel - 1];
    }
    if (zeros.length < size) {
      zeros = new int[size];
    }
    restart();
  }

  /// Has the chains start from the bias, where there is one.
  public void restart() {
    boolean biased = bias.length > 0;
    start = biased ? bias : y;
    starts = biased ? zeros : outputs;
  }

  /// Has the chains go on from the output's values.
  public void goOn() {
    start = y;
    starts = outputs;
  }

  /// `y = activation(y + residual)` for some channels of the pixels `[from, to)` that there are.
  public void finish(ElementwiseLoops loops, int first, int count, int from, int to) {
    for (int pixel = from; pixel < Math.min(to, pixels()); pixel++) {
      int at = outputs[pixel] + first;
      if (residual.length > 0) {
        loops.add(at, at + count, y, residual, activation, y);
      } else {
        loops.relu(at, at + count, y, y);
      }
    }
  }
}

package legible.kernel.loops;

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

  /// Where the first pixel of the task lies in y, and the first of this part.
  public int yTask;

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

  /// Whether the chains end in this part with a ReLU: `y = max(chain, 0)`.
  public boolean rectifies;

  /// Where the taps (0, 0) of the pixels lie in x, and the pixels in y: filled by [#locatePixels].
  public int[] inputs = {};

  public int[] outputs = {};

  /// What the chains start from, and where the first channel of each pixel lies there.
  public float[] start;

  public int[] starts;

  private int[] zeros = {};
  private float[] kept = {};
  private int[] dealtInputs = {};
  private int[] dealtOutputs = {};

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

  /// Reorders the listed pixels: those of a tile come from as many runs of neighbours, one from each,
  /// and the next tile goes on there. Repeats the last one `more` times.
  public void dealPixels(int tile, int more) {
    int pixels = pixels();
    if (dealtInputs.length < inputs.length) {
      dealtInputs = new int[inputs.length];
      dealtOutputs = new int[inputs.length];
    }
    int pixel = 0;
    for (int run = 0; run < tile; run++) {
      for (int to = run; to < pixels; to += tile, pixel++) {
        dealtInputs[to] = inputs[pixel];
        dealtOutputs[to] = outputs[pixel];
      }
    }
    for (int to = pixels; to < pixels + more; to++) {
      dealtInputs[to] = dealtInputs[pixels - 1];
      dealtOutputs[to] = dealtOutputs[pixels - 1];
    }
    int[] spare = inputs;
    inputs = dealtInputs;
    dealtInputs = spare;
    spare = outputs;
    outputs = dealtOutputs;
    dealtOutputs = spare;
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

  /// `y = max(y, 0)` for the part's pixels and channels.
  public void rectify(ElementwiseLoops loops) {
    locatePixels(0);
    rectify(loops, firstChannel, channels, 0, pixels());
  }

  /// `y = max(y, 0)` for some channels of those of the pixels `[from, to)` that there are.
  public void rectify(ElementwiseLoops loops, int first, int count, int from, int to) {
    for (int pixel = from; pixel < Math.min(to, pixels()); pixel++) {
      int at = outputs[pixel] + first;
      loops.relu(at, at + count, y, y);
    }
  }

  /// Keeps the chains in memory of this object's own instead of an output:
  /// `[images, rows, columns, channels]` of the task.
  public void keepChains(int rows, int columns) {
    int size = images * rows * columns * channels;
    if (kept.length < size) {
      kept = new float[size];
    }
    y = kept;
    yTask = -firstChannel;
    yColumn = channels;
    yRow = columns * yColumn;
    yImage = rows * yRow;
  }
}

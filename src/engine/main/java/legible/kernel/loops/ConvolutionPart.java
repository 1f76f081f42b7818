package legible.kernel.loops;

/// A rectangle of output pixels whose chains all run over the same kernel positions.
///
/// ```
///  y[pixel, o] = chain from y[pixel, o] over i, j, k ascending of
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

  /// Scratch of the scalar twin: the chains of one pixel.
  public float[] chains = {};
}

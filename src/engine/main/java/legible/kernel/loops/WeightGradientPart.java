package legible.kernel.loops;

/// A block of output pixels and the weights of one kernel position.
///
/// ```
///  sums[sumStart + k·sumStep + o] = chain from its value over n, r, c ascending of
///      x[input(n, r, c) + k] · dz[gradient(n, r, c) + o]
///
///  input(n, r, c)    = xStart + n·xImage + r·xRow + c·xColumn
///  gradient(n, r, c) = zStart + n·zImage + r·zRow + c·zColumn
/// ```
///
/// for k in `[0, depth)` and o in `[0, channels)`. One object per thread is filled again and again.
public final class WeightGradientPart {
  /// The input; not modified.
  public float[] x;

  /// The incoming gradient, padded to a multiple of the twin's lanes; not modified.
  public float[] dz;

  /// The partial sums; modified.
  public float[] sums;

  public int images;
  public int rows;
  public int columns;
  public int xStart;
  public int xImage;
  public int xRow;
  public int xColumn;
  public int zStart;
  public int zImage;
  public int zRow;
  public int zColumn;
  public int depth;
  public int channels;
  public int sumStart;
  public int sumStep;

  /// Scratch of the scalar twin: one array for each chain row, and the gradients of four pixels.
  public float[][] chains = {};

  public float[][] pixels = {};
}

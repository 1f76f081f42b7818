package legible.kernel.loops;

/// A rectangle of output pixels whose windows meet the image in the same taps.
///
/// ```
///  pixel (n, r, c)      at yStart + n·yImage + r·yRow + c·channels
///  its tap (i, j)       at xStart + n·xImage + r·xRow + c·xColumn + i·xKernelRow + j·channels
///  number of that tap   firstTap + i·tapRow + j
/// ```
///
/// for i in `[0, kernelRows)` and j in `[0, kernelColumns)`. One object per thread is filled again
/// and again: a record would be garbage for each part.
public final class PoolingPart {
  /// Input, or its gradient.
  public float[] x;

  /// Output, or its gradient.
  public float[] y;

  /// Winners of a maximum.
  public float[] index;

  public int channels;
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
  public int kernelRows;
  public int kernelColumns;
  public int xKernelRow;
  public int firstTap;
  public int tapRow;

  /// Where the tap (0, 0) of a pixel lies in x.
  public int input(int image, int row, int column) {
    return xStart + image * xImage + row * xRow + column * xColumn;
  }

  /// Where a pixel lies in y and index.
  public int output(int image, int row, int column) {
    return yStart + image * yImage + row * yRow + column * channels;
  }
}

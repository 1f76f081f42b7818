package legible.kernel.loops;

/// A block of output pixels and the weights of one kernel column: of some kernel rows and some
/// neighbouring input channels.
///
/// ```
///  sums[sumStart(t) + k·lanes + o] = chain from its value over n, r, c ascending of
///      x[xStart + n·xImage + (inputRow(t) + r)·xRow + c·xColumn + k]
///        · dz[zStart + n·zImage + (outputRow(t) + r)·zRow + c·lanes + o]
///
///  t in [0, taps)   kernel rows          n in [0, images)     r in [0, rows(t))
///  k in [0, depth)  input channels       c in [0, columns)    o in [0, lanes)
/// ```
///
/// A part of several images has one tap, which meets all rows. One object per thread is filled again
/// and again: a record would be garbage for each part.
public final class WeightGradientPart {
  /// The input; not modified.
  public float[] x;

  /// The incoming gradient, padded to a multiple of the twin's lanes; not modified.
  public float[] dz;

  /// The partial sums; modified.
  public float[] sums;

  public int images;
  public int columns;
  public int depth;
  public int lanes;

  public int xStart;
  public int xImage;
  public int xRow;
  public int xColumn;

  public int zStart;
  public int zImage;
  public int zRow;

  /// The kernel rows, the rows of x and dz that they meet, relative to the starts, and their sums.
  public int taps;

  public int[] inputRow = {};
  public int[] outputRow = {};
  public int[] rows = {};
  public int[] sumStart = {};

  /// All rows of x and of dz that the taps meet.
  public int inputRows;

  public int outputRows;

  /// Scratch of the scalar twin: one array for each chain row, and the gradients of four pixels.
  public float[][] chains = {};

  public float[][] pixels = {};

  /// Scratch of a vector twin: the block's inputs and gradients in the order of the chains.
  public float[] inputPanel = {};

  public float[] gradientPanel = {};

  /// Empties the list of kernel rows and makes room for `capacity`.
  public void clearTaps(int capacity) {
    taps = 0;
    inputRows = 0;
    outputRows = 0;
    if (rows.length < capacity) {
      inputRow = new int[capacity];
      outputRow = new int[capacity];
      rows = new int[capacity];
      sumStart = new int[capacity];
    }
  }

  /// Adds a kernel row to the list.
  public void addTap(int firstInputRow, int firstOutputRow, int count, int sums) {
    inputRow[taps] = firstInputRow;
    outputRow[taps] = firstOutputRow;
    rows[taps] = count;
    sumStart[taps] = sums;
    inputRows = Math.max(inputRows, firstInputRow + count);
    outputRows = Math.max(outputRows, firstOutputRow + count);
    taps++;
  }
}

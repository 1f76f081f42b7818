package legible.kernel.loops;

/// A block of output pixels and some weights: of some kernel rows and columns and some neighbouring
/// input channels.
///
/// ```
///  sums[sumStart(t) + k·lanes + o] = chain from its value over n, r, c ascending of
///      x[xStart + n·xImage + (inputRow(t) + r)·xRow + (inputColumn(t) + c)·xColumn + k]
///        · dz[zStart + n·zImage + (outputRow(t) + r)·zRow + (outputColumn(t) + c)·lanes + o]
///
///  t in [0, taps)   kernel positions     n in [0, images)     r in [0, rows(t))
///  k in [0, depth)  input channels       o in [0, lanes)      c in [0, columns(t))
/// ```
///
/// Taps of a kernel column follow each other, from its first row to its last. A part of several images
/// has one tap, which meets all rows. One object per thread is filled again and again: a record would
/// be garbage for each part.
public final class WeightGradientPart {
  /// The input; not modified.
  public float[] x;

  /// The incoming gradient, padded to a multiple of the twin's lanes; not modified.
  public float[] dz;

  /// The partial sums; modified.
  public float[] sums;

  public int images;
  public int depth;
  public int lanes;

  public int xStart;
  public int xImage;
  public int xRow;
  public int xColumn;

  public int zStart;
  public int zImage;
  public int zRow;

  /// The kernel positions, the pixels of x and dz that they meet, relative to the starts, and their
  /// sums.
  public int taps;

  public int[] inputRow = {};
  public int[] outputRow = {};
  public int[] rows = {};
  public int[] inputColumn = {};
  public int[] outputColumn = {};
  public int[] columns = {};
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

  /// Lists of a vector twin: where the inputs and the gradients of each pixel lie.
  public int[] inputAt = {};

  public int[] gradientAt = {};

  /// Empties the list of kernel positions and makes room for `capacity`.
  public void clearTaps(int capacity) {
    taps = 0;
    inputRows = 0;
    outputRows = 0;
    if (rows.length < capacity) {
      inputRow = new int[capacity];
      outputRow = new int[capacity];
      rows = new int[capacity];
      inputColumn = new int[capacity];
      outputColumn = new int[capacity];
      columns = new int[capacity];
      sumStart = new int[capacity];
    }
  }

  /// Adds a kernel position that meets some rows and columns to the list.
  public void addTap(
      int firstInputRow,
      int firstOutputRow,
      int rowCount,
      int firstInputColumn,
      int firstOutputColumn,
      int columnCount,
      int sums) {
    inputRow[taps] = firstInputRow;
    outputRow[taps] = firstOutputRow;
    rows[taps] = rowCount;
    inputColumn[taps] = firstInputColumn;
    outputColumn[taps] = firstOutputColumn;
    columns[taps] = columnCount;
    sumStart[taps] = sums;
    inputRows = Math.max(inputRows, firstInputRow + rowCount);
    outputRows = Math.max(outputRows, firstOutputRow + rowCount);
    taps++;
  }

  /// One past the last tap of the kernel column that begins with this one.
  public int endOfColumn(int tap) {
    int end = tap + 1;
    while (end < taps
        && inputColumn[end] == inputColumn[tap]
        && outputColumn[end] == outputColumn[tap]
        && columns[end] == columns[tap]) {
      end++;
    }
    return end;
  }

  /// Whether a tap meets an output row.
  public boolean meets(int tap, int row) {
    return outputRow[tap] <= row && row < outputRow[tap] + rows[tap];
  }

  /// One past the last output row from `row` on that meets the same of the taps `[first, end)`.
  public int endOfSameTaps(int first, int end, int row) {
    int next = outputRows;
    for (int t = first; t < end; t++) {
      int begin = outputRow[t];
      int stop = begin + rows[t];
      if (row < begin) {
        next = Math.min(next, begin);
      } else if (row < stop) {
        next = Math.min(next, stop);
      }
    }
    return next;
  }
}

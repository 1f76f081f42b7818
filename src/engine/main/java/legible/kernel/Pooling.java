package legible.kernel;

import java.util.Arrays;
import legible.kernel.loops.PoolingLoops;
import legible.kernel.loops.PoolingPart;

/// Maximum and average over windows of channels-last images.
///
/// Positions of a window outside of the image take no part. A window without any position inside
/// gives 0 (and index 0) and passes no gradient on.
public final class Pooling {
  /// Input floats under one task: large against the cost of handing a task over.
  private static final int TASK_FLOATS = 1 << 14;

  private static final float[] NO_INDEX = {};

  private final Parallel parallel;
  private final PoolingLoops loops;
  private final PoolingPart[] parts;
  private final KernelAxis rowAxis = new KernelAxis();
  private final KernelAxis columnAxis = new KernelAxis();
  private final Parallel.Task task = this::task;

  private Step step;
  private Window window;
  private float[] x;
  private float[] y;
  private float[] index;
  private int imagesPerTask;
  private int rowsPerTask;
  private int rowTasks;

  /// What a call does with each of its parts.
  private enum Step {
    MAX_FORWARD,
    MAX_FORWARD_VALUES,
    MAX_BACKWARD,
    AVERAGE_FORWARD,
    AVERAGE_BACKWARD;

    boolean isForward() {
      return this != MAX_BACKWARD && this != AVERAGE_BACKWARD;
    }
  }

  Pooling(Parallel parallel, PoolingLoops loops) {
    this.parallel = parallel;
    this.loops = loops;
    this.parts = new PoolingPart[parallel.threads()];
    Arrays.setAll(parts, i -> new PoolingPart());
  }

  /// `y[n,oh,ow,c] = max x` over the window's positions inside the image; `index` remembers which
  /// position won: `kh·kW + kw` as a float, the first one in (kh, kw) order among equals (+0 and -0
  /// are equal). A NaN in the window gives NaN (the first NaN wins).
  ///
  /// @param x `[N,H,W,C]`, not modified
  /// @param y `[N,outH,outW,C]`, set
  /// @param index `[N,outH,outW,C]`, set
  public void maxForward(Window window, float[] x, float[] y, float[] index) {
    run(Step.MAX_FORWARD, window, x, y, index);
  }

  /// The same without the memory of the winner, for inference.
  public void maxForward(Window window, float[] x, float[] y) {
    run(Step.MAX_FORWARD_VALUES, window, x, y, NO_INDEX);
  }

  /// `dx[winner of (n,oh,ow,c)] += dy[n,oh,ow,c]`, windows in (oh, ow) ascending order.
  public void maxBackward(Window window, float[] dy, float[] index, float[] dx) {
    run(Step.MAX_BACKWARD, window, dx, dy, index);
  }

  /// `y[n,oh,ow,c] = (Σ x) / count` over the window's positions inside the image; count is the
  /// number of those positions.
  ///
  /// The sum begins with the first position and adds the others in (kh, kw) order; one division
  /// follows.
  public void averageForward(Window window, float[] x, float[] y) {
    run(Step.AVERAGE_FORWARD, window, x, y, NO_INDEX);
  }

  /// `dx[n,h,w,c] += dy[n,oh,ow,c] / count` for each window that sees (h, w), in (oh, ow) order.
  public void averageBackward(Window window, float[] dy, float[] dx) {
    run(Step.AVERAGE_BACKWARD, window, dx, dy, NO_INDEX);
  }

  private void run(Step step, Window window, float[] x, float[] y, float[] index) {
    this.step = step;
    this.window = window;
    this.x = x;
    this.y = y;
    this.index = index;
    rowAxis.set(-window.padTop(), window.stride(), 1, window.height(), window.kernelHeight());
    columnAxis.set(-window.padLeft(), window.stride(), 1, window.width(), window.kernelWidth());
    // Backward, windows that overlap add to the same rows of x: one task must keep their order.
    boolean rowsShared = !step.isForward() && window.stride() < window.kernelHeight();
    int imageFloats = window.height() * window.width() * window.channels();
    int rowParts = rowsShared ? 1 : Math.clamp(imageFloats / TASK_FLOATS, 1, window.outHeight());
    imagesPerTask = Math.max(1, TASK_FLOATS / imageFloats);
    rowsPerTask = (window.outHeight() + rowParts - 1) / rowParts;
    rowTasks = (window.outHeight() + rowsPerTask - 1) / rowsPerTask;
    parallel.run((window.batch() + imagesPerTask - 1) / imagesPerTask * rowTasks, task);
  }

  private void task(int index, int worker) {
    int channels = window.channels();
    PoolingPart part = parts[worker];
    part.x = x;
    part.y = y;
    part.index = this.index;
    part.channels = channels;
    part.xImage = window.height() * window.width() * channels;
    part.xRow = window.stride() * window.width() * channels;
    part.xColumn = window.stride() * channels;
    part.yRow = window.outWidth() * channels;
    part.yImage = window.outHeight() * part.yRow;
    part.xKernelRow = window.width() * channels;
    part.tapRow = window.kernelWidth();
    int firstImage = index / rowTasks * imagesPerTask;
    part.images = Math.min(imagesPerTask, window.batch() - firstImage);
    int firstRow = index % rowTasks * rowsPerTask;
    int endRow = Math.min(firstRow + rowsPerTask, window.outHeight());
    if (step.isForward()) {
      pixelsByTaps(part, firstImage, firstRow, endRow);
    } else {
      pixelsInOrder(part, firstImage, firstRow, endRow);
    }
  }

  /// Large rectangles: what is set has no order to keep.
  private void pixelsByTaps(PoolingPart part, int firstImage, int firstRow, int endRow) {
    int width = window.outWidth();
    for (int row = firstRow; row < endRow; row += part.rows) {
      part.rows = rowAxis.sameTaps(row, endRow, 0, rowAxis.taps()) - row;
      for (int column = 0; column < width; column += part.columns) {
        part.columns = columnAxis.sameTaps(column, width, 0, columnAxis.taps()) - column;
        part(part, firstImage, row, column);
      }
    }
  }

  /// Row by row: what is added keeps the order of the windows.
  private void pixelsInOrder(PoolingPart part, int firstImage, int firstRow, int endRow) {
    int width = window.outWidth();
    part.rows = 1;
    for (int row = firstRow; row < endRow; row++) {
      for (int column = 0; column < width; column += part.columns) {
        part.columns = columnAxis.sameTaps(column, width, 0, columnAxis.taps()) - column;
        part(part, firstImage, row, column);
      }
    }
  }

  private void part(PoolingPart part, int image, int row, int column) {
    int tapRow = rowAxis.first(row);
    int tapColumn = columnAxis.first(column);
    part.kernelRows = rowAxis.end(row) - tapRow;
    part.kernelColumns = columnAxis.end(column) - tapColumn;
    part.firstTap = tapRow * part.tapRow + tapColumn;
    part.yStart = image * part.yImage + row * part.yRow + column * part.channels;
    if (part.kernelRows <= 0 || part.kernelColumns <= 0) {
      empty(part);
      return;
    }
    part.xStart =
        image * part.xImage
            + rowAxis.input(row, tapRow) * part.xKernelRow
            + columnAxis.input(column, tapColumn) * part.channels;
    switch (step) {
      case MAX_FORWARD -> loops.maxForward(part);
      case MAX_FORWARD_VALUES -> loops.maxForwardValues(part);
      case MAX_BACKWARD -> loops.maxBackward(part);
      case AVERAGE_FORWARD -> loops.averageForward(part);
      case AVERAGE_BACKWARD -> loops.averageBackward(part);
    }
  }

  private void empty(PoolingPart part) {
    if (!step.isForward()) {
      return;
    }
    for (int n = 0; n < part.images; n++) {
      for (int r = 0; r < part.rows; r++) {
        int from = part.output(n, r, 0);
        int to = from + part.columns * part.channels;
        Arrays.fill(y, from, to, 0f);
        if (step == Step.MAX_FORWARD) {
          Arrays.fill(index, from, to, 0f);
        }
      }
    }
  }
}

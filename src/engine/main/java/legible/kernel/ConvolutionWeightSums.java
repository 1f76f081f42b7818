package legible.kernel;

import java.util.Arrays;
import legible.kernel.loops.ConvolutionLoops;
import legible.kernel.loops.WeightGradientPart;

/// The weight gradient of a convolution, cut into chunks, tasks and parts.
///
/// ```
///  chunk: neighbouring images; its sums start from zero and are added to dw in chunk order
///  └ task: some weight rows (kh, kw, c) of a chunk                  (disjoint, cut by shape)
///    └ block: output pixels whose inputs stay in the first-level cache
///      └ part: one kernel position's weight rows, the pixels of the block that meet it
/// ```
final class ConvolutionWeightSums {
  /// Partial sums in scratch: 1 MiB at most, unless one chunk alone needs more.
  private static final int SUM_FLOATS = 1 << 18;

  /// Chunks at most: enough for many threads, few enough that adding them up costs little.
  private static final int CHUNKS = 16;

  /// Tasks to aim at.
  private static final int TASKS = 8;

  /// Floats of a block in the first-level cache.
  private static final int BLOCK_FLOATS = 6144;

  /// Pixels of a block at least: each part loads and stores its sums once.
  private static final int BLOCK_PIXELS = 49;

  private final ConvolutionLoops loops;
  private final WeightGradientPart[] parts;
  private final KernelAxis rowAxis = new KernelAxis();
  private final KernelAxis columnAxis = new KernelAxis();
  private float[] sums = {};

  private Window window;
  private float[] x;
  private float[] dz;
  private float[] dw;
  private int outChannels;
  private int lanes;
  private int weightRows;
  private int imagesPerChunk;
  private int chunks;
  private int rowsPerTask;
  private int rowTasks;

  ConvolutionWeightSums(int threads, ConvolutionLoops loops) {
    this.loops = loops;
    this.parts = new WeightGradientPart[threads];
    Arrays.setAll(parts, i -> new WeightGradientPart());
  }

  /// The images of one chunk: a function of the shapes alone, since it decides the bits.
  ///
  /// ```
  ///  ⌈N / clamp(⌊2¹⁸ / (kH·kW·C·O)⌋, 1, 16)⌉
  /// ```
  static int imagesPerChunk(Window window, int outChannels) {
    long weights = (long) window.patchSize() * outChannels;
    int chunks = Math.clamp(SUM_FLOATS / weights, 1, CHUNKS);
    return Math.max(1, (window.batch() + chunks - 1) / chunks);
  }

  /// Takes the call's arguments.
  ///
  /// @param dz `[N,outH,outW,lanes]`, padded where lanes > outChannels
  /// @param lanes outChannels rounded up to the lanes of the twin
  void set(Window window, int outChannels, int lanes, float[] x, float[] dz, float[] dw) {
    this.window = window;
    this.outChannels = outChannels;
    this.lanes = lanes;
    this.x = x;
    this.dz = dz;
    this.dw = dw;
    rowAxis.set(-window.padTop(), window.stride(), 1, window.height(), window.kernelHeight());
    columnAxis.set(-window.padLeft(), window.stride(), 1, window.width(), window.kernelWidth());
    weightRows = window.patchSize();
    imagesPerChunk = imagesPerChunk(window, outChannels);
    chunks = (window.batch() + imagesPerChunk - 1) / imagesPerChunk;
    int rowParts = chunks >= TASKS ? 1 : (TASKS + chunks - 1) / Math.max(1, chunks);
    rowsPerTask = ((weightRows + rowParts - 1) / rowParts + 7) / 8 * 8;
    rowTasks = (weightRows + rowsPerTask - 1) / rowsPerTask;
    if (sums.length < chunks * weightRows * lanes) {
      sums = new float[chunks * weightRows * lanes];
    }
  }

  /// The number of tasks of [#sum].
  int sumTasks() {
    return chunks * rowTasks;
  }

  /// One chunk's sums of some weight rows.
  void sum(int index, int worker) {
    int chunk = index / rowTasks;
    int firstRow = index % rowTasks * rowsPerTask;
    int endRow = Math.min(firstRow + rowsPerTask, weightRows);
    int base = chunk * weightRows * lanes;
    Arrays.fill(sums, base + firstRow * lanes, base + endRow * lanes, 0f);
    int image = chunk * imagesPerChunk;
    int endImage = Math.min(image + imagesPerChunk, window.batch());
    int pixels = Math.max(BLOCK_PIXELS, BLOCK_FLOATS / (16 + window.channels()));
    int imagePixels = window.outHeight() * window.outWidth();
    int imageStep = Math.max(1, pixels / imagePixels);
    int rowStep =
        imagePixels <= pixels ? window.outHeight() : Math.max(1, pixels / window.outWidth());
    WeightGradientPart part = parts[worker];
    part.x = x;
    part.dz = dz;
    part.sums = sums;
    for (; image < endImage; image += imageStep) {
      part.images = Math.min(imageStep, endImage - image);
      for (int row = 0; row < window.outHeight(); row += rowStep) {
        int end = Math.min(row + rowStep, window.outHeight());
        block(part, image, row, end, base, firstRow, endRow);
      }
    }
  }

  /// All kernel positions of a task's weight rows over a block of pixels.
  private void block(
      WeightGradientPart part,
      int image,
      int firstOutRow,
      int endOutRow,
      int base,
      int firstRow,
      int endRow) {
    int channels = window.channels();
    for (int position = firstRow / channels; position * channels < endRow; position++) {
      int kh = position / window.kernelWidth();
      int kw = position % window.kernelWidth();
      int row = firstPixel(rowAxis, kh, firstOutRow);
      int column = firstPixel(columnAxis, kw, 0);
      part.rows = endPixel(rowAxis, kh, endOutRow) - row;
      part.columns = endPixel(columnAxis, kw, window.outWidth()) - column;
      if (part.rows <= 0 || part.columns <= 0) {
        continue;
      }
      int c = Math.max(0, firstRow - position * channels);
      part.depth = Math.min(channels, endRow - position * channels) - c;
      place(part, image, row, column, rowAxis.input(row, kh), columnAxis.input(column, kw), c);
      part.sumStart = base + (position * channels + c) * lanes;
      loops.accumulate(part);
    }
  }

  private void place(
      WeightGradientPart part, int image, int row, int column, int inRow, int inColumn, int c) {
    int channels = window.channels();
    part.channels = lanes;
    part.sumStep = lanes;
    part.xImage = window.height() * window.width() * channels;
    part.xRow = window.stride() * window.width() * channels;
    part.xColumn = window.stride() * channels;
    part.xStart = image * part.xImage + (inRow * window.width() + inColumn) * channels + c;
    part.zImage = window.outHeight() * window.outWidth() * lanes;
    part.zRow = window.outWidth() * lanes;
    part.zColumn = lanes;
    part.zStart = image * part.zImage + row * part.zRow + column * part.zColumn;
  }

  /// The first output pixel from `from` on whose tap lies at or after the input's begin.
  private static int firstPixel(KernelAxis axis, int tap, int from) {
    int before = -axis.input(0, tap);
    return Math.max(from, before <= 0 ? 0 : (before + axis.step() - 1) / axis.step());
  }

  /// One past the last output pixel up to `to` whose tap lies before the input's end.
  private static int endPixel(KernelAxis axis, int tap, int to) {
    int room = axis.size() - axis.input(0, tap);
    return Math.min(to, room <= 0 ? 0 : (room + axis.step() - 1) / axis.step());
  }

  /// The number of tasks of [#add].
  int addTasks() {
    return chunks == 0 ? 0 : rowTasks;
  }

  /// Adds the chunks' sums of some weight rows to dw, in chunk order.
  void add(int index) {
    int firstRow = index * rowsPerTask;
    int endRow = Math.min(firstRow + rowsPerTask, weightRows);
    for (int chunk = 0; chunk < chunks; chunk++) {
      int from = (chunk * weightRows + firstRow) * lanes;
      if (lanes == outChannels) {
        loops.add((endRow - firstRow) * lanes, sums, from, dw, firstRow * lanes);
        continue;
      }
      for (int row = firstRow; row < endRow; row++, from += lanes) {
        loops.add(outChannels, sums, from, dw, row * outChannels);
      }
    }
  }
}

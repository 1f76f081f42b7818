package legible.kernel;

import java.util.Arrays;
import legible.kernel.loops.ConvolutionLoops;
import legible.kernel.loops.ElementwiseLoops;
import legible.kernel.loops.WeightGradientPart;

/// The weight gradient of a convolution, cut into chunks, tasks and parts.
///
/// ```
///  chunk: neighbouring images; its sums start from zero and are added to dw in chunk order
///  └ task: some weights (kw, c) of all kernel rows                  (disjoint, cut by shape)
///    └ block: output pixels whose inputs and gradients stay in the caches
///      └ part: weights of neighbouring input channels, the pixels of the block that meet them
/// ```
final class ConvolutionWeightSums {
  /// Partial sums in scratch: 1 MiB at most, unless one chunk alone needs more.
  private static final int SUM_FLOATS = 1 << 18;

  /// Chunks at most: enough for many threads, few enough that adding them up costs little.
  private static final int CHUNKS = 16;

  /// Tasks to aim at.
  private static final int TASKS = 8;

  /// Weight rows of a task are a multiple of this: each task copies the gradients that it reads.
  private static final int TASK_ROWS = 32;

  /// Weight rows that one task adds up.
  private static final int ADD_ROWS = 512;

  /// Pixels of a block: many, since each part loads and stores its sums once, and few enough that
  /// their gradients, two vectors of each, stay in the first-level cache.
  private static final int PIXELS = 256;

  /// Where channels are few, an image of at least so many pixels is a block of its own, which all kernel
  /// positions share: to copy it for each would cost more than many pixels gain.
  private static final int FEW_CHANNELS_PIXELS = 64;

  private final ConvolutionLoops loops;
  private final ElementwiseLoops elementwise;
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
  private int rowWeights;
  private int rowsPerTask;
  private int rowTasks;

  ConvolutionWeightSums(int threads, ConvolutionLoops loops, ElementwiseLoops elementwise) {
    this.loops = loops;
    this.elementwise = elementwise;
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
    rowWeights = window.kernelWidth() * window.channels();
    int rowParts = chunks >= TASKS ? 1 : (TASKS + chunks - 1) / Math.max(1, chunks);
    rowsPerTask = Math.ceilDiv(Math.ceilDiv(rowWeights, rowParts), TASK_ROWS) * TASK_ROWS;
    rowTasks = (rowWeights + rowsPerTask - 1) / rowsPerTask;
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
    int first = index % rowTasks * rowsPerTask;
    int end = Math.min(first + rowsPerTask, rowWeights);
    int base = chunk * weightRows * lanes;
    for (int kh = 0; kh < window.kernelHeight(); kh++) {
      int row = base + kh * rowWeights * lanes;
      Arrays.fill(sums, row + first * lanes, row + end * lanes, 0f);
    }
    int image = chunk * imagesPerChunk;
    int endImage = Math.min(image + imagesPerChunk, window.batch());
    int imagePixels = window.outHeight() * window.outWidth();
    boolean fewChannels = window.channels() <= ConvolutionLoops.FEW_CHANNELS;
    boolean single = fewChannels && imagePixels >= FEW_CHANNELS_PIXELS;
    int imageStep = single ? 1 : Math.max(1, PIXELS / imagePixels);
    int rowBlocks = Math.min(Math.ceilDiv(imagePixels, PIXELS), window.outHeight());
    int rowStep = (window.outHeight() + rowBlocks - 1) / rowBlocks;
    WeightGradientPart part = parts[worker];
    strides(part);
    for (; image < endImage; image += imageStep) {
      part.images = Math.min(imageStep, endImage - image);
      for (int row = 0; row < window.outHeight(); row += rowStep) {
        int endRow = Math.min(row + rowStep, window.outHeight());
        block(part, image, row, endRow, base, first, end);
      }
    }
  }

  private void strides(WeightGradientPart part) {
    int channels = window.channels();
    part.x = x;
    part.dz = dz;
    part.sums = sums;
    part.lanes = lanes;
    part.xImage = window.height() * window.width() * channels;
    part.xRow = window.stride() * window.width() * channels;
    part.xColumn = window.stride() * channels;
    part.zImage = window.outHeight() * window.outWidth() * lanes;
    part.zRow = window.outWidth() * lanes;
  }

  /// The kernel columns of a task's weights over a block of pixels.
  private void block(
      WeightGradientPart part, int image, int row, int endRow, int base, int first, int end) {
    int channels = window.channels();
    boolean shared = window.stride() == 1 && part.images == 1;
    part.clearTaps(rowAxis.taps() * columnAxis.taps());
    for (int kw = first / channels; kw * channels < end; kw++) {
      int column = firstPixel(columnAxis, kw, 0);
      int columns = endPixel(columnAxis, kw, window.outWidth()) - column;
      if (columns <= 0) {
        continue;
      }
      int c = Math.max(0, first - kw * channels);
      int depth = Math.min(channels, end - kw * channels) - c;
      int inColumn = columnAxis.input(column, kw);
      int sumStart = base + (kw * channels + c) * lanes;
      if (shared) {
        int inRow = Math.max(0, rowAxis.input(row, 0));
        int xStart = image * part.xImage + inRow * part.xRow + c;
        if (part.taps > 0 && (xStart != part.xStart || depth != part.depth)) { // other channels
          accumulate(part);
        }
        part.depth = depth;
        part.xStart = xStart;
        part.zStart = image * part.zImage + row * part.zRow;
        addRows(part, row, endRow, inRow, inColumn, column, columns, sumStart);
      } else {
        part.depth = depth;
        int xStart = image * part.xImage + inColumn * channels + c;
        int zStart = image * part.zImage + column * lanes;
        separateRows(part, row, endRow, columns, xStart, zStart, sumStart);
      }
    }
    if (part.taps > 0) {
      accumulate(part);
    }
  }

  private void accumulate(WeightGradientPart part) {
    loops.accumulate(part);
    part.clearTaps(0);
  }

  /// The kernel rows of a kernel column: with stride 1 they see the same rows of x, each a little
  /// later.
  private void addRows(
      WeightGradientPart part,
      int row,
      int endRow,
      int inRow,
      int inColumn,
      int column,
      int columns,
      int sumStart) {
    for (int kh = 0; kh < rowAxis.taps(); kh++) {
      int from = firstPixel(rowAxis, kh, row);
      int to = endPixel(rowAxis, kh, endRow);
      if (from < to) {
        int sums = sumStart + kh * rowWeights * lanes;
        int tapRow = rowAxis.input(from, kh) - inRow;
        part.addTap(tapRow, from - row, to - from, inColumn, column, columns, sums);
      }
    }
  }

  /// A part for each kernel row.
  private void separateRows(
      WeightGradientPart part,
      int row,
      int endRow,
      int columns,
      int xStart,
      int zStart,
      int sumStart) {
    for (int kh = 0; kh < rowAxis.taps(); kh++) {
      int from = firstPixel(rowAxis, kh, row);
      int to = endPixel(rowAxis, kh, endRow);
      if (from < to) {
        part.xStart = xStart + rowAxis.input(from, kh) * window.width() * window.channels();
        part.zStart = zStart + from * part.zRow;
        part.addTap(0, 0, to - from, 0, 0, columns, sumStart + kh * rowWeights * lanes);
        accumulate(part);
      }
    }
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
    return chunks == 0 ? 0 : (weightRows + ADD_ROWS - 1) / ADD_ROWS;
  }

  /// Adds the chunks' sums of some weight rows to dw, in chunk order.
  void add(int index) {
    int firstRow = index * ADD_ROWS;
    int endRow = Math.min(firstRow + ADD_ROWS, weightRows);
    for (int chunk = 0; chunk < chunks; chunk++) {
      int from = (chunk * weightRows + firstRow) * lanes;
      if (lanes == outChannels) {
        add((endRow - firstRow) * lanes, from, firstRow * lanes);
        continue;
      }
      for (int row = firstRow; row < endRow; row++, from += lanes) {
        add(outChannels, from, row * outChannels);
      }
    }
  }

  private void add(int count, int from, int to) {
    elementwise.add(count, dw, to, sums, from, Activation.NONE, dw, to);
  }
}

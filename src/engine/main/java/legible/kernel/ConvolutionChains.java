package legible.kernel;

import java.util.Arrays;
import legible.kernel.loops.ConvolutionLoops;
import legible.kernel.loops.ConvolutionPart;
import legible.kernel.loops.ConvolutionWeights;
import legible.kernel.loops.ElementwiseLoops;

/// The chains of a forward convolution, or of the input gradient, cut into tasks and parts.
///
/// ```
///  task: some images x some output rows x some channels           (each chain is in one task)
///  └ segment: kernel rows x kernel columns x depth                (in chain order; its weights fit L1)
///    └ part: output pixels that meet the same taps of the segment (no test in the innermost loop)
/// ```
///
/// A chain goes on from segment to segment through the stored output, which changes no bit.
final class ConvolutionChains {
  /// Floats that one task reads and writes, without the weights: 256 KiB, half of a usual second-level
  /// cache.
  private static final int TASK_FLOATS = 1 << 16;

  /// The same where weights are more than inputs: a segment's share of the inputs is what stays there.
  private static final int WEIGHTS_FIRST_TASK_FLOATS = 1 << 19;

  /// Tasks of each thread to aim at when images or parts of one are dealt out: a few, for threads of
  /// different speed.
  private static final int TASKS = 4;

  /// The fewest channels of a task where channels are dealt out.
  private static final int TASK_CHANNELS = 64;

  private static final float[] NO_BIAS = {};

  private final ConvolutionLoops loops;
  private final ElementwiseLoops elementwise;
  private final ConvolutionPart[] parts;
  private final KernelAxis rowAxis = new KernelAxis();
  private final KernelAxis columnAxis = new KernelAxis();

  private float[] x;
  private float[] y;
  private int images;
  private int rows;
  private int columns;
  private int xWidth;
  private int xHeight;
  private int depth;
  private int lanes;
  private int yStart;
  private int yImage;
  private int yRow;
  private int yColumn;
  private ConvolutionWeights weights;
  private int weightRows;
  private int weightStart;
  private int weightKernelRow;
  private int weightKernelColumn;
  private float[] bias;
  private float[] residual;
  private Activation activation;

  private int imagesPerTask;
  private int rowsPerTask;
  private int channelsPerTask;
  private int rowTasks;
  private int channelTasks;

  ConvolutionChains(int threads, ConvolutionLoops loops, ElementwiseLoops elementwise) {
    this.loops = loops;
    this.elementwise = elementwise;
    this.parts = new ConvolutionPart[threads];
    Arrays.setAll(parts, i -> new ConvolutionPart());
  }

  KernelAxis rowAxis() {
    return rowAxis;
  }

  KernelAxis columnAxis() {
    return columnAxis;
  }

  /// The array `[images, height, width, depth]` that is summed over.
  void input(float[] x, int images, int height, int width, int depth) {
    this.x = x;
    this.images = images;
    this.xHeight = height;
    this.xWidth = width;
    this.depth = depth;
  }

  /// The pixels `(n, r, c)` at `start + n·image + r·row + c·column`, each with `lanes` channels.
  void output(
      float[] y, int rows, int columns, int start, int image, int row, int column, int lanes) {
    this.y = y;
    this.rows = rows;
    this.columns = columns;
    this.yStart = start;
    this.yImage = image;
    this.yRow = row;
    this.yColumn = column;
    this.lanes = lanes;
  }

  /// The weight row of tap (0, 0) and the steps to the next taps, of all rows of the call.
  void weights(ConvolutionWeights weights, int rows, int start, int kernelRow, int kernelColumn) {
    this.weights = weights;
    this.weightRows = rows;
    this.weightStart = start;
    this.weightKernelRow = kernelRow;
    this.weightKernelColumn = kernelColumn;
  }

  /// What starts and ends each chain; an empty bias leaves chains to start from the output's value.
  ///
  /// @param residual is added to finished chains, with the layout of the output and perhaps the output
  ///     itself, or empty
  void ends(float[] bias, float[] residual, Activation activation) {
    this.bias = bias;
    this.residual = residual;
    this.activation = activation;
  }

  /// Cuts the work and returns the number of tasks.
  ///
  /// Where weights are more than inputs, channels are dealt out first, and the images stay together:
  /// then each thread reads its share of the weights once. Else tasks are small enough for what they
  /// read and write to stay in the second-level cache.
  int cut() {
    int wanted = parts.length == 1 ? 1 : TASKS * parts.length;
    int imageInputs = Math.max(1, rows * columns * rowAxis.used() * columnAxis.used() * depth);
    int outputs = rows * columns * lanes;
    int imageFloats = imageInputs + (residual.length > 0 ? 2 * outputs : outputs);
    boolean weightsFirst = (long) weightRows * lanes > (long) images * imageInputs;
    int limit = weightsFirst ? WEIGHTS_FIRST_TASK_FLOATS : TASK_FLOATS;
    int channelParts = weightsFirst ? channelParts(1, wanted) : 1;
    int rest = Math.ceilDiv(wanted, channelParts);
    imagesPerTask = Math.clamp(limit / imageFloats, 1, Math.max(1, images / rest));
    int perImage = images >= rest ? 1 : Math.ceilDiv(rest, Math.max(1, images));
    int rowParts = Math.max(1, imageFloats / limit);
    int blocks = (lanes + loops.block() - 1) / loops.block();
    int tasks = channelParts * perImage;
    channelParts = channelParts(channelParts, Math.ceilDiv(tasks, rowParts));
    if (rowParts * channelParts < tasks) {
      rowParts = Math.min(rows, (tasks + channelParts - 1) / channelParts);
    }
    rowsPerTask = (rows + rowParts - 1) / rowParts;
    channelsPerTask = (blocks + channelParts - 1) / channelParts * loops.block();
    rowTasks = (rows + rowsPerTask - 1) / rowsPerTask;
    channelTasks = (lanes + channelsPerTask - 1) / channelsPerTask;
    return (images + imagesPerTask - 1) / imagesPerTask * rowTasks * channelTasks;
  }

  /// Doubles a number of parts until it is as large as wanted, or parts would get too few channels.
  private int channelParts(int parts, int wanted) {
    int doubled = parts;
    while (doubled < wanted && doubled * 2 * TASK_CHANNELS <= lanes) {
      doubled *= 2;
    }
    return doubled;
  }

  /// One task of [#cut].
  void task(int index, int worker) {
    ConvolutionPart part = parts[worker];
    part.x = x;
    part.weights = weights;
    part.weightRows = weightRows;
    part.weightLanes = lanes;
    part.xImage = xHeight * xWidth * depth;
    part.xRow = rowAxis.step() * xWidth * depth;
    part.xColumn = columnAxis.step() * depth;
    part.firstChannel = index % channelTasks * channelsPerTask;
    part.channels = Math.min(channelsPerTask, lanes - part.firstChannel);
    int firstRow = index / channelTasks % rowTasks * rowsPerTask;
    int endRow = Math.min(firstRow + rowsPerTask, rows);
    int firstImage = index / channelTasks / rowTasks * imagesPerTask;
    part.images = Math.min(imagesPerTask, images - firstImage);
    boolean adds = residual.length > 0;
    if (adds) {
      part.keepChains(endRow - firstRow, columns);
    } else {
      part.y = y;
      part.yTask = yStart + firstImage * yImage + firstRow * yRow;
      part.yImage = yImage;
      part.yRow = yRow;
      part.yColumn = yColumn;
    }
    boolean starts = bias.length > 0;
    boolean rectifies = !adds && activation == Activation.RELU;
    boolean fused = everyPixelInEverySegment();
    if (starts && !fused) {
      start(part, endRow - firstRow);
    }
    segments(part, starts && fused, rectifies && fused, firstImage, firstRow, endRow);
    if (rectifies && !fused) {
      rectify(part, endRow - firstRow);
    }
    if (adds) {
      add(part, firstImage, firstRow, endRow - firstRow);
    }
  }

  /// Then chains start with the first segment and end with the last. At the borders a pixel meets the
  /// fewest taps.
  private boolean everyPixelInEverySegment() {
    return oneSegment()
        ? rowAxis.meetsSome(rows) && columnAxis.meetsSome(columns)
        : rowAxis.meetsAll(rows) && columnAxis.meetsAll(columns);
  }

  private boolean oneSegment() {
    return rowAxis.taps() * columnAxis.taps() * depth <= loops.segment(lanes);
  }

  private void start(ConvolutionPart part, int taskRows) {
    for (int n = 0; n < part.images; n++) {
      for (int r = 0; r < taskRows; r++) {
        for (int c = 0; c < columns; c++) {
          int at = part.yTask + n * part.yImage + r * part.yRow + c * part.yColumn;
          at += part.firstChannel;
          System.arraycopy(bias, part.firstChannel, part.y, at, part.channels);
        }
      }
    }
  }

  private void rectify(ConvolutionPart part, int taskRows) {
    part.rows = taskRows;
    part.columns = columns;
    part.yStart = part.yTask;
    part.rectify(elementwise);
  }

  /// `y = activation(chain + residual)`: the first time that y is touched, so it may be the residual
  /// itself. That comes from memory, in order only row by row.
  private void add(ConvolutionPart part, int firstImage, int firstRow, int taskRows) {
    int pixels = part.channels == yColumn ? columns : 1;
    int count = pixels * part.channels;
    for (int n = 0; n < part.images; n++) {
      for (int r = 0; r < taskRows; r++) {
        int to = yStart + (firstImage + n) * yImage + (firstRow + r) * yRow + part.firstChannel;
        int chain = n * part.yImage + r * part.yRow;
        for (int c = 0; c < columns; c += pixels) {
          elementwise.add(count, part.y, chain, residual, to, activation, y, to);
          chain += count;
          to += pixels * yColumn;
        }
      }
    }
  }

  /// The kernel positions in chain order: all at once while they fit a segment, else kernel row by
  /// kernel row, else position by position with the depth cut too.
  private void segments(
      ConvolutionPart part,
      boolean starts,
      boolean rectifies,
      int firstImage,
      int firstRow,
      int endRow) {
    int tapRows = rowAxis.taps();
    int tapColumns = columnAxis.taps();
    int segment = loops.segment(lanes);
    int rowStep = oneSegment() ? tapRows : 1;
    int columnStep = tapColumns * depth <= segment ? tapColumns : 1;
    int cuts = Math.ceilDiv(depth, segment);
    int depthStep = (depth + cuts - 1) / cuts;
    for (int i = 0; i < tapRows; i += rowStep) {
      for (int j = 0; j < tapColumns; j += columnStep) {
        for (int k = 0; k < depth; k += depthStep) {
          part.depth = Math.min(depthStep, depth - k);
          part.bias = starts && i + j + k == 0 ? bias : NO_BIAS;
          boolean last =
              i + rowStep >= tapRows && j + columnStep >= tapColumns && k + depthStep >= depth;
          part.rectifies = rectifies && last;
          segment(part, i, i + rowStep, j, j + columnStep, k, firstImage, firstRow, endRow);
        }
      }
    }
  }

  /// Divides the pixels of a task by the taps of a segment that they meet.
  private void segment(
      ConvolutionPart part,
      int firstTapRow,
      int endTapRow,
      int firstTapColumn,
      int endTapColumn,
      int k,
      int firstImage,
      int firstRow,
      int endRow) {
    for (int row = firstRow; row < endRow; row += part.rows) {
      part.rows = rowAxis.sameTaps(row, endRow, firstTapRow, endTapRow) - row;
      int tapRow = Math.max(rowAxis.first(row), firstTapRow);
      part.kernelRows = Math.min(rowAxis.end(row), endTapRow) - tapRow;
      if (part.kernelRows <= 0) {
        continue;
      }
      for (int column = 0; column < columns; column += part.columns) {
        part.columns = columnAxis.sameTaps(column, columns, firstTapColumn, endTapColumn) - column;
        int tapColumn = Math.max(columnAxis.first(column), firstTapColumn);
        part.kernelColumns = Math.min(columnAxis.end(column), endTapColumn) - tapColumn;
        if (part.kernelColumns > 0) {
          int xRow = firstImage * xHeight + rowAxis.input(row, tapRow);
          part.xStart = (xRow * xWidth + columnAxis.input(column, tapColumn)) * depth + k;
          part.yStart = part.yTask + (row - firstRow) * part.yRow + column * part.yColumn;
          part.weightStart =
              weightStart + tapRow * weightKernelRow + tapColumn * weightKernelColumn + k;
          run(part);
        }
      }
    }
  }

  private void run(ConvolutionPart part) {
    part.xKernelRow = rowAxis.direction() * xWidth * depth;
    part.xKernelColumn = columnAxis.direction() * depth;
    part.weightKernelRow = weightKernelRow;
    part.weightKernelColumn = weightKernelColumn;
    if (part.xKernelColumn == part.depth && weightKernelColumn == part.depth) {
      // Later taps of a kernel row follow in x and in the weights: one longer run of the same
      // order.
      int depthBefore = part.depth;
      part.depth *= part.kernelColumns;
      part.kernelColumns = 1;
      loops.accumulate(part);
      part.depth = depthBefore;
    } else {
      loops.accumulate(part);
    }
  }
}

package legible.kernel;

import legible.kernel.loops.ConvolutionLoops;
import legible.kernel.loops.ConvolutionWeights;
import legible.kernel.loops.ElementwiseLoops;

/// Two-dimensional convolution (cross-correlation, as every deep-learning library has it) on
/// channels-last images, without an im2col matrix.
///
/// ```
///  y[n,oh,ow,o] = f(bias[o] + Σ_kh Σ_kw Σ_c x[n, oh·s-pt+kh, ow·s-pl+kw, c] · w[kh,kw,c,o])
/// ```
public final class Convolution {
  private static final float[] NO_BIAS = {};
  private static final float[] NO_RESIDUAL = {};

  private final Parallel parallel;
  private final ConvolutionLoops loops;
  private final ElementwiseLoops elementwise;
  private final ConvolutionWeights weights = new ConvolutionWeights();
  private final ConvolutionChains chains;
  private final ConvolutionWeightSums weightSums;
  private final Parallel.Task packTask = (index, worker) -> pack(index);
  private final Parallel.Task chainTask;
  private final Parallel.Task sumTask;
  private final Parallel.Task addTask;

  private float[] paddedOutput = {};
  private float[] paddedBias = {};

  private float[] packedFrom;
  private ConvolutionWeights packedTo;
  private int packPositions;
  private int packDepth;
  private int packChannels;
  private int packRowStep;
  private int packLaneStep;

  Convolution(Parallel parallel, ConvolutionLoops loops, ElementwiseLoops elementwise) {
    this.parallel = parallel;
    this.loops = loops;
    this.elementwise = elementwise;
    this.chains = new ConvolutionChains(parallel.threads(), loops, elementwise);
    this.weightSums = new ConvolutionWeightSums(parallel.threads(), loops, elementwise);
    this.chainTask = chains::task;
    this.sumTask = weightSums::sum;
    this.addTask = (index, worker) -> weightSums.add(index);
  }

  /// The formula above. One fma chain per output, from `bias[o]`, over (kh, kw, c) ascending; positions
  /// in the padding are left out of the chain.
  ///
  /// @param x `[N,H,W,C]`, not modified
  /// @param w `[kH,kW,C,O]`, not modified
  /// @param bias `[O]`, not modified
  /// @param y `[N,outH,outW,O]`, set
  public void forward(
      Window window, int outChannels, float[] x, float[] w, float[] bias, Activation f, float[] y) {
    int positions = window.kernelHeight() * window.kernelWidth();
    packWeights(positions, window.channels(), outChannels, w, outChannels, 1, weights);
    forward(window, outChannels, weights, x, bias, NO_RESIDUAL, f, y);
  }

  /// The same weights for many calls of [#forward(Window, PackedFilters, float[], float[],
  /// Activation, float[])], each filter times its scale: `(float) (w[kh,kw,c,o] · scale[o])`, where a
  /// batch normalisation is folded into them. Scaled where they lie packed: no further copy is made.
  ///
  /// @param w `[kH,kW,C,O]`, not modified
  /// @param scale `[O]`, or empty for weights as they are
  public PackedFilters packed(
      int kernelHeight, int kernelWidth, int channels, int outChannels, float[] w, double[] scale) {
    ConvolutionWeights own = new ConvolutionWeights();
    int positions = kernelHeight * kernelWidth;
    packWeights(positions, channels, outChannels, w, outChannels, 1, own);
    if (scale.length > 0) {
      loops.scale(positions * channels, scale, own);
    }
    return new PackedFilters(outChannels, own);
  }

  /// The convolution with packed weights: the same bits.
  ///
  /// @param x `[N,H,W,C]`, not modified
  /// @param w `[kH,kW,C,O]`
  /// @param bias `[O]`, not modified
  /// @param y `[N,outH,outW,O]`, set
  public void forward(
      Window window, PackedFilters w, float[] x, float[] bias, Activation f, float[] y) {
    forward(window, w.outChannels, w.weights, x, bias, NO_RESIDUAL, f, y);
  }

  /// The convolution with what a residual block adds to it, while it is in the cache:
  /// `y = f(convolution + residual)`, with the bits of a convolution and [Elementwise#add] behind it.
  ///
  /// @param residual `[N,outH,outW,O]`, not modified unless it is y
  /// @param y `[N,outH,outW,O]`, set; may be the residual, and is no other of the arrays
  public void forward(
      Window window,
      PackedFilters w,
      float[] x,
      float[] bias,
      float[] residual,
      Activation f,
      float[] y) {
    forward(window, w.outChannels, w.weights, x, bias, residual, f, y);
  }

  private void forward(
      Window window,
      int outChannels,
      ConvolutionWeights w,
      float[] x,
      float[] bias,
      float[] residual,
      Activation f,
      float[] y) {
    int channels = window.channels();
    int lanes = lanes(outChannels);
    int kernelWidth = window.kernelWidth();
    boolean exact = lanes == outChannels;
    float[] out = exact ? y : paddedOutput(window.outPixels() * lanes);
    chains
        .rowAxis()
        .set(-window.padTop(), window.stride(), 1, window.height(), window.kernelHeight());
    chains.columnAxis().set(-window.padLeft(), window.stride(), 1, window.width(), kernelWidth);
    chains.input(x, window.batch(), window.height(), window.width(), channels);
    int outRow = window.outWidth() * lanes;
    int outImage = window.outHeight() * outRow;
    chains.output(out, window.outHeight(), window.outWidth(), 0, outImage, outRow, lanes, lanes);
    chains.weights(w, window.patchSize(), 0, kernelWidth * channels, channels);
    if (exact) {
      chains.ends(bias, residual, f);
      parallel.run(chains.cut(), chainTask);
      return;
    }
    boolean adds = residual.length > 0;
    float[] start = paddedBias(bias, outChannels, lanes);
    chains.ends(start, NO_RESIDUAL, adds ? Activation.NONE : f);
    parallel.run(chains.cut(), chainTask);
    if (!adds) {
      copyRows(window.outPixels(), outChannels, out, lanes, y, outChannels);
      return;
    }
    for (int pixel = 0; pixel < window.outPixels(); pixel++) {
      int at = pixel * outChannels;
      elementwise.add(outChannels, out, pixel * lanes, residual, at, f, y, at);
    }
  }

  /// `dx[n,h,w,c] += Σ_kh Σ_kw Σ_o dz[n,oh,ow,o] · w[kh,kw,c,o]` over the windows that see (h, w).
  ///
  /// One chain per element of dx from the value found there, over (kh, kw, o) ascending.
  ///
  /// With stride s the pixels fall into s·s phases by (h + padTop) mod s and (w + padLeft) mod s;
  /// those of one phase are seen by the same kernel positions, every s-th, and each phase is a
  /// convolution of stride 1 over dz with the taps in falling order of the input.
  ///
  /// @param dz `[N,outH,outW,O]`, gradient before the activation, not modified
  /// @param w `[kH,kW,C,O]`, not modified
  /// @param dx `[N,H,W,C]`, modified
  public void inputGradient(Window window, int outChannels, float[] dz, float[] w, float[] dx) {
    int channels = window.channels();
    int lanes = lanes(channels);
    int pixels = window.batch() * window.height() * window.width();
    int positions = window.kernelHeight() * window.kernelWidth();
    packWeights(positions, outChannels, channels, w, 1, outChannels, weights);
    boolean exact = lanes == channels;
    float[] out = exact ? dx : paddedOutput(pixels * lanes);
    if (!exact) {
      copyRows(pixels, channels, dx, channels, out, lanes);
    }
    chains.input(dz, window.batch(), window.outHeight(), window.outWidth(), outChannels);
    chains.ends(NO_BIAS, NO_RESIDUAL, Activation.NONE);
    int stride = window.stride();
    for (int a = 0; a < Math.min(stride, window.kernelHeight()); a++) {
      for (int b = 0; b < Math.min(stride, window.kernelWidth()); b++) {
        inputGradientPhase(window, outChannels, out, lanes, a, b);
      }
    }
    if (!exact) {
      copyRows(pixels, channels, out, lanes, dx, channels);
    }
  }

  /// The pixels with (h + padTop) mod s = a and (w + padLeft) mod s = b.
  private void inputGradientPhase(
      Window window, int outChannels, float[] dx, int lanes, int a, int b) {
    int stride = window.stride();
    int row = Math.floorMod(a - window.padTop(), stride);
    int column = Math.floorMod(b - window.padLeft(), stride);
    if (row >= window.height() || column >= window.width()) {
      return;
    }
    int tapRows = (window.kernelHeight() - a + stride - 1) / stride;
    int tapColumns = (window.kernelWidth() - b + stride - 1) / stride;
    int firstOutRow = (row + window.padTop()) / stride;
    int firstOutColumn = (column + window.padLeft()) / stride;
    chains.rowAxis().set(firstOutRow, 1, -1, window.outHeight(), tapRows);
    chains.columnAxis().set(firstOutColumn, 1, -1, window.outWidth(), tapColumns);
    int rows = (window.height() - row + stride - 1) / stride;
    int columns = (window.width() - column + stride - 1) / stride;
    int rowStep = window.width() * lanes;
    int start = row * rowStep + column * lanes;
    int image = window.height() * rowStep;
    chains.output(dx, rows, columns, start, image, stride * rowStep, stride * lanes, lanes);
    int weightRows = window.kernelHeight() * window.kernelWidth() * outChannels;
    int kernelRow = window.kernelWidth() * outChannels;
    chains.weights(
        weights,
        weightRows,
        a * kernelRow + b * outChannels,
        stride * kernelRow,
        stride * outChannels);
    parallel.run(chains.cut(), chainTask);
  }

  /// `dw[kh,kw,c,o] += Σ_n Σ_oh Σ_ow x[n, oh·s-pt+kh, ow·s-pl+kw, c] · dz[n,oh,ow,o]`
  ///
  /// The batch is cut into chunks of `⌈N / clamp(⌊2¹⁸ / (kH·kW·C·O)⌋, 1, 16)⌉` images, fixed by the
  /// shapes alone; within a chunk one chain over (n, oh, ow) ascending from zero, and the chunks'
  /// sums are added to dw in order. Positions in the padding are left out.
  ///
  /// @param x `[N,H,W,C]`, not modified
  /// @param dz `[N,outH,outW,O]`, not modified
  /// @param dw `[kH,kW,C,O]`, modified
  public void weightGradient(Window window, int outChannels, float[] x, float[] dz, float[] dw) {
    int lanes = lanes(outChannels);
    float[] gradient = dz;
    if (lanes != outChannels) {
      gradient = paddedOutput(window.outPixels() * lanes);
      copyRows(window.outPixels(), outChannels, dz, outChannels, gradient, lanes);
    }
    weightSums.set(window, outChannels, lanes, x, gradient, dw);
    parallel.run(weightSums.sumTasks(), sumTask);
    parallel.run(weightSums.addTasks(), addTask);
  }

  private int lanes(int channels) {
    return (channels + loops.lanes() - 1) / loops.lanes() * loops.lanes();
  }

  private void packWeights(
      int positions,
      int depth,
      int channels,
      float[] w,
      int rowStep,
      int laneStep,
      ConvolutionWeights target) {
    packedFrom = w;
    packedTo = target;
    packPositions = positions;
    packDepth = depth;
    packChannels = channels;
    packRowStep = rowStep;
    packLaneStep = laneStep;
    parallel.run(loops.reserve(positions * depth, lanes(channels), target), packTask);
  }

  private void pack(int index) {
    loops.pack(
        index,
        packPositions,
        packDepth,
        packChannels,
        packedFrom,
        packRowStep,
        packLaneStep,
        packedTo);
  }

  /// Scratch for outputs whose channels are no multiple of the lanes.
  private float[] paddedOutput(int size) {
    if (paddedOutput.length < size) {
      paddedOutput = new float[size];
    }
    return paddedOutput;
  }

  private float[] paddedBias(float[] bias, int channels, int lanes) {
    if (paddedBias.length < lanes) {
      paddedBias = new float[lanes];
    }
    System.arraycopy(bias, 0, paddedBias, 0, channels);
    return paddedBias;
  }

  private static void copyRows(
      int rows, int count, float[] from, int fromStep, float[] to, int toStep) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(from, row * fromStep, to, row * toStep, count);
    }
  }
}

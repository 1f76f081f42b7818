package legible.kernel;

import java.util.Arrays;
import legible.kernel.loops.NormalizationLoops;

/// The loops of batch normalisation over a matrix `[rows, channels]`: all axes but the last are
/// rows. Sums over rows are cut into chunks fixed by the shape (of 16,384 elements, or of 32 rows if
/// that is more), each a float sum from zero with r ascending; chunks are added in order, in double
/// precision.
///
/// Where an output is NaN, any NaN is meant.
public final class Normalization {
  private final Parallel parallel;
  private final NormalizationLoops loops;

  private final Parallel.Task statistics = this::statistics;
  private final Parallel.Task normalize = this::normalize;
  private final Parallel.Task gradientSums = this::gradientSums;
  private final Parallel.Task inputGradient = this::inputGradient;

  /// The job at hand, in fields so that a call allocates nothing.
  private int rows;

  private int channels;
  private float[] x;
  private float[] mean;
  private float[] scale;
  private float[] shift;
  private Activation activation;
  private float[] dy;
  private float[] result;

  /// What the chunks have summed up, each in `[kinds of sums, channels]`.
  private float[] partials = {};

  private double[] totals = {};
  private float[] scales = {};
  private float[] means = {};
  private float[] slopes = {};

  Normalization(Parallel parallel, NormalizationLoops loops) {
    this.parallel = parallel;
    this.loops = loops;
  }

  /// `mean[c] = (1/R) Σᵣ x[r,c]` and `variance[c] = (1/R) Σᵣ (x[r,c] - mean[c])²`, from one walk over
  /// memory and without the cancellation of `E[x²]-E[x]²`:
  ///
  /// ```
  ///  a chunk i of nᵢ rows passes twice over its rows, the second time from the cache
  ///    pᵢ = (Σ x)/nᵢ              dᵢ = Σ (x - pᵢ)            qᵢ = Σ (x - pᵢ)²
  ///  mean     = Σᵢ (nᵢ·pᵢ + dᵢ) / R
  ///  variance = Σᵢ (qᵢ + (pᵢ - mean)·(2·dᵢ + nᵢ·(pᵢ - mean))) / R
  /// ```
  ///
  /// The pivot pᵢ need not be the exact mean: dᵢ is what it lacks.
  ///
  /// Source: Chan, Golub & LeVeque 1983, "Algorithms for computing the sample variance", equations
  /// 1.7 (corrected two-pass) and 2.1 (chunks).
  ///
  /// @param rows R, >= 1
  /// @param x `[rows, channels]`, not modified
  /// @param mean `[channels]`, set
  /// @param variance `[channels]`, set: the biased variance, divided by R
  public void statistics(int rows, int channels, float[] x, float[] mean, float[] variance) {
    this.x = x;
    sumChunks(rows, channels, 3, statistics);
    Arrays.fill(totals, 0, channels, 0.0);
    for (int chunk = 0; chunk < chunks(); chunk++) {
      addMeans(chunk);
    }
    for (int c = 0; c < channels; c++) {
      totals[c] /= rows;
      mean[c] = (float) totals[c];
      totals[channels + c] = 0;
    }
    for (int chunk = 0; chunk < chunks(); chunk++) {
      addSquares(chunk);
    }
    for (int c = 0; c < channels; c++) {
      variance[c] = (float) (totals[channels + c] / rows);
    }
  }

  private void addMeans(int chunk) {
    int pivots = chunk * 3 * channels;
    int deviations = pivots + channels;
    int count = end(chunk) - start(chunk);
    for (int c = 0; c < channels; c++) {
      totals[c] += (double) count * partials[pivots + c] + partials[deviations + c];
    }
  }

  private void addSquares(int chunk) {
    int pivots = chunk * 3 * channels;
    int deviations = pivots + channels;
    int squares = deviations + channels;
    int count = end(chunk) - start(chunk);
    for (int c = 0; c < channels; c++) {
      double distance = partials[pivots + c] - totals[c];
      double correction = distance * (2.0 * partials[deviations + c] + count * distance);
      totals[channels + c] += partials[squares + c] + correction;
    }
  }

  /// `y[r,c] = f(fma(x[r,c] - mean[c], scale[c], shift[c]))`. x and y may be the same array.
  ///
  /// @param x `[rows, channels]`
  /// @param y `[rows, channels]`, set
  public void normalize(
      int rows,
      int channels,
      float[] x,
      float[] mean,
      float[] scale,
      float[] shift,
      Activation f,
      float[] y) {
    this.x = x;
    this.mean = mean;
    this.scale = scale;
    this.shift = shift;
    this.activation = f;
    this.result = y;
    forChunks(rows, channels, normalize);
  }

  /// The sums that both gradients need: `sumDy[c] = Σᵣ dy[r,c]` and
  /// `sumDyXhat[c] = Σᵣ fma(dy[r,c], x̂[r,c], ·)` with `x̂ = (x - mean)·invStd`. Both are set.
  public void gradientSums(
      int rows,
      int channels,
      float[] x,
      float[] mean,
      float[] invStd,
      float[] dy,
      float[] sumDy,
      float[] sumDyXhat) {
    this.x = x;
    this.mean = mean;
    this.scale = invStd;
    this.dy = dy;
    sumChunks(rows, channels, 2, gradientSums);
    int kinds = 2 * channels;
    Arrays.fill(totals, 0, kinds, 0.0);
    for (int chunk = 0; chunk < chunks(); chunk++) {
      for (int c = 0; c < kinds; c++) {
        totals[c] += partials[chunk * kinds + c];
      }
    }
    for (int c = 0; c < channels; c++) {
      sumDy[c] = (float) totals[c];
      sumDyXhat[c] = (float) totals[channels + c];
    }
  }

  /// `dx[r,c] += gamma[c]·invStd[c]·(dy[r,c] - sumDy[c]/R - x̂[r,c]·sumDyXhat[c]/R)`, computed as
  ///
  /// ```
  ///  scale = gamma·invStd      meanDy = sumDy/R      slope = invStd·(sumDyXhat/R)
  ///  dx ← fma(scale, fma(mean - x, slope, dy - meanDy), dx)
  /// ```
  ///
  /// Source: Ioffe & Szegedy 2015, section 3.
  public void inputGradient(
      int rows,
      int channels,
      float[] x,
      float[] mean,
      float[] invStd,
      float[] gamma,
      float[] dy,
      float[] sumDy,
      float[] sumDyXhat,
      float[] dx) {
    if (scales.length < channels) {
      scales = new float[channels];
      means = new float[channels];
      slopes = new float[channels];
    }
    for (int c = 0; c < channels; c++) {
      scales[c] = gamma[c] * invStd[c];
      means[c] = sumDy[c] / rows;
      slopes[c] = invStd[c] * (sumDyXhat[c] / rows);
    }
    this.x = x;
    this.mean = mean;
    this.dy = dy;
    this.result = dx;
    forChunks(rows, channels, inputGradient);
  }

  private void forChunks(int rows, int channels, Parallel.Task task) {
    this.rows = rows;
    this.channels = channels;
    parallel.run(chunks(), task);
  }

  /// @param kinds how many sums of each channel a chunk has
  private void sumChunks(int rows, int channels, int kinds, Parallel.Task task) {
    int size = Math.ceilDiv(rows, Chunks.rows(channels)) * kinds * channels;
    if (partials.length < size) {
      partials = new float[size];
    }
    if (totals.length < 2 * channels) {
      totals = new double[2 * channels];
    }
    forChunks(rows, channels, task);
  }

  private int chunks() {
    return Math.ceilDiv(rows, Chunks.rows(channels));
  }

  private int start(int chunk) {
    return chunk * Chunks.rows(channels);
  }

  private int end(int chunk) {
    return Math.min(rows, start(chunk) + Chunks.rows(channels));
  }

  private void statistics(int chunk, int worker) {
    loops.statistics(start(chunk), end(chunk), channels, x, partials, chunk * 3 * channels);
  }

  private void normalize(int chunk, int worker) {
    loops.normalize(start(chunk), end(chunk), channels, x, mean, scale, shift, activation, result);
  }

  private void gradientSums(int chunk, int worker) {
    int offset = chunk * 2 * channels;
    loops.gradientSums(start(chunk), end(chunk), channels, x, mean, scale, dy, partials, offset);
  }

  private void inputGradient(int chunk, int worker) {
    loops.inputGradient(
        start(chunk), end(chunk), channels, x, mean, scales, means, slopes, dy, result);
  }
}

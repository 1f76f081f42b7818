package legible.kernel;

import legible.kernel.loops.ElementwiseLoops;
import legible.kernel.loops.NormalizationLoops;

/// The loops of batch normalisation over a matrix `[rows, channels]`: all axes but the last are
/// rows. Sums over rows are cut into chunks fixed by the shape and added in order.
public final class Normalization {
  /// Elements of one task: some microseconds of work, so that handing it over pays.
  private static final int CHUNK = 1 << 14;

  private final Parallel parallel;
  private final NormalizationLoops loops;
  private final ElementwiseLoops sums;
  private float[] partials = {};
  private float[] scales = {};
  private float[] means = {};
  private float[] slopes = {};

  Normalization(Parallel parallel, NormalizationLoops loops, ElementwiseLoops sums) {
    this.parallel = parallel;
    this.loops = loops;
    this.sums = sums;
  }

  /// `mean[c] = (1/R) Σᵣ x[r,c]` and `variance[c] = (1/R) Σᵣ (x[r,c] - mean[c])²`, in two passes:
  /// the one-pass form `E[x²]-E[x]²` cancels.
  public void statistics(int rows, int channels, float[] x, float[] mean, float[] variance) {
    sumChunks(
        rows,
        channels,
        (from, to, offset) -> sums.sumRows(from, to, channels, x, partials, offset));
    combine(rows, channels, rows, mean);
    sumChunks(
        rows,
        channels,
        (from, to, offset) ->
            loops.squaredDeviations(from, to, channels, x, mean, partials, offset));
    combine(rows, channels, rows, variance);
  }

  /// `y[r,c] = f(fma(x[r,c] - mean[c], scale[c], shift[c]))`
  public void normalize(
      int rows,
      int channels,
      float[] x,
      float[] mean,
      float[] scale,
      float[] shift,
      Activation f,
      float[] y) {
    forChunks(
        rows,
        channels,
        (from, to, offset) -> loops.normalize(from, to, channels, x, mean, scale, shift, f, y));
  }

  /// The sums that both gradients need: `sumDy[c] = Σᵣ dy[r,c]` and
  /// `sumDyXhat[c] = Σᵣ dy[r,c]·x̂[r,c]` with `x̂ = (x - mean)·invStd`. Both are set.
  public void gradientSums(
      int rows,
      int channels,
      float[] x,
      float[] mean,
      float[] invStd,
      float[] dy,
      float[] sumDy,
      float[] sumDyXhat) {
    sumChunks(
        rows,
        channels,
        (from, to, offset) -> sums.sumRows(from, to, channels, dy, partials, offset));
    combine(rows, channels, 1, sumDy);
    sumChunks(
        rows,
        channels,
        (from, to, offset) ->
            loops.gradientProducts(from, to, channels, x, mean, invStd, dy, partials, offset));
    combine(rows, channels, 1, sumDyXhat);
  }

  /// `dx[r,c] += gamma[c]·invStd[c]·(dy[r,c] - sumDy[c]/R - x̂[r,c]·sumDyXhat[c]/R)`
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
    factors(channels);
    for (int c = 0; c < channels; c++) {
      scales[c] = gamma[c] * invStd[c];
      means[c] = sumDy[c] / rows;
      slopes[c] = invStd[c] * (sumDyXhat[c] / rows);
    }
    forChunks(
        rows,
        channels,
        (from, to, offset) ->
            loops.inputGradient(from, to, channels, x, mean, scales, means, slopes, dy, dx));
  }

  /// Some rows of the matrix.
  @FunctionalInterface
  private interface Rows {
    /// @param offset where the chunk's sums belong in `partials`
    void run(int from, int to, int offset);
  }

  private void forChunks(int rows, int channels, Rows body) {
    int size = rowsPerChunk(channels);
    parallel.run(
        Math.ceilDiv(rows, size),
        (chunk, worker) ->
            body.run(chunk * size, Math.min(rows, (chunk + 1) * size), chunk * channels));
  }

  private void sumChunks(int rows, int channels, Rows body) {
    int size = Math.ceilDiv(rows, rowsPerChunk(channels)) * channels;
    if (partials.length < size) {
      partials = new float[size];
    }
    forChunks(rows, channels, body);
  }

  /// `result[c] = (sum of the chunks' partials, in order, in double precision) / divisor`
  private void combine(int rows, int channels, int divisor, float[] result) {
    int chunks = Math.ceilDiv(rows, rowsPerChunk(channels));
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int chunk = 0; chunk < chunks; chunk++) {
        sum += partials[chunk * channels + c];
      }
      result[c] = (float) (sum / divisor);
    }
  }

  private void factors(int channels) {
    if (scales.length < channels) {
      scales = new float[channels];
      means = new float[channels];
      slopes = new float[channels];
    }
  }

  private static int rowsPerChunk(int channels) {
    return Math.max(1, CHUNK / channels);
  }
}

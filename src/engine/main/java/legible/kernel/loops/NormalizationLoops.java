package legible.kernel.loops;

import legible.kernel.Activation;

/// The single-threaded loops behind [legible.kernel.Normalization], over the rows `[from, to)`; each
/// twin implements them. Sums start from zero with r ascending.
public interface NormalizationLoops {
  /// `squares[offset + c] = Σᵣ (x[r,c] - mean[c])²`
  void squaredDeviations(
      int from, int to, int channels, float[] x, float[] mean, float[] squares, int offset);

  /// `y[r,c] = f(fma(x[r,c] - mean[c], scale[c], shift[c]))`
  void normalize(
      int from,
      int to,
      int channels,
      float[] x,
      float[] mean,
      float[] scale,
      float[] shift,
      Activation f,
      float[] y);

  /// `sums[offset + c] = Σᵣ dy[r,c]·(x[r,c] - mean[c])·invStd[c]`
  void gradientProducts(
      int from,
      int to,
      int channels,
      float[] x,
      float[] mean,
      float[] invStd,
      float[] dy,
      float[] sums,
      int offset);

  /// `dx[r,c] += scale[c]·(dy[r,c] - meanDy[c] - (x[r,c] - mean[c])·slope[c])`, innermost first.
  void inputGradient(
      int from,
      int to,
      int channels,
      float[] x,
      float[] mean,
      float[] scale,
      float[] meanDy,
      float[] slope,
      float[] dy,
      float[] dx);
}

package legible.kernel.loops;

import legible.kernel.Activation;

/// The single-threaded loops behind [legible.kernel.Normalization], over the rows `[from, to)`; each
/// twin implements them. Sums start from zero with r ascending.
public interface NormalizationLoops {
  /// Three rows of `channels` sums each, from offset:
  ///
  /// ```
  ///  pivot[c] = (Σᵣ x[r,c]) / (to - from)
  ///  deviations[c] = Σᵣ (x[r,c] - pivot[c])      squares[c] = Σᵣ fma(x - pivot, x - pivot, ·)
  /// ```
  void statistics(int from, int to, int channels, float[] x, float[] sums, int offset);

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

  /// Two rows of `channels` sums each, from offset: `Σᵣ dy[r,c]` and
  /// `Σᵣ fma(dy[r,c], (x[r,c] - mean[c])·invStd[c], ·)`.
  void gradientSums(
      int from,
      int to,
      int channels,
      float[] x,
      float[] mean,
      float[] invStd,
      float[] dy,
      float[] sums,
      int offset);

  /// `dx[r,c] = fma(scale[c], fma(mean[c] - x[r,c], slope[c], dy[r,c] - meanDy[c]), dx[r,c])`
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

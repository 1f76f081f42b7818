package legible.kernel;

import legible.kernel.loops.NormalizationLoops;

/// The loops of batch normalisation over a matrix `[rows, channels]`: all axes but the last are
/// rows. Sums over rows are cut into chunks fixed by the shape and added in order.
public final class Normalization {
  private final Parallel parallel;
  private final NormalizationLoops loops;

  Normalization(Parallel parallel, NormalizationLoops loops) {
    this.parallel = parallel;
    this.loops = loops;
  }

  /// `mean[c] = (1/R) Σᵣ x[r,c]` and `variance[c] = (1/R) Σᵣ (x[r,c] - mean[c])²`, in two passes:
  /// the one-pass form `E[x²]-E[x]²` cancels.
  public void statistics(int rows, int channels, float[] x, float[] mean, float[] variance) {
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
  }
}

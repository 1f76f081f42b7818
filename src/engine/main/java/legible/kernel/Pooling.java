package legible.kernel;

import legible.kernel.loops.PoolingLoops;

/// Maximum and average over windows of channels-last images.
public final class Pooling {
  private final Parallel parallel;
  private final PoolingLoops loops;

  Pooling(Parallel parallel, PoolingLoops loops) {
    this.parallel = parallel;
    this.loops = loops;
  }

  /// `y[n,oh,ow,c] = max x` over the window's positions inside the image; `index` remembers which
  /// position won: `kh·kW + kw` as a float, the first one in (kh, kw) order among equals. A NaN in
  /// the window gives NaN (the first NaN wins).
  ///
  /// @param x `[N,H,W,C]`, not modified
  /// @param y `[N,outH,outW,C]`, set
  /// @param index `[N,outH,outW,C]`, set
  public void maxForward(Window window, float[] x, float[] y, float[] index) {
    throw new UnsupportedOperationException();
  }

  /// The same without the memory of the winner, for inference.
  public void maxForward(Window window, float[] x, float[] y) {
    throw new UnsupportedOperationException();
  }

  /// `dx[winner of (n,oh,ow,c)] += dy[n,oh,ow,c]`, windows in (oh, ow) ascending order.
  public void maxBackward(Window window, float[] dy, float[] index, float[] dx) {
    throw new UnsupportedOperationException();
  }

  /// `y[n,oh,ow,c] = (1/count) Σ x` over the window's positions inside the image, in (kh, kw) order;
  /// count is the number of those positions.
  public void averageForward(Window window, float[] x, float[] y) {
    throw new UnsupportedOperationException();
  }

  /// `dx[n,h,w,c] += dy[n,oh,ow,c] / count` for each window that sees (h, w), in (oh, ow) order.
  public void averageBackward(Window window, float[] dy, float[] dx) {
    throw new UnsupportedOperationException();
  }
}

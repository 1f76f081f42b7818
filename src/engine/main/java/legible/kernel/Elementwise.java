package legible.kernel;

import legible.kernel.loops.ElementwiseLoops;

/// Loops over corresponding elements, and sums over the rows of a matrix. `n` elements from the
/// start of each array.
public final class Elementwise {
  private final Parallel parallel;
  private final ElementwiseLoops loops;

  Elementwise(Parallel parallel, ElementwiseLoops loops) {
    this.parallel = parallel;
    this.loops = loops;
  }

  /// `y[i] = f(a[i] + b[i])`
  public void add(int n, float[] a, float[] b, Activation f, float[] y) {
    throw new UnsupportedOperationException();
  }

  /// `y[i] += x[i]`
  public void accumulate(int n, float[] x, float[] y) {
    throw new UnsupportedOperationException();
  }

  /// `y[i] = x[i]·scale[i]`
  public void multiply(int n, float[] x, float[] scale, float[] y) {
    throw new UnsupportedOperationException();
  }

  /// `y[i] = fma(x[i], scale[i], y[i])`
  public void accumulateProduct(int n, float[] x, float[] scale, float[] y) {
    throw new UnsupportedOperationException();
  }

  /// `y[i] = fma(factor, x[i], y[i])`
  public void accumulateScaled(int n, float factor, float[] x, float[] y) {
    throw new UnsupportedOperationException();
  }

  /// `y[i] = factor·(a[i] - b[i])`
  public void scaledDifference(int n, float factor, float[] a, float[] b, float[] y) {
    throw new UnsupportedOperationException();
  }

  /// `y[i] = max(x[i], 0)` as [Activation#RELU] defines it.
  public void relu(int n, float[] x, float[] y) {
    throw new UnsupportedOperationException();
  }

  /// `dz[i] = dy[i] if y[i] > 0, else 0`: the gradient before a ReLU from its output. Set.
  public void reluGradient(int n, float[] y, float[] dy, float[] dz) {
    throw new UnsupportedOperationException();
  }

  /// `sums[c] += Σᵣ x[r,c]`: rows in chunks fixed by the shape, each from zero with r ascending,
  /// chunks added in order. The gradient of a bias.
  public void sumRows(int rows, int columns, float[] x, float[] sums) {
    throw new UnsupportedOperationException();
  }

  /// `Σᵢ x[i]²` in double precision, over chunks fixed by n, added in order.
  public double sumOfSquares(int n, float[] x) {
    throw new UnsupportedOperationException();
  }

  /// The inverted-dropout mask: `mask[i] = 0` with probability rate, else `1/(1-rate)`. Element i is
  /// a function of (key, i) alone.
  public void dropoutMask(int n, float rate, long key, float[] mask) {
    throw new UnsupportedOperationException();
  }
}

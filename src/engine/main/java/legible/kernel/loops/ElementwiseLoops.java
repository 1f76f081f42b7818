package legible.kernel.loops;

import legible.kernel.Activation;

/// The single-threaded loops behind [legible.kernel.Elementwise], mostly over the elements `[from, to)`;
/// each twin implements them.
public interface ElementwiseLoops {
  /// `y[yStart + i] = f(a[aStart + i] + b[bStart + i])` for i in `[0, count)`; y may be a or b, from the
  /// same element on.
  void add(
      int count, float[] a, int aStart, float[] b, int bStart, Activation f, float[] y, int yStart);

  /// `y[i] += x[i]`
  void accumulate(int from, int to, float[] x, float[] y);

  /// `y[i] = x[i]·scale[i]`
  void multiply(int from, int to, float[] x, float[] scale, float[] y);

  /// `y[i] = fma(x[i], scale[i], y[i])`
  void accumulateProduct(int from, int to, float[] x, float[] scale, float[] y);

  /// `y[i] = fma(factor, x[i], y[i])`
  void accumulateScaled(int from, int to, float factor, float[] x, float[] y);

  /// `y[i] = factor·(a[i] - b[i])`
  void scaledDifference(int from, int to, float factor, float[] a, float[] b, float[] y);

  /// `y[i] = max(x[i], 0)`
  void relu(int from, int to, float[] x, float[] y);

  /// `dz[i] = dy[i] if y[i] > 0, else 0`
  void reluGradient(int from, int to, float[] y, float[] dy, float[] dz);

  /// `sums[offset + c] = Σᵣ x[r,c]` over the rows `[from, to)`, from zero with r ascending.
  void sumRows(int from, int to, int columns, float[] x, float[] sums, int offset);

  /// `Σᵢ x[i]²` in double precision, as [legible.kernel.Elementwise#sumOfSquares] says of a chunk.
  double sumOfSquares(int from, int to, float[] x);

  /// `mask[i] = 0` where [legible.kernel.RandomBits] of (key, i) are below the threshold of rate, else
  /// `1/(1-rate)`.
  void dropoutMask(int from, int to, float rate, long key, float[] mask);
}

package legible.kernel.loops;

/// The single-threaded loops behind [legible.kernel.Softmax], one row of n classes at a time; each
/// twin implements them. Sums start from zero with k ascending.
public interface SoftmaxLoops {
  /// The largest of `x[offset..offset+n)`; NaN if one is NaN.
  float maximum(int n, float[] x, int offset);

  /// `y[offset + k] = x[offset + k] - maximum`
  void subtract(int n, float[] x, int offset, float maximum, float[] y);

  /// `y[offset + k] = exp(y[offset + k])`, see [legible.kernel.Elementary#exp], of arguments that are
  /// at most 0 or NaN.
  void exponentials(int n, float[] y, int offset);

  /// `Σₖ x[offset + k]`
  float sum(int n, float[] x, int offset);

  /// `y[offset + k] = y[offset + k] / divisor`
  void divide(int n, float[] y, int offset, float divisor);

  /// `Σₖ fma(-t[offset + k], (z[offset + k] - maximum) - logSum, ·)`
  float loss(int n, float[] z, float[] t, int offset, float maximum, float logSum);

  /// `dz[offset + k] = fma(factor, fma(p[offset + k], sum, -t[offset + k]), dz[offset + k])`
  void gradient(int n, float factor, float sum, float[] p, float[] t, int offset, float[] dz);
}

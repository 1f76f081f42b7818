package legible.kernel.loops;

/// The single-threaded loops behind [legible.kernel.Softmax], one row at a time; each twin implements
/// them. Sums over classes are one chain, k ascending.
public interface SoftmaxLoops {
  /// The largest of `x[offset..offset+n)`; NaN if one is NaN.
  float maximum(int n, float[] x, int offset);

  /// `y[offset + k] = exp(x[offset + k] - maximum)`, see [legible.kernel.Elementary#exp].
  void exponentials(int n, float[] x, int offset, float maximum, float[] y);

  /// `y[offset + k] = y[offset + k] / divisor`
  void divide(int n, float[] y, int offset, float divisor);
}

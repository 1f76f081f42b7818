package legible.kernel;

import legible.kernel.loops.GemmLoops;

/// Matrix products on dense row-major arrays: `C += op(A)·op(B)` and the dense layer.
///
/// Every output is one chain `acc = fma(a, b, acc)` with p ascending, which starts from the value
/// that C holds (or from the bias). Shapes are checked by the callers; arrays are not aliased.
public final class Gemm {
  private final Parallel parallel;
  private final GemmLoops loops;

  Gemm(Parallel parallel, GemmLoops loops) {
    this.parallel = parallel;
    this.loops = loops;
  }

  /// `c[i,j] += Σₚ a[i,p]·b[p,j]`
  ///
  /// @param m rows of C, >= 0
  /// @param n columns of C, >= 0
  /// @param k length of the sums, >= 0
  /// @param a `[m,k]` from aOffset, not modified
  /// @param b `[k,n]` from bOffset, not modified
  /// @param c `[m,n]` from cOffset, modified
  public void gemm(
      int m, int n, int k, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset) {
    throw new UnsupportedOperationException();
  }

  /// `c[i,j] += Σₚ a[p,i]·b[p,j]`: A is stored transposed, as `[k,m]`.
  public void gemmTransA(
      int m, int n, int k, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset) {
    throw new UnsupportedOperationException();
  }

  /// `c[i,j] += Σₚ a[i,p]·b[j,p]`: B is stored transposed, as `[n,k]`.
  public void gemmTransB(
      int m, int n, int k, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset) {
    throw new UnsupportedOperationException();
  }

  /// `y[i,j] = f(bias[j] + Σₚ x[i,p]·w[p,j])`: a dense layer with its activation.
  ///
  /// @param x `[m,k]`, not modified
  /// @param w `[k,n]`, not modified
  /// @param bias `[n]`, not modified
  /// @param y `[m,n]`, set
  public void dense(
      int m, int n, int k, float[] x, float[] w, float[] bias, Activation activation, float[] y) {
    throw new UnsupportedOperationException();
  }
}

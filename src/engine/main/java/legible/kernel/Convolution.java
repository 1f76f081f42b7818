package legible.kernel;

import legible.kernel.loops.ConvolutionLoops;

/// Two-dimensional convolution (cross-correlation, as every deep-learning library has it) on
/// channels-last images, without an im2col matrix.
///
/// ```
///  y[n,oh,ow,o] = f(bias[o] + Σ_kh Σ_kw Σ_c x[n, oh·s-pt+kh, ow·s-pl+kw, c] · w[kh,kw,c,o])
/// ```
public final class Convolution {
  private final Parallel parallel;
  private final ConvolutionLoops loops;

  Convolution(Parallel parallel, ConvolutionLoops loops) {
    this.parallel = parallel;
    this.loops = loops;
  }

  /// The formula above. One fma chain per output, from bias[o], over (kh, kw, c) ascending; positions
  /// in the padding are left out of the chain.
  ///
  /// @param x `[N,H,W,C]`, not modified
  /// @param w `[kH,kW,C,O]`, not modified
  /// @param bias `[O]`, not modified
  /// @param y `[N,outH,outW,O]`, set
  public void forward(
      Window window, int outChannels, float[] x, float[] w, float[] bias, Activation f, float[] y) {
    throw new UnsupportedOperationException();
  }

  /// `dx[n,h,w,c] += Σ_kh Σ_kw Σ_o dz[n,oh,ow,o] · w[kh,kw,c,o]` over the windows that see (h, w).
  ///
  /// One chain per element of dx from the value found there, over (kh, kw, o) ascending.
  ///
  /// @param dz `[N,outH,outW,O]`, gradient before the activation, not modified
  /// @param w `[kH,kW,C,O]`, not modified
  /// @param dx `[N,H,W,C]`, modified
  public void inputGradient(Window window, int outChannels, float[] dz, float[] w, float[] dx) {
    throw new UnsupportedOperationException();
  }

  /// `dw[kh,kw,c,o] += Σ_n Σ_oh Σ_ow x[n, oh·s-pt+kh, ow·s-pl+kw, c] · dz[n,oh,ow,o]`
  ///
  /// The batch is cut into chunks fixed by the shapes alone; within a chunk one chain over
  /// (n, oh, ow) ascending from zero, and the chunks' sums are added to dw in order.
  ///
  /// @param x `[N,H,W,C]`, not modified
  /// @param dz `[N,outH,outW,O]`, not modified
  /// @param dw `[kH,kW,C,O]`, modified
  public void weightGradient(Window window, int outChannels, float[] x, float[] dz, float[] dw) {
    throw new UnsupportedOperationException();
  }
}

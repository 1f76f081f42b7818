package legible.kernel;

import legible.kernel.loops.SoftmaxLoops;

/// Softmax and cross-entropy over the rows of a matrix `[rows, classes]`.
public final class Softmax {
  private final Parallel parallel;
  private final SoftmaxLoops loops;

  Softmax(Parallel parallel, SoftmaxLoops loops) {
    this.parallel = parallel;
    this.loops = loops;
  }

  /// `p[r,k] = exp(z[r,k] - maxₖ z[r,·]) / Σⱼ exp(z[r,j] - max)`; subtracting the maximum prevents
  /// the overflow of exp(89).
  public void softmax(int rows, int classes, float[] logits, float[] probabilities) {
    throw new UnsupportedOperationException();
  }

  /// `loss[r] = -Σₖ t[r,k]·(z[r,k] - max - log Σⱼ exp(z[r,j] - max))`, and the probabilities as
  /// [#softmax] gives them.
  public void crossEntropy(
      int rows, int classes, float[] logits, float[] targets, float[] probabilities, float[] loss) {
    throw new UnsupportedOperationException();
  }

  /// `dz[r,k] += factor·(p[r,k]·Σⱼ t[r,j] - t[r,k])`
  public void crossEntropyGradient(
      int rows,
      int classes,
      float factor,
      float[] probabilities,
      float[] targets,
      float[] dlogits) {
    throw new UnsupportedOperationException();
  }
}

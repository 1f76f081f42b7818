package legible.kernel;

import legible.kernel.loops.SoftmaxLoops;

/// Softmax and cross-entropy over the rows of a matrix `[rows, classes]`.
public final class Softmax {
  /// Elements of one task: some microseconds of exponentials, so that handing it over pays.
  private static final int CHUNK = 1 << 12;

  private final Parallel parallel;
  private final SoftmaxLoops loops;

  Softmax(Parallel parallel, SoftmaxLoops loops) {
    this.parallel = parallel;
    this.loops = loops;
  }

  /// `p[r,k] = exp(z[r,k] - maxₖ z[r,·]) / Σⱼ exp(z[r,j] - max)`; subtracting the maximum prevents
  /// the overflow of exp(89).
  public void softmax(int rows, int classes, float[] logits, float[] probabilities) {
    parallel.run(
        chunks(rows, classes),
        (chunk, worker) -> {
          for (int r = from(chunk, classes); r < to(chunk, rows, classes); r++) {
            row(classes, logits, r * classes, probabilities);
          }
        });
  }

  /// `loss[r] = -Σₖ t[r,k]·(z[r,k] - max - log Σⱼ exp(z[r,j] - max))`, and the probabilities as
  /// [#softmax] gives them.
  public void crossEntropy(
      int rows, int classes, float[] logits, float[] targets, float[] probabilities, float[] loss) {
    parallel.run(
        chunks(rows, classes),
        (chunk, worker) -> {
          for (int r = from(chunk, classes); r < to(chunk, rows, classes); r++) {
            int offset = r * classes;
            float maximum = loops.maximum(classes, logits, offset);
            float logSum = Elementary.log(row(classes, logits, offset, probabilities));
            float sum = 0;
            for (int k = offset; k < offset + classes; k++) {
              sum = Math.fma(-targets[k], logits[k] - maximum - logSum, sum);
            }
            loss[r] = sum;
          }
        });
  }

  /// `dz[r,k] += factor·(p[r,k]·Σⱼ t[r,j] - t[r,k])`
  public void crossEntropyGradient(
      int rows,
      int classes,
      float factor,
      float[] probabilities,
      float[] targets,
      float[] dlogits) {
    for (int r = 0; r < rows; r++) {
      float sum = 0;
      for (int k = r * classes; k < (r + 1) * classes; k++) {
        sum += targets[k];
      }
      for (int k = r * classes; k < (r + 1) * classes; k++) {
        dlogits[k] = Math.fma(factor, Math.fma(probabilities[k], sum, -targets[k]), dlogits[k]);
      }
    }
  }

  /// One row's probabilities; gives the sum of the exponentials.
  private float row(int classes, float[] logits, int offset, float[] probabilities) {
    loops.exponentials(
        classes, logits, offset, loops.maximum(classes, logits, offset), probabilities);
    float sum = 0;
    for (int k = offset; k < offset + classes; k++) {
      sum += probabilities[k];
    }
    loops.divide(classes, probabilities, offset, sum);
    return sum;
  }

  private static int rowsPerChunk(int classes) {
    return Math.max(1, CHUNK / Math.max(1, classes));
  }

  private static int chunks(int rows, int classes) {
    return Math.ceilDiv(rows, rowsPerChunk(classes));
  }

  private static int from(int chunk, int classes) {
    return chunk * rowsPerChunk(classes);
  }

  private static int to(int chunk, int rows, int classes) {
    return Math.min(rows, from(chunk + 1, classes));
  }
}

package legible.kernel;

import legible.kernel.loops.SoftmaxLoops;

/// Softmax and cross-entropy over the rows of a matrix `[rows, classes]`.
///
/// A sum over classes is one chain from zero, k ascending: there are few classes, and their
/// exponentials cost more.
///
/// A NaN in a row makes all of its outputs NaN, and so does a row whose maximum is infinite: no
/// number is left of `∞ - ∞`. One logit of -∞ is a class of probability 0.
public final class Softmax {
  /// Elements of one task: some microseconds of exponentials, so that handing it over pays.
  private static final int CHUNK = 1 << 12;

  private final Parallel parallel;
  private final SoftmaxLoops loops;

  private final Parallel.Task softmax = this::softmax;
  private final Parallel.Task crossEntropy = this::crossEntropy;
  private final Parallel.Task gradient = this::gradient;

  /// The job at hand, in fields so that a call allocates nothing.
  private int rows;

  private int classes;
  private float factor;
  private float[] logits;
  private float[] targets;
  private float[] probabilities;
  private float[] loss;
  private float[] dlogits;

  Softmax(Parallel parallel, SoftmaxLoops loops) {
    this.parallel = parallel;
    this.loops = loops;
  }

  /// `p[r,k] = exp(z[r,k] - maxₖ z[r,·]) / Σⱼ exp(z[r,j] - max)`; subtracting the maximum prevents
  /// the overflow of exp(89).
  ///
  /// @param logits z, `[rows, classes]`, not modified
  /// @param probabilities p, `[rows, classes]`, set
  public void softmax(int rows, int classes, float[] logits, float[] probabilities) {
    this.logits = logits;
    this.probabilities = probabilities;
    run(rows, classes, softmax);
  }

  /// `loss[r] = -Σₖ t[r,k]·(z[r,k] - max - log Σⱼ exp(z[r,j] - max))`, in nats, and the probabilities
  /// as [#softmax] gives them.
  ///
  /// @param logits z, `[rows, classes]`, not modified
  /// @param targets t, `[rows, classes]`, not modified
  /// @param probabilities p, `[rows, classes]`, set
  /// @param loss `[rows]`, set
  public void crossEntropy(
      int rows, int classes, float[] logits, float[] targets, float[] probabilities, float[] loss) {
    this.logits = logits;
    this.targets = targets;
    this.probabilities = probabilities;
    this.loss = loss;
    run(rows, classes, crossEntropy);
  }

  /// `dz[r,k] += factor·(p[r,k]·Σⱼ t[r,j] - t[r,k])`, computed as
  /// `fma(factor, fma(p, Σt, -t), dz)`.
  ///
  /// @param probabilities p, `[rows, classes]`, not modified
  /// @param targets t, `[rows, classes]`, not modified
  /// @param dlogits dz, `[rows, classes]`, modified
  public void crossEntropyGradient(
      int rows,
      int classes,
      float factor,
      float[] probabilities,
      float[] targets,
      float[] dlogits) {
    this.factor = factor;
    this.probabilities = probabilities;
    this.targets = targets;
    this.dlogits = dlogits;
    run(rows, classes, gradient);
  }

  private void run(int rows, int classes, Parallel.Task task) {
    this.rows = rows;
    this.classes = classes;
    parallel.run(Math.ceilDiv(rows, rowsPerChunk()), task);
  }

  private void softmax(int chunk, int worker) {
    int start = start(chunk);
    int end = end(chunk);
    for (int r = start; r < end; r++) {
      float maximum = loops.maximum(classes, logits, r * classes);
      loops.subtract(classes, logits, r * classes, maximum, probabilities);
    }
    // All rows at once: ten classes alone would not fill the vectors.
    loops.exponentials((end - start) * classes, probabilities, start * classes);
    for (int r = start; r < end; r++) {
      float sum = loops.sum(classes, probabilities, r * classes);
      loops.divide(classes, probabilities, r * classes, sum);
    }
  }

  private void crossEntropy(int chunk, int worker) {
    int start = start(chunk);
    int end = end(chunk);
    for (int r = start; r < end; r++) {
      loss[r] = loops.maximum(classes, logits, r * classes); // for now
      loops.subtract(classes, logits, r * classes, loss[r], probabilities);
    }
    loops.exponentials((end - start) * classes, probabilities, start * classes);
    for (int r = start; r < end; r++) {
      int offset = r * classes;
      float sum = loops.sum(classes, probabilities, offset);
      loops.divide(classes, probabilities, offset, sum);
      loss[r] = loops.loss(classes, logits, targets, offset, loss[r], Elementary.log(sum));
    }
  }

  private void gradient(int chunk, int worker) {
    for (int r = start(chunk); r < end(chunk); r++) {
      int offset = r * classes;
      float sum = loops.sum(classes, targets, offset);
      loops.gradient(classes, factor, sum, probabilities, targets, offset, dlogits);
    }
  }

  private int rowsPerChunk() {
    return Math.max(1, CHUNK / Math.max(1, classes));
  }

  private int start(int chunk) {
    return chunk * rowsPerChunk();
  }

  private int end(int chunk) {
    return Math.min(rows, start(chunk) + rowsPerChunk());
  }
}

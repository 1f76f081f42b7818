package legible.kernel;

import legible.kernel.loops.ElementwiseLoops;

/// Loops over corresponding elements, and sums over the rows of a matrix. `n` elements from the
/// start of each array.
public final class Elementwise {
  /// Elements of one task: some microseconds of work, so that handing it over pays.
  private static final int CHUNK = 1 << 14;

  private final Parallel parallel;
  private final ElementwiseLoops loops;
  private float[] partials = {};

  Elementwise(Parallel parallel, ElementwiseLoops loops) {
    this.parallel = parallel;
    this.loops = loops;
  }

  /// `y[i] = f(a[i] + b[i])`
  public void add(int n, float[] a, float[] b, Activation f, float[] y) {
    parallel.run(chunks(n), (chunk, worker) -> loops.add(from(chunk), to(chunk, n), a, b, f, y));
  }

  /// `y[i] += x[i]`
  public void accumulate(int n, float[] x, float[] y) {
    parallel.run(chunks(n), (chunk, worker) -> loops.accumulate(from(chunk), to(chunk, n), x, y));
  }

  /// `y[i] = x[i]·scale[i]`
  public void multiply(int n, float[] x, float[] scale, float[] y) {
    parallel.run(
        chunks(n), (chunk, worker) -> loops.multiply(from(chunk), to(chunk, n), x, scale, y));
  }

  /// `y[i] = fma(x[i], scale[i], y[i])`
  public void accumulateProduct(int n, float[] x, float[] scale, float[] y) {
    parallel.run(
        chunks(n),
        (chunk, worker) -> loops.accumulateProduct(from(chunk), to(chunk, n), x, scale, y));
  }

  /// `y[i] = fma(factor, x[i], y[i])`
  public void accumulateScaled(int n, float factor, float[] x, float[] y) {
    parallel.run(
        chunks(n),
        (chunk, worker) -> loops.accumulateScaled(from(chunk), to(chunk, n), factor, x, y));
  }

  /// `y[i] = factor·(a[i] - b[i])`
  public void scaledDifference(int n, float factor, float[] a, float[] b, float[] y) {
    parallel.run(
        chunks(n),
        (chunk, worker) -> loops.scaledDifference(from(chunk), to(chunk, n), factor, a, b, y));
  }

  /// `y[i] = max(x[i], 0)` as [Activation#RELU] defines it.
  public void relu(int n, float[] x, float[] y) {
    parallel.run(chunks(n), (chunk, worker) -> loops.relu(from(chunk), to(chunk, n), x, y));
  }

  /// `dz[i] = dy[i] if y[i] > 0, else 0`: the gradient before a ReLU from its output. Set.
  public void reluGradient(int n, float[] y, float[] dy, float[] dz) {
    parallel.run(
        chunks(n), (chunk, worker) -> loops.reluGradient(from(chunk), to(chunk, n), y, dy, dz));
  }

  /// `sums[c] += Σᵣ x[r,c]`: rows in chunks fixed by the shape, each from zero with r ascending,
  /// chunks added in order. The gradient of a bias.
  public void sumRows(int rows, int columns, float[] x, float[] sums) {
    int rowsPerChunk = Math.max(1, CHUNK / Math.max(1, columns));
    int chunks = Math.ceilDiv(rows, rowsPerChunk);
    float[] partial = partials(chunks * columns);
    parallel.run(
        chunks,
        (chunk, worker) -> {
          int from = chunk * rowsPerChunk;
          int to = Math.min(from + rowsPerChunk, rows);
          loops.sumRows(from, to, columns, x, partial, chunk * columns);
        });
    for (int i = 0; i < chunks * columns; i++) {
      sums[i % columns] += partial[i];
    }
  }

  /// `Σᵢ x[i]²` in double precision, over chunks fixed by n, added in order.
  public double sumOfSquares(int n, float[] x) {
    double sum = 0;
    for (int chunk = 0; chunk < chunks(n); chunk++) {
      sum += loops.sumOfSquares(from(chunk), to(chunk, n), x);
    }
    return sum;
  }

  /// The inverted-dropout mask: `mask[i] = 0` with probability rate, else `1/(1-rate)`. Element i is
  /// a function of (key, i) alone.
  public void dropoutMask(int n, float rate, long key, float[] mask) {
    int folded = (int) (key ^ (key >>> 32));
    parallel.run(
        chunks(n),
        (chunk, worker) -> loops.dropoutMask(from(chunk), to(chunk, n), rate, folded, mask));
  }

  private static int chunks(int n) {
    return Math.ceilDiv(n, CHUNK);
  }

  private static int from(int chunk) {
    return chunk * CHUNK;
  }

  private static int to(int chunk, int n) {
    return Math.min(n, from(chunk) + CHUNK);
  }

  private float[] partials(int size) {
    if (partials.length < size) {
      partials = new float[size];
    }
    return partials;
  }
}

package legible.kernel;

import java.util.Arrays;
import legible.kernel.loops.ElementwiseLoops;

/// Loops over corresponding elements, and sums over the rows of a matrix. `n` elements from the
/// start of each array.
///
/// Outputs may be the very arrays of inputs. Where an output is NaN, any NaN is meant: its payload is
/// the hardware's choice.
public final class Elementwise {
  private final Parallel parallel;
  private final ElementwiseLoops loops;

  private final Parallel.Task add = this::add;
  private final Parallel.Task zero = this::zero;
  private final Parallel.Task accumulate = this::accumulate;
  private final Parallel.Task multiply = this::multiply;
  private final Parallel.Task accumulateProduct = this::accumulateProduct;
  private final Parallel.Task accumulateScaled = this::accumulateScaled;
  private final Parallel.Task scaledDifference = this::scaledDifference;
  private final Parallel.Task relu = this::relu;
  private final Parallel.Task reluGradient = this::reluGradient;
  private final Parallel.Task sumRows = this::sumRows;
  private final Parallel.Task reluGradientAndSums = this::reluGradientAndSums;
  private final Parallel.Task sumOfSquares = this::sumOfSquares;
  private final Parallel.Task dropoutMask = this::dropoutMask;

  /// The job at hand, in fields so that a call allocates nothing: `y` from `a` and `b`.
  private int n;

  private int columns;
  private float[] a;
  private float[] b;
  private float[] y;
  private float factor;
  private long key;
  private Activation activation;
  private float[] rowSums = {};
  private double[] squares = {};

  Elementwise(Parallel parallel, ElementwiseLoops loops) {
    this.parallel = parallel;
    this.loops = loops;
  }

  /// `y[i] = f(a[i] + b[i])`
  public void add(int n, float[] a, float[] b, Activation f, float[] y) {
    activation = f;
    run(n, a, b, y, add);
  }

  /// `y[i] = 0`
  public void zero(int n, float[] y) {
    run(n, y, y, y, zero);
  }

  /// `y[i] += x[i]`
  public void accumulate(int n, float[] x, float[] y) {
    run(n, x, x, y, accumulate);
  }

  /// `y[i] = x[i]·scale[i]`
  public void multiply(int n, float[] x, float[] scale, float[] y) {
    run(n, x, scale, y, multiply);
  }

  /// `y[i] = fma(x[i], scale[i], y[i])`
  public void accumulateProduct(int n, float[] x, float[] scale, float[] y) {
    run(n, x, scale, y, accumulateProduct);
  }

  /// `y[i] = fma(factor, x[i], y[i])`
  public void accumulateScaled(int n, float factor, float[] x, float[] y) {
    this.factor = factor;
    run(n, x, x, y, accumulateScaled);
  }

  /// `y[i] = factor·(a[i] - b[i])`
  public void scaledDifference(int n, float factor, float[] a, float[] b, float[] y) {
    this.factor = factor;
    run(n, a, b, y, scaledDifference);
  }

  /// `y[i] = max(x[i], 0)` as [Activation#RELU] defines it.
  public void relu(int n, float[] x, float[] y) {
    run(n, x, x, y, relu);
  }

  /// `dz[i] = dy[i] if y[i] > 0, else 0`: the gradient before a ReLU from its output. dz is set; it may be
  /// dy.
  public void reluGradient(int n, float[] y, float[] dy, float[] dz) {
    run(n, y, dy, dz, reluGradient);
  }

  /// `sums[c] += Σᵣ x[r,c]`: rows in chunks fixed by the shape (of 16,384 elements, or of 32 rows if
  /// that is more), each from zero with r ascending, chunks added in order. The gradient of a bias.
  public void sumRows(int rows, int columns, float[] x, float[] sums) {
    sumChunks(rows, columns, x, x, sums, sumRows);
  }

  /// [#reluGradient] where dy stands, and [#sumRows] of what it becomes: the same bits. A chunk is summed
  /// while it is in the second-level cache.
  public void reluGradientAndSums(int rows, int columns, float[] y, float[] dy, float[] sums) {
    sumChunks(rows, columns, y, dy, sums, reluGradientAndSums);
  }

  /// `Σᵢ x[i]²` in double precision, in which a float's square is exact.
  ///
  /// Chunks of 16,384 elements are added in order. Within a chunk there are eight sums: element i goes
  /// to sum i mod 8, those behind the last whole eight to sum 0; the eight are added as
  /// `((0+4)+(2+6)) + ((1+5)+(3+7))`.
  public double sumOfSquares(int n, float[] x) {
    int chunks = Chunks.count(n);
    if (squares.length < chunks) {
      squares = new double[chunks];
    }
    run(n, x, x, x, sumOfSquares);
    double sum = 0;
    for (int chunk = 0; chunk < chunks; chunk++) {
      sum += squares[chunk];
    }
    return sum;
  }

  /// The inverted-dropout mask: `mask[i] = 0` with probability rate, else `1/(1-rate)`. Element i is
  /// a function of (key, i) alone, see [RandomBits].
  ///
  /// @param rate in [0, 1)
  public void dropoutMask(int n, float rate, long key, float[] mask) {
    this.factor = rate;
    this.key = key;
    run(n, mask, mask, mask, dropoutMask);
  }

  private void run(int n, float[] a, float[] b, float[] y, Parallel.Task task) {
    this.n = n;
    this.a = a;
    this.b = b;
    this.y = y;
    parallel.run(Chunks.count(n), task);
  }

  private void sumChunks(
      int rows, int columns, float[] a, float[] b, float[] sums, Parallel.Task task) {
    int chunks = Math.ceilDiv(rows, Chunks.rows(columns));
    if (rowSums.length < chunks * columns) {
      rowSums = new float[chunks * columns];
    }
    this.n = rows;
    this.columns = columns;
    this.a = a;
    this.b = b;
    parallel.run(chunks, task);
    for (int chunk = 0; chunk < chunks; chunk++) {
      for (int c = 0; c < columns; c++) {
        sums[c] += rowSums[chunk * columns + c];
      }
    }
  }

  private void add(int chunk, int worker) {
    int from = Chunks.from(chunk);
    loops.add(Chunks.to(chunk, n) - from, a, from, b, from, activation, y, from);
  }

  private void zero(int chunk, int worker) {
    Arrays.fill(y, Chunks.from(chunk), Chunks.to(chunk, n), 0f);
  }

  private void accumulate(int chunk, int worker) {
    loops.accumulate(Chunks.from(chunk), Chunks.to(chunk, n), a, y);
  }

  private void multiply(int chunk, int worker) {
    loops.multiply(Chunks.from(chunk), Chunks.to(chunk, n), a, b, y);
  }

  private void accumulateProduct(int chunk, int worker) {
    loops.accumulateProduct(Chunks.from(chunk), Chunks.to(chunk, n), a, b, y);
  }

  private void accumulateScaled(int chunk, int worker) {
    loops.accumulateScaled(Chunks.from(chunk), Chunks.to(chunk, n), factor, a, y);
  }

  private void scaledDifference(int chunk, int worker) {
    loops.scaledDifference(Chunks.from(chunk), Chunks.to(chunk, n), factor, a, b, y);
  }

  private void relu(int chunk, int worker) {
    loops.relu(Chunks.from(chunk), Chunks.to(chunk, n), a, y);
  }

  private void reluGradient(int chunk, int worker) {
    loops.reluGradient(Chunks.from(chunk), Chunks.to(chunk, n), a, b, y);
  }

  private void sumRows(int chunk, int worker) {
    int size = Chunks.rows(columns);
    int from = chunk * size;
    loops.sumRows(from, Math.min(n, from + size), columns, b, rowSums, chunk * columns);
  }

  private void reluGradientAndSums(int chunk, int worker) {
    int size = Chunks.rows(columns);
    int from = chunk * size;
    loops.reluGradient(from * columns, Math.min(n, from + size) * columns, a, b, b);
    sumRows(chunk, worker);
  }

  private void sumOfSquares(int chunk, int worker) {
    squares[chunk] = loops.sumOfSquares(Chunks.from(chunk), Chunks.to(chunk, n), a);
  }

  private void dropoutMask(int chunk, int worker) {
    loops.dropoutMask(Chunks.from(chunk), Chunks.to(chunk, n), factor, key, y);
  }
}

package legible.kernel;

import legible.kernel.loops.GemmLoops;

/// Matrix products on dense row-major arrays: `C += op(A)·op(B)` and the dense layer.
///
/// Every output is one chain `acc = fma(a, b, acc)` with p ascending, which starts from the value
/// that C holds (or from the bias). Shapes are checked by the callers; arrays are not aliased.
public final class Gemm {
  /// Rows of B that are packed at a time: a panel of them stays in the first-level cache.
  private static final int BLOCK = 256;

  /// Rows of C of one task: what they need of A stays in the second-level cache.
  private static final int TASK_ROWS = 36;

  /// Columns of C of one task.
  private static final int TASK_COLUMNS = 64;

  private final Parallel parallel;
  private final GemmLoops loops;
  private final float[][] scratch;
  private float[] packed = {};

  Gemm(Parallel parallel, GemmLoops loops) {
    this.parallel = parallel;
    this.loops = loops;
    this.scratch = new float[parallel.threads()][loops.scratchSize()];
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
    product(m, n, k, a, aOffset, k, 1, b, bOffset, n, 1, c, cOffset, Activation.NONE);
  }

  /// `c[i,j] += Σₚ a[p,i]·b[p,j]`: A is stored transposed, as `[k,m]`.
  public void gemmTransA(
      int m, int n, int k, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset) {
    product(m, n, k, a, aOffset, 1, m, b, bOffset, n, 1, c, cOffset, Activation.NONE);
  }

  /// `c[i,j] += Σₚ a[i,p]·b[j,p]`: B is stored transposed, as `[n,k]`.
  public void gemmTransB(
      int m, int n, int k, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset) {
    product(m, n, k, a, aOffset, k, 1, b, bOffset, 1, k, c, cOffset, Activation.NONE);
  }

  /// `y[i,j] = f(bias[j] + Σₚ x[i,p]·w[p,j])`: a dense layer with its activation.
  ///
  /// @param x `[m,k]`, not modified
  /// @param w `[k,n]`, not modified
  /// @param bias `[n]`, not modified
  /// @param y `[m,n]`, set
  public void dense(
      int m, int n, int k, float[] x, float[] w, float[] bias, Activation activation, float[] y) {
    for (int i = 0; i < m; i++) {
      System.arraycopy(bias, 0, y, i * n, n);
    }
    product(m, n, k, x, 0, k, 1, w, 0, n, 1, y, 0, activation);
  }

  /// All variants: element `(i, p)` of A is `a[aOffset + i·aRow + p·aColumn]`, and B likewise.
  private void product(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      float[] b,
      int bOffset,
      int bRow,
      int bColumn,
      float[] c,
      int cOffset,
      Activation f) {
    if (m < loops.fewRows() && bColumn == 1) {
      parallel.run(
          Math.ceilDiv(n, TASK_COLUMNS),
          (task, worker) -> {
            int from = task * TASK_COLUMNS;
            int to = Math.min(n, from + TASK_COLUMNS);
            loops.rows(m, n, k, from, to, a, aOffset, aRow, aColumn, b, bOffset, c, cOffset, f);
          });
      return;
    }
    for (int p0 = 0; p0 < Math.max(1, k); p0 += BLOCK) {
      int length = Math.min(BLOCK, k - p0);
      pack(p0, length, n, b, bOffset, bRow, bColumn);
      Activation last = p0 + length == k ? f : Activation.NONE;
      multiply(m, n, length, a, aOffset + p0 * aColumn, aRow, aColumn, c, cOffset, last);
    }
  }

  /// Packs a block of rows of B into panels, a task each.
  private void pack(int p0, int k, int n, float[] b, int bOffset, int bRow, int bColumn) {
    int width = loops.panelWidth();
    int panels = Math.ceilDiv(n, width);
    if (packed.length < panels * width * k) {
      packed = new float[panels * width * k];
    }
    parallel.run(
        panels,
        (task, worker) ->
            loops.pack(
                p0, k, task * width, n, b, bOffset, bRow, bColumn, packed, task * width * k));
  }

  /// Multiplies a block of columns of A with the packed rows of B.
  private void multiply(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      float[] c,
      int cOffset,
      Activation f) {
    int width = loops.panelWidth();
    int rowTasks = Math.ceilDiv(m, TASK_ROWS);
    int panelsPerTask = Math.max(1, TASK_COLUMNS / width);
    int panels = Math.ceilDiv(n, width);
    parallel.run(
        rowTasks * Math.ceilDiv(panels, panelsPerTask),
        (task, worker) -> {
          int row = task % rowTasks * TASK_ROWS;
          int rows = Math.min(TASK_ROWS, m - row);
          int first = task / rowTasks * panelsPerTask;
          for (int panel = first; panel < Math.min(panels, first + panelsPerTask); panel++) {
            int column = panel * width;
            loops.panel(
                rows,
                Math.min(width, n - column),
                k,
                a,
                aOffset + row * aRow,
                aRow,
                aColumn,
                packed,
                column * k,
                c,
                cOffset + row * n + column,
                n,
                f,
                scratch[worker]);
          }
        });
  }
}

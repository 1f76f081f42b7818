package legible.kernel;

import legible.kernel.loops.GemmLoops;
import legible.kernel.loops.Panels;
import legible.kernel.loops.Product;

/// Matrix products on dense row-major arrays: `C += op(A)·op(B)` and the dense layer.
///
/// Every output is one chain `acc = fma(a, b, acc)` with p ascending, which starts from the value
/// that C holds (or from the bias). Shapes are checked by the callers; arrays are not aliased.
///
/// One of three ways is taken, by shape alone; the chains, and so the bits, are the same on each:
///
/// ```
///  few rows      B is read as it lies                 a task: some columns
///  some rows     a task packs the panels it uses      a task: some panels, all rows
///  many rows     B is packed first, then used         a task: a block of rows, some panels
/// ```
public final class Gemm {
  /// Multiplications below which a task is not worth the hand-off: about 10 µs of one thread.
  private static final long TASK_PRODUCTS = 1 << 19;

  /// The most rows for which each task packs the panels it uses; no twin's [GemmLoops#maxRows] is less.
  private static final int SOME_ROWS = 120;

  /// Elements of B below which the caller packs alone.
  private static final long ALONE = 1 << 15;

  /// Elements of B that are packed at a time (16 MB): B's columns are cut into parts of this size.
  private static final long PACKED_LIMIT = 1 << 22;

  /// Tasks of each thread to aim at where rows alone are too few: some, for threads of different
  /// speed. Each cut of the columns costs another preparation of the rows of A.
  private static final int TASKS = 8;

  /// Panels for which some rows of A are prepared at a time, if each thread gets so many: preparing them
  /// takes about as long as the products of one panel.
  private static final int WORTH_ROWS_PANELS = 8;

  /// The fewest columns for which a block of rows of A is worth its preparation.
  private static final int TASK_COLUMNS = 128;

  /// Panels that a task packs together, row by row of B.
  private static final int PACK_PANELS = 8;

  /// Columns of a task of few rows are a multiple of this: whole cache lines.
  private static final int FEW_ROWS_COLUMNS = 64;

  /// Elements of B from which it comes from memory and not from a cache: 4 MB.
  private static final long FAR = 1 << 20;

  /// The most rows for which such a B is read as it lies: its panels would be read in one walk, slower than
  /// all products are.
  private static final int FEW_ROWS_FAR = 8;

  private static final float[] NONE = {};

  private final Parallel parallel;
  private final GemmLoops[] loops;
  private final Product product = new Product();

  private final Parallel.Task rows = this::rows;
  private final Parallel.Task pack = this::pack;
  private final Parallel.Task multiply = this::multiply;

  /// How the product at hand is cut into tasks: columns (few rows) or rows of a task, panels of a
  /// task, panels to pack together, blocks of rows, end of the panels, and whether they are packed.
  private int taskColumns;

  private int taskRows;
  private int taskPanels;
  private int packPanels;
  private int rowBlocks;
  private int panelEnd;
  private boolean shared;

  /// Panels of the product at hand, and whether they are packed already.
  private float[] scratch = NONE;

  private boolean ready;

  Gemm(Parallel parallel, GemmLoops loops) {
    this.parallel = parallel;
    this.loops = new GemmLoops[parallel.threads()];
    for (int worker = 0; worker < this.loops.length; worker++) {
      this.loops[worker] = loops.forThread();
    }
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
    setA(a, aOffset, k, 1);
    setB(b, bOffset, n, 1);
    add(m, n, k, c, cOffset);
  }

  /// `c[i,j] += Σₚ a[p,i]·b[p,j]`: A is stored transposed.
  ///
  /// @param m rows of C, >= 0
  /// @param n columns of C, >= 0
  /// @param k length of the sums, >= 0
  /// @param a `[k,m]` from aOffset, not modified
  /// @param b `[k,n]` from bOffset, not modified
  /// @param c `[m,n]` from cOffset, modified
  public void gemmTransA(
      int m, int n, int k, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset) {
    setA(a, aOffset, 1, m);
    setB(b, bOffset, n, 1);
    add(m, n, k, c, cOffset);
  }

  /// `c[i,j] += Σₚ a[i,p]·b[j,p]`: B is stored transposed.
  ///
  /// @param m rows of C, >= 0
  /// @param n columns of C, >= 0
  /// @param k length of the sums, >= 0
  /// @param a `[m,k]` from aOffset, not modified
  /// @param b `[n,k]` from bOffset, not modified
  /// @param c `[m,n]` from cOffset, modified
  public void gemmTransB(
      int m, int n, int k, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset) {
    setA(a, aOffset, k, 1);
    setB(b, bOffset, 1, k);
    add(m, n, k, c, cOffset);
  }

  /// `y[i,j] = f(bias[j] + Σₚ x[i,p]·w[p,j])`: a dense layer with its activation.
  ///
  /// The chain starts from `bias[j]`; f follows its last step.
  ///
  /// @param m rows of x and y, the batch, >= 0
  /// @param n columns of w and y, >= 0
  /// @param k columns of x, rows of w, >= 0
  /// @param x `[m,k]`, not modified
  /// @param w `[k,n]`, not modified
  /// @param bias `[n]`, not modified
  /// @param activation f
  /// @param y `[m,n]`, set
  public void dense(
      int m, int n, int k, float[] x, float[] w, float[] bias, Activation activation, float[] y) {
    setB(w, 0, n, 1);
    startFromBias(x, k, bias, activation);
    compute(m, n, k, y, 0);
  }

  /// The same weights for many calls of [#dense(int, PackedMatrix, float[], float[], Activation,
  /// float[])].
  ///
  /// @param w `[k,n]`, kept and not modified; the caller must not modify it either
  public PackedMatrix packed(int n, int k, float[] w) {
    return new PackedMatrix(k, n, w);
  }

  /// The dense layer with packed weights: the same bits.
  ///
  /// @param m rows of x and y, the batch, >= 0
  /// @param w `[k,n]`
  /// @param x `[m,k]`, not modified
  /// @param bias `[n]`, not modified
  /// @param y `[m,n]`, set
  public void dense(
      int m, PackedMatrix w, float[] x, float[] bias, Activation activation, float[] y) {
    setB(w.rows, 0, w.n, 1);
    startFromBias(x, w.k, bias, activation);
    if (fewRows(m, w.n, w.k)) {
      compute(m, w.n, w.k, y, 0);
      return;
    }
    product.n = w.n;
    product.k = w.k;
    product.packed = w.panels(this::allPanels);
    ready = true;
    try {
      compute(m, w.n, w.k, y, 0);
    } finally {
      ready = false;
      product.packed = scratch;
    }
  }

  private float[] allPanels() {
    int width = loops[0].panelWidth();
    int panels = Math.ceilDiv(product.n, width);
    product.packed = Panels.reserve(NONE, Math.multiplyExact(panels, product.k * width));
    product.firstPanel = 0;
    loops[0].pack(product, 0, panels);
    return product.packed;
  }

  private void startFromBias(float[] x, int k, float[] bias, Activation activation) {
    setA(x, 0, k, 1);
    product.startsFromBias = true;
    product.bias = bias;
    product.activation = activation;
  }

  private void setA(float[] a, int offset, int row, int column) {
    product.a = a;
    product.aOffset = offset;
    product.aRow = row;
    product.aColumn = column;
  }

  private void setB(float[] b, int offset, int row, int column) {
    product.b = b;
    product.bOffset = offset;
    product.bRow = row;
    product.bColumn = column;
  }

  private void add(int m, int n, int k, float[] c, int cOffset) {
    product.startsFromBias = false;
    product.activation = Activation.NONE;
    compute(m, n, k, c, cOffset);
  }

  private void compute(int m, int n, int k, float[] c, int cOffset) {
    product.m = m;
    product.n = n;
    product.k = k;
    product.c = c;
    product.cOffset = cOffset;
    if (m == 0 || n == 0) {
      return;
    }
    if (fewRows(m, n, k) && product.bColumn == 1) {
      computeFewRows();
    } else if (m <= SOME_ROWS) {
      computeSomeRows();
    } else {
      computeManyRows();
    }
  }

  private boolean fewRows(int m, int n, int k) {
    return m <= loops[0].fewRows() || (m <= FEW_ROWS_FAR && (long) n * k >= FAR);
  }

  private void computeFewRows() {
    long worthATask = Math.ceilDiv(TASK_PRODUCTS / 8, (long) product.m * Math.max(1, product.k));
    // One strip of B for each thread: wider strips stream better from memory.
    long columns = Math.max(worthATask, Math.ceilDiv(product.n, parallel.threads()));
    taskColumns =
        (int) Math.min(product.n, Math.ceilDiv(columns, FEW_ROWS_COLUMNS) * FEW_ROWS_COLUMNS);
    parallel.run(Math.ceilDiv(product.n, taskColumns), rows);
  }

  private void rows(int task, int worker) {
    int from = task * taskColumns;
    loops[worker].rows(product, from, Math.min(product.n, from + taskColumns));
  }

  private void computeSomeRows() {
    int width = loops[0].panelWidth();
    long panelProducts = (long) product.m * product.k * width;
    panelEnd = Math.ceilDiv(product.n, width);
    int share = Math.min(Math.ceilDiv(panelEnd, parallel.threads()), WORTH_ROWS_PANELS);
    taskPanels = Math.clamp(TASK_PRODUCTS / Math.max(1, panelProducts), share, panelEnd);
    taskRows = product.m;
    rowBlocks = 1;
    shared = ready;
    product.firstPanel = 0;
    parallel.run(Math.ceilDiv(panelEnd, taskPanels), multiply);
  }

  private void computeManyRows() {
    int width = loops[0].panelWidth();
    int panels = Math.ceilDiv(product.n, width);
    int panelSize = product.k * width;
    int tile = loops[0].tileRows();
    int tiles = Math.ceilDiv(product.m, tile);
    int mostTiles = Math.min(loops[0].maxRows() / tile, Math.ceilDiv(tiles, parallel.threads()));
    taskRows = Math.ceilDiv(tiles, Math.ceilDiv(tiles, mostTiles)) * tile;
    rowBlocks = Math.ceilDiv(product.m, taskRows);
    shared = true;
    int partPanels = ready ? panels : Math.clamp(PACKED_LIMIT / Math.max(1, panelSize), 1, panels);
    int wanted = parallel.threads() == 1 ? 1 : TASKS * parallel.threads();
    int cuts = Math.ceilDiv(wanted, rowBlocks);
    taskPanels = Math.max(Math.ceilDiv(partPanels, cuts), Math.ceilDiv(TASK_COLUMNS, width));
    if (!ready) {
      reserve(partPanels * panelSize);
    }
    for (int first = 0; first < panels; first += partPanels) {
      product.firstPanel = first;
      panelEnd = Math.min(panels, first + partPanels);
      if (!ready) {
        packPart((long) (panelEnd - first) * panelSize);
      }
      parallel.run(rowBlocks * Math.ceilDiv(panelEnd - first, taskPanels), multiply);
    }
  }

  private void reserve(int size) {
    scratch = Panels.reserve(scratch, size);
    product.packed = scratch;
  }

  private void packPart(long elements) {
    int panels = panelEnd - product.firstPanel;
    if (elements > ALONE) {
      packPanels = Math.min(PACK_PANELS, Math.ceilDiv(panels, parallel.threads()));
      parallel.run(Math.ceilDiv(panels, packPanels), pack);
    } else {
      loops[0].pack(product, product.firstPanel, panelEnd);
    }
  }

  private void pack(int task, int worker) {
    int panel = product.firstPanel + task * packPanels;
    loops[worker].pack(product, panel, Math.min(panelEnd, panel + packPanels));
  }

  private void multiply(int task, int worker) {
    int row = task % rowBlocks * taskRows;
    int panel = product.firstPanel + task / rowBlocks * taskPanels;
    loops[worker].multiply(
        product,
        row,
        Math.min(product.m, row + taskRows),
        panel,
        Math.min(panelEnd, panel + taskPanels),
        shared);
  }
}

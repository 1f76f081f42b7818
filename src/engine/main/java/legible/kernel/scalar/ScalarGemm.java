package legible.kernel.scalar;

import legible.kernel.Activation;
import legible.kernel.loops.GemmLoops;
import legible.kernel.loops.Product;

/// [GemmLoops] in plain Java.
///
/// The JIT compiler turns `c[j] = fma(a, b[j], c[j])` into vector code if b and c are arrays of
/// their own with the same index: rows of both are copied into such arrays first. Four steps of the
/// chain at a time load and store c once.
final class ScalarGemm implements GemmLoops {
  /// Columns of a panel: what the compiler puts around its vector loops is paid once for so many, and
  /// four rows of b still leave room in the first-level cache.
  private static final int WIDTH = 512;

  /// Rows of B that are packed at a time.
  private static final int BLOCK = 64;

  private static final int MAX_ROWS = 120;

  private final float[] ownPanel = new float[BLOCK * WIDTH];
  private final float[][] sums = new float[MAX_ROWS][WIDTH];
  private final float[] b0 = new float[WIDTH];
  private final float[] b1 = new float[WIDTH];
  private final float[] b2 = new float[WIDTH];
  private final float[] b3 = new float[WIDTH];

  @Override
  public GemmLoops forThread() {
    return new ScalarGemm();
  }

  @Override
  public int panelWidth() {
    return WIDTH;
  }

  @Override
  public int tileRows() {
    return 1;
  }

  @Override
  public int maxRows() {
    return MAX_ROWS;
  }

  @Override
  public int fewRows() {
    return 4;
  }

  @Override
  public void pack(Product t, int panel, int panelEnd) {
    for (int number = panel; number < panelEnd; number++) {
      pack(t, number, 0, t.k, t.packed, t.panelStart(number, WIDTH));
    }
  }

  /// Packs the rows `[p0, p1)` of a panel. What lies beyond the last column is not used here.
  private static void pack(Product t, int panel, int p0, int p1, float[] target, int offset) {
    int columns = Math.min(WIDTH, t.n - panel * WIDTH);
    for (int p = p0; p < p1; p++) {
      int source = t.bOffset + p * t.bRow + panel * WIDTH * t.bColumn;
      int row = offset + (p - p0) * WIDTH;
      for (int j = 0; j < columns; j++) {
        target[row + j] = t.b[source + j * t.bColumn];
      }
    }
  }

  @Override
  public void multiply(Product t, int row, int rowEnd, int panel, int panelEnd, boolean shared) {
    for (int number = panel; number < panelEnd; number++) {
      int column = number * WIDTH;
      int columns = Math.min(WIDTH, t.n - column);
      load(t, row, rowEnd, column, columns);
      if (shared) {
        int from = t.panelStart(number, WIDTH);
        addProducts(t, row, rowEnd, columns, 0, t.k, t.packed, from);
      } else {
        for (int p = 0; p < t.k; p += BLOCK) {
          int end = Math.min(t.k, p + BLOCK);
          pack(t, number, p, end, ownPanel, 0);
          addProducts(t, row, rowEnd, columns, p, end, ownPanel, 0);
        }
      }
      store(t, row, rowEnd, column, columns);
    }
  }

  @Override
  public void rows(Product t, int from, int to) {
    for (int column = from; column < to; column += WIDTH) {
      int columns = Math.min(WIDTH, to - column);
      load(t, 0, t.m, column, columns);
      int p = 0;
      for (; p <= t.k - 4; p += 4) {
        int source = t.bOffset + p * t.bRow + column;
        System.arraycopy(t.b, source, b0, 0, columns);
        System.arraycopy(t.b, source + t.bRow, b1, 0, columns);
        System.arraycopy(t.b, source + 2 * t.bRow, b2, 0, columns);
        System.arraycopy(t.b, source + 3 * t.bRow, b3, 0, columns);
        addFour(t, 0, t.m, columns, p);
      }
      for (; p < t.k; p++) {
        System.arraycopy(t.b, t.bOffset + p * t.bRow + column, b0, 0, columns);
        addOne(t, 0, t.m, columns, p);
      }
      store(t, 0, t.m, column, columns);
    }
  }

  /// Continues the chains in `sums` by the steps `[p0, p1)`.
  private void addProducts(
      Product t, int row, int rowEnd, int columns, int p0, int p1, float[] panel, int offset) {
    int p = p0;
    for (; p <= p1 - 4; p += 4) {
      int source = offset + (p - p0) * WIDTH;
      System.arraycopy(panel, source, b0, 0, columns);
      System.arraycopy(panel, source + WIDTH, b1, 0, columns);
      System.arraycopy(panel, source + 2 * WIDTH, b2, 0, columns);
      System.arraycopy(panel, source + 3 * WIDTH, b3, 0, columns);
      addFour(t, row, rowEnd, columns, p);
    }
    for (; p < p1; p++) {
      System.arraycopy(panel, offset + (p - p0) * WIDTH, b0, 0, columns);
      addOne(t, row, rowEnd, columns, p);
    }
  }

  private void addFour(Product t, int row, int rowEnd, int columns, int p) {
    for (int i = row; i < rowEnd; i++) {
      int first = t.aOffset + i * t.aRow + p * t.aColumn;
      float a0 = t.a[first];
      float a1 = t.a[first + t.aColumn];
      float a2 = t.a[first + 2 * t.aColumn];
      float a3 = t.a[first + 3 * t.aColumn];
      addFour(columns, a0, b0, a1, b1, a2, b2, a3, b3, sums[i - row]);
    }
  }

  private void addOne(Product t, int row, int rowEnd, int columns, int p) {
    for (int i = row; i < rowEnd; i++) {
      addOne(columns, t.a[t.aOffset + i * t.aRow + p * t.aColumn], b0, sums[i - row]);
    }
  }

  private static void addFour(
      int n,
      float a0,
      float[] b0,
      float a1,
      float[] b1,
      float a2,
      float[] b2,
      float a3,
      float[] b3,
      float[] c) {
    for (int j = 0; j < n; j++) {
      float two = Math.fma(a1, b1[j], Math.fma(a0, b0[j], c[j]));
      c[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], two));
    }
  }

  private static void addOne(int n, float a, float[] b, float[] c) {
    for (int j = 0; j < n; j++) {
      c[j] = Math.fma(a, b[j], c[j]);
    }
  }

  /// Where the chains start.
  private void load(Product t, int row, int rowEnd, int column, int columns) {
    for (int i = row; i < rowEnd; i++) {
      if (t.startsFromBias) {
        System.arraycopy(t.bias, column, sums[i - row], 0, columns);
      } else {
        System.arraycopy(t.c, t.cOffset + i * t.n + column, sums[i - row], 0, columns);
      }
    }
  }

  private void store(Product t, int row, int rowEnd, int column, int columns) {
    boolean activate = t.activation != Activation.NONE;
    for (int i = row; i < rowEnd; i++) {
      float[] sum = sums[i - row];
      for (int j = 0; activate && j < columns; j++) {
        sum[j] = t.activation.of(sum[j]);
      }
      System.arraycopy(sum, 0, t.c, t.cOffset + i * t.n + column, columns);
    }
  }
}

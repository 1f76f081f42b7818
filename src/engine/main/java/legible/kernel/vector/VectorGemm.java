package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import legible.kernel.Activation;
import legible.kernel.loops.ElementwiseLoops;
import legible.kernel.loops.GemmLoops;
import legible.kernel.loops.Panels;
import legible.kernel.loops.Product;

/// [GemmLoops] on `jdk.incubator.vector`, after Goto & van de Geijn 2008, "Anatomy of
/// High-Performance Matrix Multiplication": a tile of C stays in registers while p runs over a
/// block, a panel of B and some rows of A in the second-level cache.
///
/// ```
///  for each block of p              up to 64 or 128 KB of a panel of B
///    for each panel of B            2 vectors wide, and its columns of C
///      for each tile of rows
///        the chains, p ascending    Tile12x2, Tile4x2
/// ```
///
/// Rows of A are copied side by side, four and four, as the tiles read them: rows as they lie, at
/// distances that are often a power of two, would drive each other out of the first-level cache. For the
/// same reason the chains of a panel are copied out of C and back: a tile that fetched its own rows of C
/// would wait for them (docs/decisions/0011). Chains beyond the edges of C are computed and left behind.
final class VectorGemm implements GemmLoops {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  private static final int WIDTH = Tile4x2.BLOCK;
  private static final int FOUR = Tile4x2.ROWS;

  /// Rows of whole tiles; fewer rows at the lower edge are computed by fours.
  private static final int ROWS = Tile12x2.ROWS;

  /// Rows of B in a block at most; shorter blocks cost more, since C is read and written once for each.
  /// A panel of them has 64 or 128 KB: a tile of many rows asks for its next row so seldom that the
  /// second-level cache gives it in time.
  private static final int BLOCK = 1024;

  /// A block of so many rows of A has 1 MB at most, half of a second-level cache of today. A panel of B
  /// comes from memory once for all of them.
  private static final int MAX_ROWS = 240;

  private static final int FIRST = Panels.FIRST;
  private static final ElementwiseLoops ELEMENTWISE = new VectorElementwise();

  /// The chains of some rows of C in the columns of a panel.
  private float[] sums = new float[WIDTH];

  private float[] ownPanel = {};
  private float[] ownRows = {};

  @Override
  public GemmLoops forThread() {
    return new VectorGemm();
  }

  @Override
  public int panelWidth() {
    return WIDTH;
  }

  @Override
  public int tileRows() {
    return ROWS;
  }

  @Override
  public int maxRows() {
    return MAX_ROWS;
  }

  @Override
  public int fewRows() {
    return 3;
  }

  @Override
  public void pack(Product t, int panel, int panelEnd) {
    GemmPacking.pack(t, panel, panelEnd, WIDTH);
  }

  @Override
  public void multiply(Product t, int row, int rowEnd, int panel, int panelEnd, boolean shared) {
    int blocks = Math.max(1, Math.ceilDiv(t.k, BLOCK));
    int length = Math.ceilDiv(t.k, blocks);
    int wholeRows = Math.ceilDiv(rowEnd - row, FOUR) * FOUR;
    sums = Panels.reserve(sums, wholeRows * WIDTH);
    for (int p = 0; p < Math.max(1, t.k); p += Math.max(1, length)) {
      int end = Math.min(t.k, p + length);
      reserveRows(wholeRows * (end - p));
      GemmPacking.packRows(t, row, rowEnd, p, end, ownRows);
      for (int number = panel; number < panelEnd; number++) {
        float[] b = t.packed;
        int bOffset = t.panelStart(number, WIDTH) + p * WIDTH;
        if (!shared) {
          ownPanel = Panels.reserve(ownPanel, (end - p) * WIDTH);
          GemmPacking.pack(t, number, WIDTH, p, end, ownPanel, FIRST);
          b = ownPanel;
          bOffset = FIRST;
        }
        multiplyPanel(t, row, rowEnd, number, p, end, b, bOffset);
      }
    }
  }

  private void reserveRows(int size) {
    if (ownRows.length < size) {
      ownRows = new float[size];
    }
  }

  /// Some rows of C in the columns of one panel, for the block `[p, end)` of steps.
  private void multiplyPanel(
      Product t, int row, int rowEnd, int panel, int p, int end, float[] b, int bStart) {
    int rows = rowEnd - row;
    int column = panel * WIDTH;
    int columns = Math.min(WIDTH, t.n - column);
    int at = t.cOffset + row * t.n + column;
    if (p == 0 && t.startsFromBias) {
      startFromBias(t, rows, column, columns);
    } else {
      copy(rows, columns, t.c, at, t.n, sums, FIRST, WIDTH);
    }
    int steps = end - p;
    int i = 0;
    for (; i <= rows - ROWS; i += ROWS) {
      int group = FOUR * steps;
      int sum = FIRST + i * WIDTH;
      Tile12x2.fours(steps, ownRows, i * steps, group, b, bStart, sums, sum, WIDTH);
    }
    for (; i < rows; i += FOUR) {
      int sum = FIRST + i * WIDTH;
      Tile4x2.fours(steps, ownRows, i * steps, b, bStart, sums, sum, WIDTH);
    }
    if (end == t.k && t.activation == Activation.RELU) {
      ELEMENTWISE.relu(FIRST, FIRST + rows * WIDTH, sums, sums);
    }
    copy(rows, columns, sums, FIRST, WIDTH, t.c, at, t.n);
  }

  private void startFromBias(Product t, int rows, int column, int columns) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(t.bias, column, sums, FIRST + i * WIDTH, columns);
    }
  }

  /// A column of rows, from C to the sums or back.
  private static void copy(
      int rows,
      int columns,
      float[] source,
      int sourceOffset,
      int sourceStride,
      float[] target,
      int targetOffset,
      int targetStride) {
    if (columns == WIDTH) {
      int second = targetOffset + LANES;
      GemmPacking.copyPairs(
          rows, source, sourceOffset, sourceStride, target, targetOffset, second, targetStride);
      return;
    }
    for (int i = 0; i < rows; i++) {
      System.arraycopy(
          source,
          sourceOffset + i * sourceStride,
          target,
          targetOffset + i * targetStride,
          columns);
    }
  }

  @Override
  public void rows(Product t, int from, int to) {
    GemmRows.run(t, from, to, sums);
  }
}

package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.Activation;
import legible.kernel.loops.GemmLoops;
import legible.kernel.loops.Panels;
import legible.kernel.loops.Product;

/// [GemmLoops] on `jdk.incubator.vector`, after Goto & van de Geijn 2008, "Anatomy of
/// High-Performance Matrix Multiplication": a tile of C stays in registers while p runs over a
/// block, a panel of B and some rows of A in the second-level cache.
///
/// ```
///  for each block of p              up to 64 or 128 KB of a panel of B
///    for each panel of B            2 vectors wide
///      for each tile of rows
///        the chains, p ascending    Tile12x2, Tile4x2
/// ```
///
/// Rows of A are copied side by side, four and four, as the tiles read them: rows as they lie, at
/// distances that are often a power of two, would drive each other out of the first-level cache.
/// Tiles that reach over the right edge of C are computed in a small copy; those that reach over the
/// lower edge repeat the last row.
final class VectorGemm implements GemmLoops {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

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

  /// A tile that reaches over the right edge of C.
  private final float[] edge = new float[ROWS * WIDTH];

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
  public void pack(Product t, int panel) {
    GemmPacking.pack(t, panel, WIDTH, 0, t.k, t.packed, t.panelStart(panel, WIDTH));
  }

  @Override
  public void multiply(Product t, int row, int rowEnd, int panel, int panelEnd, boolean shared) {
    if (t.startsFromBias) {
      startFromBias(t, row, rowEnd, panel * WIDTH, Math.min(t.n, panelEnd * WIDTH));
    }
    int blocks = Math.max(1, Math.ceilDiv(t.k, BLOCK));
    int length = Math.ceilDiv(t.k, blocks);
    for (int p = 0; p < Math.max(1, t.k); p += Math.max(1, length)) {
      int end = Math.min(t.k, p + length);
      reserveRows((rowEnd - row + FOUR - 1) * (end - p));
      GemmPacking.packRows(t, row, rowEnd, p, end, ownRows);
      for (int number = panel; number < panelEnd; number++) {
        float[] b = t.packed;
        int bOffset = t.panelStart(number, WIDTH) + p * WIDTH;
        if (!shared) {
          ownPanel = Panels.reserve(ownPanel, (end - p) * WIDTH);
          GemmPacking.pack(t, number, WIDTH, p, end, ownPanel, Panels.FIRST);
          b = ownPanel;
          bOffset = Panels.FIRST;
        }
        multiplyPanel(t, row, rowEnd, number * WIDTH, p, end, b, bOffset);
      }
    }
  }

  private static void startFromBias(Product t, int row, int rowEnd, int column, int columnEnd) {
    for (int i = row; i < rowEnd; i++) {
      System.arraycopy(t.bias, column, t.c, t.cOffset + i * t.n + column, columnEnd - column);
    }
  }

  private void reserveRows(int size) {
    if (ownRows.length < size) {
      ownRows = new float[size];
    }
  }

  /// Some rows of C in the columns of one panel, for one block of p.
  private void multiplyPanel(
      Product t, int row, int rowEnd, int column, int p, int end, float[] b, int bOffset) {
    int i = row;
    while (i < rowEnd) {
      int rows = rowEnd - i >= ROWS ? ROWS : Math.min(FOUR, rowEnd - i);
      tile(t, i, rows, column, p, end, (i - row) * (end - p), b, bOffset);
      i += rows;
    }
  }

  /// One tile, for one block of p.
  private void tile(
      Product t, int i, int rows, int column, int p, int end, int aStart, float[] b, int bStart) {
    float limit = VectorActivation.limit(end == t.k ? t.activation : Activation.NONE);
    int columns = Math.min(WIDTH, t.n - column);
    boolean whole = columns == WIDTH;
    int target = t.cOffset + i * t.n + column;
    float[] c = t.c;
    int at = target;
    int stride = t.n;
    if (!whole) {
      copy(rows, columns, t.c, target, t.n, edge, 0, WIDTH);
      c = edge;
      at = 0;
      stride = WIDTH;
    }
    if (rows > FOUR) {
      int group = FOUR * (end - p);
      Tile12x2.fours(end - p, ownRows, aStart, group, b, bStart, c, at, stride);
    } else {
      int t1 = at + Math.min(1, rows - 1) * stride;
      int t2 = at + Math.min(2, rows - 1) * stride;
      int t3 = at + (rows - 1) * stride;
      Tile4x2.fours(end - p, ownRows, aStart, b, bStart, c, at, t1, t2, t3);
    }
    activate(rows, c, at, stride, limit);
    if (!whole) {
      copy(rows, columns, edge, 0, WIDTH, t.c, target, t.n);
    }
  }

  /// The activation of a finished tile, in a pass of its own: with it the tile's code would be more
  /// than the compiler inlines, and every vector would be boxed.
  private static void activate(int rows, float[] c, int cOffset, int cStride, float limit) {
    if (Float.isNaN(limit)) {
      return;
    }
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < WIDTH; j += LANES) {
        int at = cOffset + i * cStride + j;
        VectorActivation.apply(FloatVector.fromArray(SPECIES, c, at), limit).intoArray(c, at);
      }
    }
  }

  private static void copy(
      int rows,
      int columns,
      float[] source,
      int sourceOffset,
      int sourceStride,
      float[] target,
      int targetOffset,
      int targetStride) {
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
    GemmRows.run(t, from, to, edge);
  }
}

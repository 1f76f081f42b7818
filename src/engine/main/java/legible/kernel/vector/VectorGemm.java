package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.Activation;
import legible.kernel.loops.GemmLoops;
import legible.kernel.loops.Product;

/// [GemmLoops] on `jdk.incubator.vector`, after Goto & van de Geijn 2008, "Anatomy of
/// High-Performance Matrix Multiplication": a tile of C stays in registers while p runs over a
/// block, a panel of B in the first-level cache, some rows of A in the second-level cache.
///
/// ```
///  for each block of p              256 rows of B
///    for each panel of B            2 or 4 vectors wide
///      for each tile of rows        4 or 5
///        the chains, p ascending    GemmTile
/// ```
///
/// Tiles that reach over the edge of C are computed in a small copy.
final class VectorGemm implements GemmLoops {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private static final int TILE_ROWS = GemmRegisters.MANY ? GemmTile5x4.ROWS : GemmTile5x2.ROWS;
  private static final int WIDTH =
      LANES * (GemmRegisters.MANY ? GemmTile5x4.VECTORS : GemmTile5x2.VECTORS);

  /// Rows of B in a block: 256 of 2 vectors of 8 floats are 16 KB, half of a common first-level
  /// cache.
  private static final int BLOCK = 256;

  /// From this number of panels on the rows of A are copied next to each other. As they lie, rows
  /// whose distance is a power of two would drive each other out of the first-level cache.
  private static final int PANELS_WORTH_A_COPY = 8;

  private final float[] tile = new float[TILE_ROWS * WIDTH];
  private final float[] ownPanel = new float[BLOCK * WIDTH];
  private final float[] ownRows = new float[MAX_ROWS * BLOCK];

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
    return TILE_ROWS;
  }

  @Override
  public int fewRows() {
    return 3;
  }

  @Override
  public void pack(Product t, int panel) {
    GemmPacking.pack(t, panel, WIDTH, 0, t.k, t.packed, (panel - t.firstPanel) * WIDTH * t.k);
  }

  @Override
  public void multiply(Product t, int row, int rowEnd, int panel, int panelEnd, boolean shared) {
    if (t.startsFromBias) {
      int column = panel * WIDTH;
      int columns = Math.min(t.n, panelEnd * WIDTH) - column;
      for (int i = row; i < rowEnd; i++) {
        System.arraycopy(t.bias, column, t.c, t.cOffset + i * t.n + column, columns);
      }
    }
    for (int p = 0; p < Math.max(1, t.k); p += BLOCK) {
      int end = Math.min(t.k, p + BLOCK);
      float limit = VectorActivation.limit(end == t.k ? t.activation : Activation.NONE);
      float[] a = t.a;
      int first = t.aOffset + row * t.aRow + p * t.aColumn;
      int stride = t.aRow;
      if (t.aColumn == 1 && panelEnd - panel >= PANELS_WORTH_A_COPY) {
        copy(rowEnd - row, end - p, t.a, first, stride, ownRows, 0, BLOCK);
        a = ownRows;
        first = 0;
        stride = BLOCK;
      } else if (t.aColumn != 1) {
        GemmPacking.transpose(end - p, rowEnd - row, t.a, first, t.aColumn, ownRows, 0, BLOCK);
        a = ownRows;
        first = 0;
        stride = BLOCK;
      }
      for (int number = panel; number < panelEnd; number++) {
        float[] b = t.packed;
        int bOffset = ((number - t.firstPanel) * t.k + p) * WIDTH;
        if (!shared) {
          GemmPacking.pack(t, number, WIDTH, p, end, ownPanel, 0);
          b = ownPanel;
          bOffset = 0;
        }
        multiplyPanel(t, row, rowEnd, number * WIDTH, end - p, a, first, stride, b, bOffset, limit);
      }
    }
  }

  /// Some rows of C in the columns of one panel, for one block of p.
  private void multiplyPanel(
      Product t,
      int row,
      int rowEnd,
      int column,
      int k,
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      float limit) {
    int columns = Math.min(WIDTH, t.n - column);
    int i = row;
    while (i < rowEnd) {
      int rows = Math.min(TILE_ROWS, rowEnd - i);
      boolean small = !GemmRegisters.MANY && rows <= GemmTile4x2.ROWS;
      int height = small ? GemmTile4x2.ROWS : TILE_ROWS;
      int first = aOffset + (i - row) * aStride;
      int target = t.cOffset + i * t.n + column;
      if (rows == height && columns == WIDTH) {
        runTile(small, rows, k, a, first, aStride, b, bOffset, t.c, target, t.n);
        activate(rows, t.c, target, t.n, limit);
      } else {
        copy(rows, columns, t.c, target, t.n, tile, 0, WIDTH);
        runTile(small, rows, k, a, first, aStride, b, bOffset, tile, 0, WIDTH);
        activate(rows, tile, 0, WIDTH, limit);
        copy(rows, columns, tile, 0, WIDTH, t.c, target, t.n);
      }
      i += rows;
    }
  }

  private static void runTile(
      boolean small,
      int rows,
      int k,
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int cStride) {
    if (GemmRegisters.MANY) {
      GemmTile5x4.run(rows, k, a, aOffset, aStride, b, bOffset, c, cOffset, cStride);
    } else if (small) {
      GemmTile4x2.run(rows, k, a, aOffset, aStride, b, bOffset, c, cOffset, cStride);
    } else {
      GemmTile5x2.run(rows, k, a, aOffset, aStride, b, bOffset, c, cOffset, cStride);
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
    GemmRows.run(t, from, to, tile);
  }
}

package legible.kernel.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.Activation;
import legible.kernel.loops.GemmLoops;

/// [GemmLoops] on `jdk.incubator.vector`, after Goto & van de Geijn 2008, "Anatomy of high-performance
/// matrix multiplication": tiles of C stay in registers while k runs.
///
/// Tiles that reach over the edge of C are computed in a small copy.
final class VectorGemm implements GemmLoops {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /// 512-bit vectors come with 32 registers; with shorter ones 16 are assumed.
  private static final boolean MANY_REGISTERS = LANES == 16;

  private static final int TILE_ROWS = MANY_REGISTERS ? GemmTile6x4.ROWS : GemmTile4x2.ROWS;
  private static final int WIDTH =
      LANES * (MANY_REGISTERS ? GemmTile6x4.VECTORS : GemmTile4x2.VECTORS);

  @Override
  public int panelWidth() {
    return WIDTH;
  }

  /// One tile of C.
  @Override
  public int scratchSize() {
    return TILE_ROWS * WIDTH;
  }

  @Override
  public int fewRows() {
    return TILE_ROWS;
  }

  @Override
  public void pack(
      int p0,
      int k,
      int j0,
      int n,
      float[] b,
      int bOffset,
      int rowStride,
      int columnStride,
      float[] panel,
      int panelOffset) {
    int columns = Math.min(WIDTH, n - j0);
    int source = bOffset + p0 * rowStride + j0 * columnStride;
    if (columns < WIDTH) {
      Arrays.fill(panel, panelOffset, panelOffset + k * WIDTH, 0f);
    }
    if (columnStride == 1) {
      for (int p = 0; p < k; p++) {
        System.arraycopy(b, source + p * rowStride, panel, panelOffset + p * WIDTH, columns);
      }
      return;
    }
    for (int j = 0; j < columns; j++) {
      for (int p = 0; p < k; p++) {
        panel[panelOffset + p * WIDTH + j] = b[source + p * rowStride + j * columnStride];
      }
    }
  }

  @Override
  public void panel(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int rowStride,
      int columnStride,
      float[] panel,
      int panelOffset,
      float[] c,
      int cOffset,
      int cStride,
      Activation f,
      float[] scratch) {
    float limit = VectorActivation.limit(f);
    int i = 0;
    for (; i <= m - TILE_ROWS; i += TILE_ROWS) {
      int first = aOffset + i * rowStride;
      int target = cOffset + i * cStride;
      if (n == WIDTH) {
        tile(k, a, first, rowStride, columnStride, panel, panelOffset, c, target, cStride, limit);
      } else {
        copy(TILE_ROWS, n, c, target, cStride, scratch, 0, WIDTH);
        tile(k, a, first, rowStride, columnStride, panel, panelOffset, scratch, 0, WIDTH, limit);
        copy(TILE_ROWS, n, scratch, 0, WIDTH, c, target, cStride);
      }
    }
    for (; i < m; i++) { // the rows of a last, smaller tile one by one
      int target = cOffset + i * cStride;
      copy(1, n, c, target, cStride, scratch, 0, WIDTH);
      row(k, a, aOffset + i * rowStride, columnStride, panel, panelOffset, scratch, limit);
      copy(1, n, scratch, 0, WIDTH, c, target, cStride);
    }
  }

  private static void tile(
      int k,
      float[] a,
      int aOffset,
      int rowStride,
      int columnStride,
      float[] panel,
      int panelOffset,
      float[] c,
      int cOffset,
      int cStride,
      float limit) {
    if (MANY_REGISTERS) {
      GemmTile6x4.run(
          k, a, aOffset, rowStride, columnStride, panel, panelOffset, c, cOffset, cStride, limit);
    } else {
      GemmTile4x2.run(
          k, a, aOffset, rowStride, columnStride, panel, panelOffset, c, cOffset, cStride, limit);
    }
  }

  /// One row of C, held in scratch, times a panel.
  private static void row(
      int k,
      float[] a,
      int aOffset,
      int columnStride,
      float[] panel,
      int panelOffset,
      float[] scratch,
      float limit) {
    for (int j = 0; j < WIDTH; j += LANES) {
      FloatVector sum = load(scratch, j);
      int b = panelOffset + j;
      for (int p = 0; p < k; p++) {
        sum =
            FloatVector.broadcast(SPECIES, a[aOffset + p * columnStride]).fma(load(panel, b), sum);
        b += WIDTH;
      }
      VectorActivation.apply(sum, limit).intoArray(scratch, j);
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
  public void rows(
      int m,
      int n,
      int k,
      int from,
      int to,
      float[] a,
      int aOffset,
      int rowStride,
      int columnStride,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      Activation f) {
    for (int i = 0; i < m; i++) {
      int first = aOffset + i * rowStride;
      int target = cOffset + i * n;
      int j = from;
      for (; j <= to - 4 * LANES; j += 4 * LANES) {
        fourVectors(n, k, a, first, columnStride, b, bOffset + j, c, target + j, f);
      }
      for (; j <= to - LANES; j += LANES) {
        oneVector(n, k, a, first, columnStride, b, bOffset + j, c, target + j, f);
      }
      for (; j < to; j++) { // scalar tail
        float sum = c[target + j];
        for (int p = 0; p < k; p++) {
          sum = Math.fma(a[first + p * columnStride], b[bOffset + p * n + j], sum);
        }
        c[target + j] = f.of(sum);
      }
    }
  }

  /// Four vectors of a row of C: enough independent chains to hide the latency of fma.
  private static void fourVectors(
      int n,
      int k,
      float[] a,
      int aOffset,
      int columnStride,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      Activation f) {
    FloatVector c0 = load(c, cOffset);
    FloatVector c1 = load(c, cOffset + LANES);
    FloatVector c2 = load(c, cOffset + 2 * LANES);
    FloatVector c3 = load(c, cOffset + 3 * LANES);
    int row = bOffset;
    for (int p = 0; p < k; p++) {
      FloatVector factor = FloatVector.broadcast(SPECIES, a[aOffset + p * columnStride]);
      c0 = factor.fma(load(b, row), c0);
      c1 = factor.fma(load(b, row + LANES), c1);
      c2 = factor.fma(load(b, row + 2 * LANES), c2);
      c3 = factor.fma(load(b, row + 3 * LANES), c3);
      row += n;
    }
    float limit = VectorActivation.limit(f);
    store(c0, limit, c, cOffset);
    store(c1, limit, c, cOffset + LANES);
    store(c2, limit, c, cOffset + 2 * LANES);
    store(c3, limit, c, cOffset + 3 * LANES);
  }

  private static void oneVector(
      int n,
      int k,
      float[] a,
      int aOffset,
      int columnStride,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      Activation f) {
    FloatVector sum = load(c, cOffset);
    int row = bOffset;
    for (int p = 0; p < k; p++) {
      sum = FloatVector.broadcast(SPECIES, a[aOffset + p * columnStride]).fma(load(b, row), sum);
      row += n;
    }
    store(sum, VectorActivation.limit(f), c, cOffset);
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(SPECIES, array, index);
  }

  private static void store(FloatVector z, float limit, float[] c, int index) {
    VectorActivation.apply(z, limit).intoArray(c, index);
  }
}

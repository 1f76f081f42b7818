package legible.kernel.scalar;

import legible.kernel.Activation;
import legible.kernel.loops.GemmLoops;

/// [GemmLoops] in plain Java.
///
/// The JIT compiler turns `c[j] = fma(a, b[j], c[j])` into vector code if b and c are arrays of their
/// own with the same index: rows of both are copied into such arrays first.
final class ScalarGemm implements GemmLoops {
  private static final int WIDTH = 64;

  /// Rows of C that share one copied row of B.
  private static final int ROWS = 8;

  @Override
  public int panelWidth() {
    return WIDTH;
  }

  @Override
  public int scratchSize() {
    return 0;
  }

  @Override
  public int fewRows() {
    return ROWS;
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
    for (int p = 0; p < k; p++) {
      int source = bOffset + (p0 + p) * rowStride + j0 * columnStride;
      int target = panelOffset + p * WIDTH;
      for (int j = 0; j < WIDTH; j++) {
        panel[target + j] = j < columns ? b[source + j * columnStride] : 0f;
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
    float[] b = new float[WIDTH];
    float[][] sums = new float[ROWS][WIDTH];
    for (int i0 = 0; i0 < m; i0 += ROWS) {
      int rows = Math.min(ROWS, m - i0);
      for (int i = 0; i < rows; i++) {
        System.arraycopy(c, cOffset + (i0 + i) * cStride, sums[i], 0, n);
      }
      for (int p = 0; p < k; p++) {
        System.arraycopy(panel, panelOffset + p * WIDTH, b, 0, WIDTH);
        int element = aOffset + i0 * rowStride + p * columnStride;
        for (int i = 0; i < rows; i++) {
          addProduct(a[element + i * rowStride], b, sums[i]);
        }
      }
      for (int i = 0; i < rows; i++) {
        store(n, sums[i], c, cOffset + (i0 + i) * cStride, f);
      }
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
    int width = to - from;
    float[] row = new float[width];
    float[][] sums = new float[m][width];
    for (int i = 0; i < m; i++) {
      System.arraycopy(c, cOffset + i * n + from, sums[i], 0, width);
    }
    for (int p = 0; p < k; p++) {
      System.arraycopy(b, bOffset + p * n + from, row, 0, width);
      for (int i = 0; i < m; i++) {
        addProduct(a[aOffset + i * rowStride + p * columnStride], row, sums[i]);
      }
    }
    for (int i = 0; i < m; i++) {
      store(width, sums[i], c, cOffset + i * n + from, f);
    }
  }

  private static void addProduct(float factor, float[] b, float[] sum) {
    for (int j = 0; j < b.length; j++) {
      sum[j] = Math.fma(factor, b[j], sum[j]);
    }
  }

  private static void store(int n, float[] sums, float[] c, int cOffset, Activation f) {
    for (int j = 0; j < n; j++) {
      c[cOffset + j] = f.of(sums[j]);
    }
  }
}

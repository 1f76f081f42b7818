package legible.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NormalizationTest {
  private static final int[] CHANNELS = {1, 3, 8, 16, 19, 33};
  private static final int[] ROWS = {1, 2, 37, 2100};

  @Test
  void statistics() {
    forShapes(
        (rows, channels) -> {
          float[][] r =
              KernelTwins.run(
                  (k, a) -> k.normalization().statistics(rows, channels, a[0], a[1], a[2]),
                  rows * channels,
                  channels,
                  channels);
          for (int c = 0; c < channels; c++) {
            double mean = 0;
            for (int row = 0; row < rows; row++) {
              mean += r[0][row * channels + c] / (double) rows;
            }
            double variance = 0;
            for (int row = 0; row < rows; row++) {
              variance += Math.pow(r[0][row * channels + c] - mean, 2) / rows;
            }
            assertEquals(mean, r[1][c], rows * 0x1.0p-24 * 2);
            assertEquals(variance, r[2][c], rows * 0x1.0p-24 * 8);
          }
        });
  }

  /// A large mean with a small spread, where `E[x²]-E[x]²` would cancel.
  @Test
  void varianceDoesNotCancel() {
    int rows = 1000;
    float[][] r =
        KernelTwins.run(
            (k, a) -> {
              for (int i = 0; i < rows; i++) {
                a[0][i] = 4096f + i % 2;
              }
              k.normalization().statistics(rows, 1, a[0], a[1], a[2]);
            },
            rows,
            1,
            1);
    assertEquals(4096.5f, r[1][0]);
    assertEquals(0.25f, r[2][0]);
  }

  @Test
  void normalize() {
    for (Activation f : Activation.values()) {
      forShapes(
          (rows, channels) -> {
            float[][] r =
                KernelTwins.run(
                    (k, a) ->
                        k.normalization()
                            .normalize(rows, channels, a[0], a[1], a[2], a[3], f, a[4]),
                    rows * channels,
                    channels,
                    channels,
                    channels,
                    rows * channels);
            for (int i = 0; i < rows * channels; i++) {
              int c = i % channels;
              assertEquals(f.of(Math.fma(r[0][i] - r[1][c], r[2][c], r[3][c])), r[4][i]);
            }
          });
    }
  }

  @Test
  void gradients() {
    forShapes(
        (rows, channels) -> {
          float[] before = KernelTwins.random(rows * channels, 7);
          float[][] r =
              KernelTwins.run(
                  (k, a) -> {
                    k.normalization()
                        .gradientSums(rows, channels, a[0], a[1], a[2], a[4], a[5], a[6]);
                    k.normalization()
                        .inputGradient(
                            rows, channels, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]);
                  },
                  rows * channels,
                  channels,
                  channels,
                  channels,
                  rows * channels,
                  channels,
                  channels,
                  rows * channels);
          for (int c = 0; c < channels; c++) {
            check(rows, channels, c, r, before);
          }
        });
  }

  private static void check(int rows, int channels, int c, float[][] r, float[] before) {
    double sum = 0;
    double products = 0;
    for (int i = c; i < rows * channels; i += channels) {
      double hat = ((double) r[0][i] - r[1][c]) * r[2][c];
      sum += r[4][i];
      products += r[4][i] * hat;
    }
    assertEquals(sum, r[5][c], rows * 0x1.0p-22);
    assertEquals(products, r[6][c], rows * 0x1.0p-19);
    for (int i = c; i < rows * channels; i += channels) {
      double hat = ((double) r[0][i] - r[1][c]) * r[2][c];
      double expected =
          before[i] + r[3][c] * r[2][c] * (r[4][i] - sum / rows - hat * products / rows);
      assertEquals(expected, r[7][i], 1e-4 * (1 + Math.abs(expected)));
    }
  }

  @FunctionalInterface
  private interface Shapes {
    void check(int rows, int channels);
  }

  private static void forShapes(Shapes body) {
    for (int rows : ROWS) {
      for (int channels : CHANNELS) {
        body.check(rows, channels);
      }
    }
  }
}

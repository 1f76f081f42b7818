package legible.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxTest {
  private static final int ROWS = 67;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 10, 16, 17, 33, 1000})
  void againstDoublePrecision(int classes) {
    int size = ROWS * classes;
    float[] before = KernelTwins.random(size, 4);
    float[][] r =
        KernelTwins.run(
            (k, a) -> {
              k.softmax().crossEntropy(ROWS, classes, a[0], a[1], a[2], a[3]);
              k.softmax().crossEntropyGradient(ROWS, classes, 0.5f, a[2], a[1], a[4]);
            },
            size,
            size,
            size,
            ROWS,
            size);
    for (int row = 0; row < ROWS; row++) {
      double sum = 0;
      double targets = 0;
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        sum += Math.exp(r[0][i]);
        targets += r[1][i];
      }
      double loss = 0;
      double size1 = 0;
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        double probability = Math.exp(r[0][i]) / sum;
        assertEquals(probability, r[2][i], (classes + 8) * 0x1.0p-24 * probability);
        loss -= r[1][i] * (r[0][i] - Math.log(sum));
        size1 += Math.abs(r[1][i] * (4 + Math.log(classes)));
        double gradient = before[i] + 0.5 * (probability * targets - r[1][i]);
        assertEquals(gradient, r[4][i], (classes + 8) * 0x1.0p-22);
      }
      assertEquals(loss, r[3][row], (classes + 8) * 0x1.0p-23 * (size1 + 1));
    }
  }

  /// exp(1000) would overflow, exp(-1000) vanish: the differences decide.
  @Test
  void largeLogitsDoNotOverflow() {
    float[][] r =
        KernelTwins.run(
            (k, a) -> {
              a[0][0] = 1000f;
              a[0][1] = 999f;
              a[0][2] = -1000f;
              k.softmax().softmax(1, 3, a[0], a[1]);
            },
            3,
            3);
    assertEquals(1 / (1 + Math.exp(-1)), r[1][0], 1e-7);
    assertEquals(1 / (1 + Math.exp(1)), r[1][1], 1e-7);
    assertEquals(0f, r[1][2]);
  }

  @Test
  void nanStaysVisible() {
    float[][] r =
        KernelTwins.run(
            (k, a) -> {
              a[0][5] = Float.NaN;
              k.softmax().softmax(1, 20, a[0], a[1]);
            },
            20,
            20);
    for (int i = 0; i < 20; i++) {
      assertTrue(Float.isNaN(r[1][i]));
    }
  }
}

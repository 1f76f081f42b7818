package legible.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UpdatesTest {
  private static final double CLOSE = 1e-6;

  static IntStream lengths() {
    return IntStream.concat(IntStream.rangeClosed(0, 49), IntStream.of(1000, 40_001));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void sgd(int n) {
    for (boolean nesterov : new boolean[] {false, true}) {
      float[] w = KernelTwins.random(n, 0);
      float[] v = KernelTwins.random(n, 2);
      float[][] r =
          KernelTwins.run(
              (k, a) -> k.updates().sgd(n, a[0], a[1], a[2], 0.5f, 0.1f, 0.9f, nesterov, 0.01f),
              n,
              n,
              n);
      for (int i = 0; i < n; i++) {
        double gradient = 0.5 * r[1][i] + 0.01 * w[i];
        double velocity = 0.9 * v[i] + gradient;
        double step = nesterov ? gradient + 0.9 * velocity : velocity;
        assertEquals(velocity, r[2][i], CLOSE);
        assertEquals(w[i] - 0.1 * step, r[0][i], CLOSE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void adam(int n) {
    float[] w = KernelTwins.random(n, 0);
    float[] m = KernelTwins.random(n, 2);
    float[] v = squares(n);
    float[][] r =
        KernelTwins.run(
            (k, a) -> {
              System.arraycopy(v, 0, a[3], 0, n);
              k.updates()
                  .adam(
                      n, a[0], a[1], a[2], a[3], 0.5f, 0.01f, 0.999f, 0.02f, 0.9f, 0.99f, 1.5f,
                      1e-4f);
            },
            n,
            n,
            n,
            n);
    for (int i = 0; i < n; i++) {
      double gradient = 0.5 * r[1][i] + 0.01 * w[i];
      double first = 0.9 * m[i] + 0.1 * gradient;
      double second = 0.99 * v[i] + 0.01 * gradient * gradient;
      assertEquals(first, r[2][i], CLOSE);
      assertEquals(second, r[3][i], CLOSE);
      double step = 0.02 * first / (Math.sqrt(second) * 1.5 + 1e-4);
      assertEquals(w[i] * 0.999 - step, r[0][i], 1e-5 * (1 + Math.abs(step)));
    }
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void movingAverage(int n) {
    float[] average = KernelTwins.random(n, 1);
    float[][] r = KernelTwins.run((k, a) -> k.updates().movingAverage(n, a[0], a[1], 0.75f), n, n);
    for (int i = 0; i < n; i++) {
      assertEquals(0.75 * average[i] + 0.25 * r[0][i], r[1][i], CLOSE);
    }
  }

  /// The second moment is never negative.
  private static float[] squares(int n) {
    float[] values = KernelTwins.random(n, 3);
    for (int i = 0; i < n; i++) {
      values[i] *= values[i];
    }
    return values;
  }
}

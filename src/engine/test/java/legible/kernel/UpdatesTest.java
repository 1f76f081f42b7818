package legible.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Values by hand, and the documented operations, which leave no choice of bits.
class UpdatesTest {
  /// ```
  ///  w = 1, g = 2·3 = 6 with gradientScale 3, + l2·w = ½: 6.5      v = ½·4 + 6.5 = 8.5
  ///  plain    w = 1 - ¼·8.5 = -1.125
  ///  Nesterov w = 1 - ¼·(6.5 + ½·8.5) = -1.6875
  /// ```
  @Test
  void sgdByHand() {
    for (boolean nesterov : new boolean[] {false, true}) {
      float[][] actual =
          Twins.same(
              "sgd",
              kernels -> {
                float[] w = Twins.fenced(1);
                float[] v = Twins.fenced(4);
                float[] g = Twins.fenced(2);
                kernels.updates().sgd(1, w, g, v, 3f, 0.25f, 0.5f, nesterov, 0.5f);
                return new float[][] {w, v};
              });
      assertArrayEquals(new float[] {nesterov ? -1.6875f : -1.125f}, actual[0]);
      assertArrayEquals(new float[] {8.5f}, actual[1]);
    }
  }

  /// ```
  ///  g = 2·1 + 0·w = 2    m = ½·0 + ½·2 = 1    v = ¾·0 + ¼·4 = 1    √v·1 + 1 = 2
  ///  w = 4·½ - 3·1/2 = ½
  /// ```
  @Test
  void adamByHand() {
    float[][] actual =
        Twins.same(
            "adam",
            kernels -> {
              float[] w = Twins.fenced(4);
              float[] m = Twins.fenced(0);
              float[] v = Twins.fenced(0);
              float[] g = Twins.fenced(1);
              kernels.updates().adam(1, w, g, m, v, 2f, 0f, 0.5f, 3f, 0.5f, 0.75f, 1f, 1f);
              return new float[][] {w, m, v};
            });
    assertArrayEquals(new float[] {0.5f}, actual[0]);
    assertArrayEquals(new float[] {1}, actual[1]);
    assertArrayEquals(new float[] {1}, actual[2]);
  }

  /// Averages that shrink to subnormal numbers become 0, and the weights are as if they had not; the
  /// smallest normal numbers stay.
  @Test
  void noAverageIsSubnormal() {
    int n = 37; // whole vectors and a tail
    float[] zeros = new float[n];
    for (float sign : new float[] {1, -1}) {
      float[] least = new float[n]; // shrinks below the smallest normal number, and is left at it
      for (int i = 0; i < n; i++) {
        least[i] = sign * (i % 2 == 0 ? Float.MIN_NORMAL : 2 * Float.MIN_NORMAL);
      }
      float[][] adam =
          Twins.same(
              "adam",
              kernels -> {
                float[] w = zeros.clone();
                float[] m = Twins.fenced(least);
                float[] v = Twins.fenced(least);
                kernels.updates().adam(n, w, zeros, m, v, 1f, 0f, 1f, 0f, 0.5f, 0.5f, 1f, 1f);
                return new float[][] {m, v};
              });
      float[] sgd =
          Twins.same(
              "sgd",
              kernels -> {
                float[] w = zeros.clone();
                float[] v = Twins.fenced(least);
                kernels.updates().sgd(n, w, zeros, v, 1f, 0f, 0.5f, false, 0f);
                return new float[][] {v};
              })[0];
      for (int i = 0; i < n; i++) {
        float expected = i % 2 == 0 ? 0f : sign * Float.MIN_NORMAL;
        assertEquals(expected, adam[0][i]);
        assertEquals(expected, adam[1][i]);
        assertEquals(expected, sgd[i]);
      }
    }
  }

  @Test
  void sgdOperations() {
    for (int n : Twins.LENGTHS) {
      RandomGenerator random = new SplittableRandom(n);
      float[] w = Twins.values(random, n, -1, 1);
      float[] g = Twins.values(random, n, -1, 1);
      float[] v = Twins.values(random, n, -1, 1);
      for (boolean nesterov : new boolean[] {false, true}) {
        float[][] expected = {new float[n], new float[n]};
        for (int i = 0; i < n; i++) {
          float gradient = Math.fma(1e-2f, w[i], 0.7f * g[i]);
          float velocity = Math.fma(0.9f, v[i], gradient);
          float step = nesterov ? Math.fma(0.9f, velocity, gradient) : velocity;
          expected[0][i] = Math.fma(-0.1f, step, w[i]);
          expected[1][i] = velocity;
        }
        float[][] actual =
            Twins.same(
                "sgd " + n,
                kernels -> {
                  float[] weights = w.clone();
                  float[] velocity = v.clone();
                  kernels.updates().sgd(n, weights, g, velocity, 0.7f, 0.1f, 0.9f, nesterov, 1e-2f);
                  return new float[][] {weights, velocity};
                });
        Twins.assertSameBits("sgd w " + n, expected[0], actual[0]);
        Twins.assertSameBits("sgd v " + n, expected[1], actual[1]);
      }
    }
  }

  @Test
  void adamOperations() {
    for (int n : Twins.LENGTHS) {
      RandomGenerator random = new SplittableRandom(n);
      float[] w = Twins.values(random, n, -1, 1);
      float[] g = Twins.values(random, n, -1, 1);
      float[] m = Twins.values(random, n, -1, 1);
      float[] v = Twins.values(random, n, 0, 1);
      if (n > 9) { // weights that never had a gradient, subnormal averages
        g[3] = m[3] = v[3] = 0;
        v[8] = Float.MIN_VALUE;
        m[8] = -Float.MIN_VALUE;
      }
      float[][] expected = {new float[n], new float[n], new float[n]};
      for (int i = 0; i < n; i++) {
        float gradient = Math.fma(1e-2f, w[i], 0.7f * g[i]);
        float first = Math.fma(1 - 0.9f, gradient - m[i], m[i]);
        float second = Math.fma(1 - 0.999f, gradient * gradient - v[i], v[i]);
        float root = Math.fma((float) Math.sqrt(second), 1.5f, 1e-8f);
        expected[0][i] = w[i] * 0.99f - (1e-3f * first) / root;
        expected[1][i] = first;
        expected[2][i] = second;
      }
      float[][] actual =
          Twins.same(
              "adam " + n,
              kernels -> {
                float[] weights = w.clone();
                float[] first = m.clone();
                float[] second = v.clone();
                kernels
                    .updates()
                    .adam(
                        n, weights, g, first, second, 0.7f, 1e-2f, 0.99f, 1e-3f, 0.9f, 0.999f, 1.5f,
                        1e-8f);
                return new float[][] {weights, first, second};
              });
      for (int i = 0; i < 3; i++) {
        Twins.assertSameBits("adam " + n, expected[i], actual[i]);
      }
    }
  }

  /// `¼·(w - average) + average`
  @Test
  void movingAverage() {
    for (int n : Twins.LENGTHS) {
      RandomGenerator random = new SplittableRandom(n);
      float[] w = Twins.values(random, n, -1, 1);
      float[] before = Twins.values(random, n, -1, 1);
      float[] expected = new float[n];
      for (int i = 0; i < n; i++) {
        expected[i] = Math.fma(0.25f, w[i] - before[i], before[i]);
      }
      float[][] actual =
          Twins.same(
              "movingAverage " + n,
              kernels -> {
                float[] average = before.clone();
                kernels.updates().movingAverage(n, w, average, 0.75f);
                return new float[][] {average};
              });
      Twins.assertSameBits("movingAverage " + n, expected, actual[0]);
    }
  }
}

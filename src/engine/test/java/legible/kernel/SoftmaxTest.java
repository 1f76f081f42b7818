package legible.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Values by hand, double precision with bounds, equal bits of both twins.
class SoftmaxTest {
  private static final double UNIT = 0x1.0p-24;
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float NAN = Float.NaN;

  /// `p = 1/2 1/2`, `1/(1+3) 3/(1+3)`, `1`: the logits' distances are 0 and ln 3.
  @Test
  void valueByHand() {
    float ln3 = (float) Math.log(3);
    assertArrayEquals(
        new float[] {0.5f, 0.5f, 0.25f, 0.75f},
        softmax(2, 2, 7, 7, -ln3 - 100, -100),
        (float) (100 * UNIT));
    assertArrayEquals(new float[] {1, 1, 1}, softmax(3, 1, -5, 0, 1e30f));
    assertArrayEquals(new float[] {0, 1, 0}, softmax(1, 3, 0, 1e30f, -1e30f));
    assertArrayEquals(new float[0], softmax(0, 10));
  }

  @Test
  void specialValues() {
    assertArrayEquals(new float[] {0, 0.5f, 0.5f}, softmax(1, 3, -INFINITY, 2, 2));
    assertArrayEquals(new float[] {NAN, NAN, NAN}, softmax(1, 3, 0, NAN, 1));
    assertArrayEquals(new float[] {NAN, NAN}, softmax(1, 2, INFINITY, 0));
    assertArrayEquals(new float[] {NAN, NAN}, softmax(1, 2, -INFINITY, -INFINITY));
  }

  private static float[] softmax(int rows, int classes, float... logits) {
    return Twins.same(
        "softmax",
        kernels -> {
          float[] p = Twins.unset(logits.length);
          kernels.softmax().softmax(rows, classes, Twins.fenced(logits), p);
          return new float[][] {p};
        })[0];
  }

  @Test
  void oracle() {
    for (int classes = 1; classes <= 49; classes++) {
      check(3, classes, 5);
    }
    check(1_000, 10, 5);
    check(64, 10, 100);
    check(33, 1_000, 5);
    check(2, 10_001, 5);
  }

  private static void check(int rows, int classes, float spread) {
    int n = rows * classes;
    RandomGenerator random = new SplittableRandom(n);
    float[] z = Twins.values(random, n, -spread, spread);
    float[] t = Twins.values(random, n, 0, 1);
    float[] before = Twins.values(random, n, -1, 1);
    String name = rows + " x " + classes;
    float[][] actual =
        Twins.same(
            name,
            kernels -> {
              Softmax softmax = kernels.softmax();
              float[] alone = Twins.unset(n);
              softmax.softmax(rows, classes, z, alone);
              float[] p = Twins.unset(n);
              float[] loss = Twins.unset(rows);
              softmax.crossEntropy(rows, classes, z, t, p, loss);
              float[] dz = before.clone();
              softmax.crossEntropyGradient(rows, classes, 0.3f, p, t, dz);
              return new float[][] {p, loss, dz, alone};
            });
    Twins.assertSameBits(name, actual[0], actual[3]);
    for (int r = 0; r < rows; r++) {
      int from = r * classes;
      checkRow(
          name + " row " + r,
          Arrays.copyOfRange(z, from, from + classes),
          Arrays.copyOfRange(t, from, from + classes),
          Arrays.copyOfRange(before, from, from + classes),
          Arrays.copyOfRange(actual[0], from, from + classes),
          actual[1][r],
          Arrays.copyOfRange(actual[2], from, from + classes));
    }
  }

  /// Roundings of a probability: the difference from the maximum (relative to it, the exponent's error
  /// is that of the result), exp (1.02 ULP), the sum, the division.
  private static void checkRow(
      String name, float[] z, float[] t, float[] before, float[] p, float loss, float[] dz) {
    double maximum = Double.NEGATIVE_INFINITY;
    for (float value : z) {
      maximum = Math.max(maximum, value);
    }
    double sum = 0;
    double targets = 0;
    for (int k = 0; k < z.length; k++) {
      sum += StrictMath.exp(z[k] - maximum);
      targets += t[k];
    }
    int terms = z.length + 4;
    double expectedLoss = 0;
    double lossBound = 0;
    for (int k = 0; k < z.length; k++) {
      double distance = maximum - z[k];
      double expected = StrictMath.exp(-distance) / sum;
      double relative = (2 * distance + terms + 8) * UNIT;
      Twins.assertWithin(name, expected, relative * expected + Float.MIN_VALUE, p[k]);
      expectedLoss += t[k] * (distance + StrictMath.log(sum));
      lossBound += t[k] * (distance + StrictMath.log(sum) + 1);
      double gradient = 0.3f * (expected * targets - t[k]);
      double bound = 0.3 * (expected * targets * relative + (terms + 3) * UNIT * (targets + t[k]));
      Twins.assertWithin(
          name, before[k] + gradient, bound + UNIT * Math.abs(before[k]) + UNIT, dz[k]);
    }
    Twins.assertWithin(name, expectedLoss, (2 * terms + 8) * UNIT * lossBound, loss);
  }

  /// A target of one class: the loss is `-ln p`, and the gradient's sum is 0.
  @Test
  void oneTarget() {
    float[][] actual =
        Twins.same(
            "one target",
            kernels -> {
              float[] p = Twins.unset(4);
              float[] loss = Twins.unset(1);
              float[] dz = Twins.fenced(0, 0, 0, 0);
              float[] t = {0, 1, 0, 0};
              kernels.softmax().crossEntropy(1, 4, new float[] {2, 2, 2, 2}, t, p, loss);
              kernels.softmax().crossEntropyGradient(1, 4, 1f, p, t, dz);
              return new float[][] {loss, dz};
            });
    assertEquals((float) Math.log(4), actual[0][0]);
    assertArrayEquals(new float[] {0.25f, -0.75f, 0.25f, 0.25f}, actual[1]);
  }
}

package legible.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Each loop against its one-line definition, which leaves no choice of bits; the sums against double
/// precision.
class ElementwiseTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float[] SPECIAL = {
    NAN, 0f, -0f, 1f, -1f, INFINITY, -INFINITY, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE
  };

  /// `y` from `a`, `b` and what it held.
  @FunctionalInterface
  private interface Definition {
    float of(float a, float b, float y);
  }

  @FunctionalInterface
  private interface Loop {
    void run(Elementwise elementwise, int n, float[] a, float[] b, float[] y);
  }

  @Test
  void add() {
    check((e, n, a, b, y) -> e.add(n, a, b, Activation.NONE, y), (a, b, y) -> a + b);
    check((e, n, a, b, y) -> e.add(n, a, b, Activation.RELU, y), (a, b, y) -> Math.max(a + b, 0f));
  }

  @Test
  void accumulate() {
    check((e, n, a, b, y) -> e.accumulate(n, a, y), (a, b, y) -> y + a);
    check((e, n, a, b, y) -> e.accumulateProduct(n, a, b, y), (a, b, y) -> Math.fma(a, b, y));
    check((e, n, a, b, y) -> e.accumulateScaled(n, 0.3f, a, y), (a, b, y) -> Math.fma(0.3f, a, y));
  }

  @Test
  void multiplyAndDifference() {
    check((e, n, a, b, y) -> e.multiply(n, a, b, y), (a, b, y) -> a * b);
    check((e, n, a, b, y) -> e.scaledDifference(n, 0.3f, a, b, y), (a, b, y) -> 0.3f * (a - b));
  }

  @Test
  void relu() {
    check((e, n, a, b, y) -> e.relu(n, a, y), (a, b, y) -> Activation.RELU.of(a));
    check((e, n, a, b, y) -> e.reluGradient(n, a, b, y), (a, b, y) -> a > 0 ? b : 0f);
    float[][] y =
        Twins.same(
            "relu",
            kernels -> {
              float[] result = Twins.unset(SPECIAL.length);
              kernels.elementwise().relu(SPECIAL.length, SPECIAL, result);
              return new float[][] {result};
            });
    assertArrayEquals(
        new float[] {NAN, 0, 0, 1, 0, INFINITY, 0, Float.MIN_VALUE, 0, Float.MAX_VALUE}, y[0]);
  }

  /// An output may be an input.
  @Test
  void inPlace() {
    float[][] y =
        Twins.same(
            "in place",
            kernels -> {
              float[] x = Twins.fenced(1, -2, 3, -4, 5, -6, 7, -8, 9);
              kernels.elementwise().relu(9, x, x);
              kernels.elementwise().accumulate(9, x, x);
              return new float[][] {x};
            });
    assertArrayEquals(new float[] {2, 0, 6, 0, 10, 0, 14, 0, 18}, y[0]);
  }

  private static void check(Loop loop, Definition definition) {
    RandomGenerator random = new SplittableRandom(7);
    for (int n : Twins.LENGTHS) {
      float[] a = mixed(random, n);
      float[] b = mixed(random, n);
      float[] before = Twins.values(random, n, -1, 1);
      float[] expected = new float[n];
      for (int i = 0; i < n; i++) {
        expected[i] = definition.of(a[i], b[i], before[i]);
      }
      float[][] y =
          Twins.same(
              "n = " + n,
              kernels -> {
                float[] result = before.clone();
                loop.run(kernels.elementwise(), n, a, b, result);
                return new float[][] {result};
              });
      Twins.assertSameBits("n = " + n, expected, y[0]);
    }
  }

  /// Ordinary values with special ones among them.
  private static float[] mixed(RandomGenerator random, int n) {
    float[] values = Twins.values(random, n, -1, 1);
    for (int i = 0; i < n; i++) {
      if (random.nextInt(4) == 0) {
        values[i] = SPECIAL[random.nextInt(SPECIAL.length)];
      }
    }
    return values;
  }

  /// ```
  ///  x = 1  2      sums = 10 20 before, 10 + 1 + 3 + 5 = 19 and 20 + 2 + 4 + 6 = 32 after
  ///      3  4
  ///      5  6
  /// ```
  @Test
  void sumRowsByHand() {
    float[][] sums =
        Twins.same(
            "sumRows",
            kernels -> {
              float[] result = Twins.fenced(10, 20);
              kernels.elementwise().sumRows(3, 2, new float[] {1, 2, 3, 4, 5, 6}, result);
              return new float[][] {result};
            });
    assertArrayEquals(new float[] {19, 32}, sums[0]);
  }

  @Test
  void sumRows() {
    for (int columns = 0; columns <= 49; columns++) {
      checkSumRows(0, columns);
      checkSumRows(1, columns);
      checkSumRows(37, columns);
    }
    checkSumRows(50_176, 16);
    checkSumRows(20_000, 10);
    checkSumRows(4_001, 33);
    checkSumRows(70_000, 1);
    checkSumRows(100, 2_048);
    checkSumRows(2, 40_001);
  }

  private static void checkSumRows(int rows, int columns) {
    String name = rows + " x " + columns;
    RandomGenerator random = new SplittableRandom(rows);
    float[] x = Twins.values(random, rows * columns, -1, 1);
    float[] before = Twins.values(random, columns, -1, 1);
    double[] sums = new double[columns];
    double[] absolute = new double[columns];
    for (int c = 0; c < columns; c++) {
      sums[c] = before[c];
      absolute[c] = Math.abs(before[c]);
    }
    for (int i = 0; i < rows * columns; i++) {
      sums[i % columns] += x[i];
      absolute[i % columns] += Math.abs(x[i]);
    }
    float[][] actual =
        Twins.same(
            name,
            kernels -> {
              float[] result = before.clone();
              kernels.elementwise().sumRows(rows, columns, x, result);
              return new float[][] {result};
            });
    for (int c = 0; c < columns; c++) {
      Twins.assertWithin(name, sums[c], (rows + 1) * 0x1.0p-24 * absolute[c], actual[0][c]);
    }
  }

  /// The two steps at once have the bits of one after the other.
  @Test
  void reluGradientAndSumsIsBothSteps() {
    int[][] shapes = {{0, 3}, {1, 1}, {37, 5}, {50_176, 16}, {4_001, 33}, {2, 40_001}, {3, 0}};
    for (int[] shape : shapes) {
      int rows = shape[0];
      int columns = shape[1];
      RandomGenerator random = new SplittableRandom(rows);
      float[] y = Twins.values(random, rows * columns, -1, 1);
      float[] dy = Twins.values(random, rows * columns, -1, 1);
      float[] before = Twins.values(random, columns, -1, 1);
      float[][] apart =
          Twins.same(
              "apart",
              kernels -> {
                float[] dz = dy.clone();
                float[] sums = before.clone();
                kernels.elementwise().reluGradient(rows * columns, y, dz, dz);
                kernels.elementwise().sumRows(rows, columns, dz, sums);
                return new float[][] {dz, sums};
              });
      float[][] atOnce =
          Twins.same(
              "at once",
              kernels -> {
                float[] dz = dy.clone();
                float[] sums = before.clone();
                kernels.elementwise().reluGradientAndSums(rows, columns, y, dz, sums);
                return new float[][] {dz, sums};
              });
      Twins.assertSameBits("dz", apart[0], atOnce[0]);
      Twins.assertSameBits("sums", apart[1], atOnce[1]);
    }
  }

  @Test
  void sumOfSquares() {
    assertEquals(0, squares(0, new float[0]));
    assertEquals(9 + 16, squares(2, new float[] {3, -4, NAN}));
    assertEquals(3e38f * (double) 3e38f, squares(1, new float[] {3e38f}));
    assertTrue(Double.isNaN(squares(1, new float[] {NAN})));
    RandomGenerator random = new SplittableRandom(3);
    for (int n : Twins.LENGTHS) {
      float[] x = Twins.values(random, n, -1, 1);
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += (double) x[i] * x[i];
      }
      Twins.assertWithin("n = " + n, sum, n * 0x1.0p-53 * sum, squares(n, x));
    }
  }

  /// The documented order leaves no choice of bits.
  @Test
  void sumOfSquaresInTheDocumentedOrder() {
    float[] x = Twins.values(new SplittableRandom(5), 16_384 + 19, -1e3f, 1e3f);
    double[] sums = new double[8];
    for (int i = 0; i < 16_384; i++) {
      sums[i % 8] += (double) x[i] * x[i];
    }
    double first = tree(sums);
    Arrays.fill(sums, 0);
    for (int i = 0; i < 19; i++) {
      double value = x[16_384 + i];
      sums[i < 16 ? i % 8 : 0] += value * value;
    }
    assertEquals(first + tree(sums), squares(16_384 + 19, x));
  }

  private static double tree(double[] sums) {
    return ((sums[0] + sums[4]) + (sums[2] + sums[6]))
        + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
  }

  private static double squares(int n, float[] x) {
    double[] sum = new double[1];
    Twins.same(
        "sumOfSquares " + n,
        kernels -> {
          sum[0] = kernels.elementwise().sumOfSquares(n, x);
          long bits = Double.doubleToLongBits(sum[0]);
          return new float[][] {
            Twins.fenced(
                (int) (bits & 0xffffff), (int) (bits >>> 24 & 0xffffff), (int) (bits >>> 48))
          };
        });
    return sum[0];
  }
}

package legible.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ElementwiseTest {
  /// Nothing, every tail of vectors up to 512 bits, and more than one task.
  static IntStream lengths() {
    return IntStream.concat(IntStream.rangeClosed(0, 49), IntStream.of(1000, 16_384, 40_001));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void add(int n) {
    float[][] r =
        KernelTwins.run(
            (k, a) -> k.elementwise().add(n, a[0], a[1], Activation.NONE, a[2]), n, n, n);
    each(n, i -> assertEquals(r[0][i] + r[1][i], r[2][i]));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void addWithRelu(int n) {
    float[][] r =
        KernelTwins.run(
            (k, a) -> k.elementwise().add(n, a[0], a[1], Activation.RELU, a[2]), n, n, n);
    each(n, i -> assertEquals(Math.max(r[0][i] + r[1][i], 0f), r[2][i]));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void accumulate(int n) {
    float[] before = KernelTwins.random(n, 1);
    float[][] r = KernelTwins.run((k, a) -> k.elementwise().accumulate(n, a[0], a[1]), n, n);
    each(n, i -> assertEquals(before[i] + r[0][i], r[1][i]));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void multiply(int n) {
    float[][] r = KernelTwins.run((k, a) -> k.elementwise().multiply(n, a[0], a[1], a[2]), n, n, n);
    each(n, i -> assertEquals(r[0][i] * r[1][i], r[2][i]));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void accumulateProduct(int n) {
    float[] before = KernelTwins.random(n, 2);
    float[][] r =
        KernelTwins.run((k, a) -> k.elementwise().accumulateProduct(n, a[0], a[1], a[2]), n, n, n);
    each(n, i -> assertEquals(Math.fma(r[0][i], r[1][i], before[i]), r[2][i]));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void accumulateScaled(int n) {
    float[] before = KernelTwins.random(n, 1);
    float[][] r =
        KernelTwins.run((k, a) -> k.elementwise().accumulateScaled(n, 0.3f, a[0], a[1]), n, n);
    each(n, i -> assertEquals(Math.fma(0.3f, r[0][i], before[i]), r[1][i]));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void scaledDifference(int n) {
    float[][] r =
        KernelTwins.run(
            (k, a) -> k.elementwise().scaledDifference(n, 0.3f, a[0], a[1], a[2]), n, n, n);
    each(n, i -> assertEquals(0.3f * (r[0][i] - r[1][i]), r[2][i]));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void reluAndItsGradient(int n) {
    float[][] r =
        KernelTwins.run(
            (k, a) -> {
              k.elementwise().relu(n, a[0], a[1]);
              k.elementwise().reluGradient(n, a[1], a[2], a[3]);
            },
            n,
            n,
            n,
            n);
    each(
        n,
        i -> {
          assertEquals(Math.max(r[0][i], 0f), r[1][i]);
          assertEquals(r[0][i] > 0 ? r[2][i] : 0f, r[3][i]);
        });
  }

  @Test
  void reluOfSpecialNumbers() {
    float[] special = {-0f, 0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY};
    int n = 40; // whole vectors and a tail
    float[][] r =
        KernelTwins.run(
            (k, a) -> {
              for (int i = 0; i < n; i++) {
                a[0][i] = special[i % special.length];
              }
              k.elementwise().relu(n, a[0], a[1]);
            },
            n,
            n);
    each(
        n,
        i ->
            assertEquals(
                Float.floatToIntBits(Activation.RELU.of(special[i % special.length])),
                Float.floatToIntBits(r[1][i])));
  }

  @Test
  void sumRows() {
    for (int columns : new int[] {1, 3, 8, 10, 16, 17, 33}) {
      for (int rows : new int[] {0, 1, 7, 3000}) {
        float[] before = KernelTwins.random(columns, 1);
        float[][] r =
            KernelTwins.run(
                (k, a) -> k.elementwise().sumRows(rows, columns, a[0], a[1]),
                rows * columns,
                columns);
        for (int c = 0; c < columns; c++) {
          double sum = before[c];
          double size = Math.abs(sum);
          for (int row = 0; row < rows; row++) {
            sum += r[0][row * columns + c];
            size += Math.abs(r[0][row * columns + c]);
          }
          assertEquals(sum, r[1][c], (rows + 1) * 0x1.0p-24 * size);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void sumOfSquares(int n) {
    float[][] r =
        KernelTwins.run((k, a) -> a[1][0] = (float) k.elementwise().sumOfSquares(n, a[0]), n, 1);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += (double) r[0][i] * r[0][i];
    }
    assertEquals((float) sum, r[1][0], Math.ulp((float) sum));
  }

  @Test
  void dropoutMaskKeepsTheRightShare() {
    int n = 100_003;
    for (float rate : new float[] {0f, 0.1f, 0.5f, 0.9f}) {
      float[][] r = KernelTwins.run((k, a) -> k.elementwise().dropoutMask(n, rate, 42L, a[0]), n);
      long kept = IntStream.range(0, n).filter(i -> r[0][i] != 0).count();
      double deviation = Math.sqrt(n * rate * (1 - rate));
      assertEquals(n * (1.0 - rate), (double) kept, 5 * deviation + 1e-9, "rate " + rate);
      each(n, i -> assertTrue(r[0][i] == 0 || r[0][i] == 1 / (1 - rate)));
    }
  }

  /// Neighbours share a fate as often as independent elements do.
  @Test
  void dropoutMaskHasIndependentNeighbours() {
    int n = 100_000;
    float[][] r = KernelTwins.run((k, a) -> k.elementwise().dropoutMask(n, 0.5f, 7L, a[0]), n);
    long same = IntStream.range(1, n).filter(i -> r[0][i] == r[0][i - 1]).count();
    assertEquals(n / 2.0, (double) same, 5 * Math.sqrt(n / 4.0));
  }

  private static void each(int n, IntConsumer check) {
    IntStream.range(0, n).forEach(check);
  }
}

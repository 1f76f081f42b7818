package legible.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InitializerTest {
  /// A convolution weight with fanIn 3·3·16 = 144 and fanOut 3·3·64 = 576.
  private static final Shape CONVOLUTION = Shape.of(3, 3, 16, 64);

  private static float[] values(Initializer initializer, Shape shape) {
    return initializer.create(shape, new CounterRandom(11)).data();
  }

  /// The k-th moment, `(1/n) Σ vᵏ`.
  private static double moment(float[] values, int k) {
    return Arrays.stream(doubles(values)).map(v -> Math.pow(v, k)).average().orElseThrow();
  }

  private static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    Arrays.setAll(result, i -> values[i]);
    return result;
  }

  @Test
  void constants() {
    assertArrayEquals(new float[] {0, 0, 0}, values(Initializer.ZEROS, Shape.of(3)));
    assertArrayEquals(new float[] {1, 1, 1}, values(Initializer.ONES, Shape.of(3)));
  }

  /// A normal variable has mean 0, variance σ² and fourth moment 3σ⁴. Bounds of four standard errors:
  /// σ/√n, √2·σ²/√n and √96·σ⁴/√n.
  @Test
  void heIsNormal() {
    float[] values = values(Initializer.HE, CONVOLUTION);
    double variance = 2.0 / 144;
    double error = 4 / Math.sqrt(values.length);
    assertEquals(0, moment(values, 1), Math.sqrt(variance) * error);
    assertEquals(variance, moment(values, 2), Math.sqrt(2) * variance * error);
    assertEquals(
        3 * variance * variance, moment(values, 4), Math.sqrt(96) * variance * variance * error);
  }

  /// A uniform variable in ±l has mean 0, variance l²/3 and never leaves its limits.
  @Test
  void glorotIsUniform() {
    float[] values = values(Initializer.GLOROT, CONVOLUTION);
    double limit = Math.sqrt(6.0 / (144 + 576));
    double error = 4 / Math.sqrt(values.length);
    assertEquals(0, moment(values, 1), limit / Math.sqrt(3) * error);
    assertEquals(limit * limit / 3, moment(values, 2), limit * limit * error);
    double largest = Arrays.stream(doubles(values)).map(Math::abs).max().orElseThrow();
    assertTrue(largest <= limit && largest > 0.999 * limit, largest + " of " + limit);
    double dense = Math.sqrt(6.0 / (100 + 50));
    assertEquals(
        dense,
        Arrays.stream(doubles(values(Initializer.GLOROT, Shape.of(100, 50)))).max().orElseThrow(),
        0.01 * dense);
  }

  /// Columns are orthonormal where there are no more columns than rows, else the rows are.
  @Test
  void orthogonal() {
    assertOrthonormal(values(Initializer.ORTHOGONAL, Shape.of(20, 7)), 7, 1, 7, 20);
    assertOrthonormal(values(Initializer.ORTHOGONAL, Shape.of(7, 20)), 20, 20, 1, 20);
    assertOrthonormal(values(Initializer.ORTHOGONAL, Shape.of(16, 16)), 16, 1, 16, 16);
    assertOrthonormal(values(Initializer.ORTHOGONAL, CONVOLUTION), 64, 1, 64, 144);
  }

  /// Checks vectors of a matrix: those that start `step` apart, with elements `stride` apart.
  private static void assertOrthonormal(
      float[] matrix, int columns, int step, int stride, int length) {
    int count = step == 1 ? columns : matrix.length / columns;
    for (int a = 0; a < count; a++) {
      for (int b = 0; b <= a; b++) {
        double dot = 0;
        for (int i = 0; i < length; i++) {
          dot += (double) matrix[a * step + i * stride] * matrix[b * step + i * stride];
        }
        assertEquals(a == b ? 1 : 0, dot, 1e-6, a + "·" + b);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HE", "GLOROT", "ORTHOGONAL"})
  void aFunctionOfTheStream(Initializer initializer) {
    Shape shape = Shape.of(5, 4);
    assertArrayEquals(values(initializer, shape), values(initializer, shape));
    assertFalse(
        Arrays.equals(
            values(initializer, shape), initializer.create(shape, new CounterRandom(12)).data()));
  }
}

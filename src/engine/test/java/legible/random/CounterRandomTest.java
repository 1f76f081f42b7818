package legible.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The generator's definition, and moments of its draws within five standard deviations.
class CounterRandomTest {
  private static final int N = 200_000;
  private static final CounterRandom RANDOM = new CounterRandom(0x5eedL);

  /// The same words as the JDK's generator, in any order.
  @Test
  void equalsSplittableRandom() {
    for (long seed : new long[] {0, 1, -1, 0x5eedL, Long.MIN_VALUE}) {
      SplittableRandom expected = new SplittableRandom(seed);
      CounterRandom actual = new CounterRandom(seed);
      for (int k = 0; k < 1000; k++) {
        assertEquals(expected.nextLong(), actual.bits(k));
      }
    }
  }

  /// Written down once: seeds of published models must go on to mean what they meant.
  @Test
  void pinned() {
    assertEquals(-2152535657050944081L, new CounterRandom(0).bits(0));
    assertEquals(-2925092530007451945L, RANDOM.split(3).key());
    assertEquals(-5109252413479121320L, RANDOM.split("conv1").key());
    assertEquals(0.0388487f, RANDOM.uniform(0));
    assertEquals(38, RANDOM.below(0, 1000));
    assertEquals(-0.1399381333136114, RANDOM.normal(0));
    assertEquals("[7, 6, 5, 2, 1, 0, 3, 4]", Arrays.toString(RANDOM.permutation(8)));
  }

  @Test
  void uniformMoments() {
    moments(k -> RANDOM.uniform(k), 0.5, 1 / 12.0, 1 / 180.0);
    moments(k -> RANDOM.uniform(k, -3, 3), 0, 3, 7.2);
    for (int k = 0; k < N; k++) {
      float value = RANDOM.uniform(k);
      assertTrue(value >= 0 && value < 1);
    }
  }

  /// Variance of z²: 2.
  @Test
  void normalMoments() {
    moments(RANDOM::normal, 0, 1, 2);
    double beyond = 0;
    for (int k = 0; k < N; k++) {
      beyond += Math.abs(RANDOM.normal(k)) > 1.959964 ? 1 : 0;
    }
    assertWithin(0.05 * N, 5 * Math.sqrt(N * 0.05 * 0.95), beyond);
  }

  /// Mean, variance, and the correlation of neighbours.
  ///
  /// @param spread the variance of `(x - mean)²`
  private static void moments(
      LongToDoubleFunction draw, double mean, double variance, double spread) {
    double sum = 0;
    double squares = 0;
    double products = 0;
    double last = 0;
    for (int k = 0; k < N; k++) {
      double value = draw.applyAsDouble(k) - mean;
      sum += value;
      squares += value * value;
      products += value * last;
      last = value;
    }
    assertWithin(0, 5 * Math.sqrt(N * variance), sum);
    assertWithin(N * variance, 5 * Math.sqrt(N * spread), squares);
    assertWithin(0, 5 * variance * Math.sqrt(N), products);
  }

  @Test
  void below() {
    for (int bound : new int[] {1, 2, 3, 10, 1000}) {
      int[] counts = new int[bound];
      for (int k = 0; k < N; k++) {
        counts[RANDOM.below(k, bound)]++;
      }
      for (int count : counts) {
        assertWithin(N / (double) bound, 5 * Math.sqrt(N / (double) bound), count);
      }
    }
    int largest = 0;
    for (int k = 0; k < N; k++) {
      largest = Math.max(largest, RANDOM.below(k, Integer.MAX_VALUE));
      assertTrue(RANDOM.below(k, Integer.MAX_VALUE) >= 0);
    }
    assertTrue(largest > Integer.MAX_VALUE / 2);
  }

  @Test
  void permutation() {
    for (int count : new int[] {0, 1, 2, 3, 100, 10_000}) {
      int[] order = RANDOM.permutation(count);
      int[] sorted = order.clone();
      Arrays.sort(sorted);
      assertEquals(Arrays.toString(IntStream.range(0, count).toArray()), Arrays.toString(sorted));
    }
  }

  /// All six orders of three, equally often.
  @Test
  void permutationsAreEquallyLikely() {
    int[] counts = new int[27];
    int rounds = 60_000;
    for (int k = 0; k < rounds; k++) {
      int[] order = RANDOM.split(k).permutation(3);
      counts[order[0] * 9 + order[1] * 3 + order[2]]++;
    }
    int orders = 0;
    for (int count : counts) {
      if (count > 0) {
        orders++;
        assertWithin(rounds / 6.0, 5 * Math.sqrt(rounds / 6.0), count);
      }
    }
    assertEquals(6, orders);
  }

  /// Streams by neighbouring numbers, a stream and its parent: no correlation, draw by draw.
  @Test
  void splitsAreIndependent() {
    correlation(RANDOM, RANDOM.split(0));
    correlation(RANDOM.split(0), RANDOM.split(1));
    correlation(RANDOM.split(1).split(0), RANDOM.split(0).split(1));
    correlation(RANDOM.split("weight"), RANDOM.split("bias"));
    correlation(new CounterRandom(1).split(5), new CounterRandom(2).split(5));
    assertNotEquals(RANDOM.split("ab").key(), RANDOM.split("ba").key());
    assertNotEquals(RANDOM.split("").key(), RANDOM.split("\0").key());
    long keys = IntStream.range(0, N).mapToLong(k -> RANDOM.split(k).key()).distinct().count();
    assertEquals(N, keys);
  }

  private static void correlation(CounterRandom a, CounterRandom b) {
    double sum = 0;
    for (int k = 0; k < N; k++) {
      sum += (a.uniform(k) - 0.5) * (b.uniform(k) - 0.5);
    }
    assertWithin(0, 5 * Math.sqrt(N) / 12, sum);
  }

  private static void assertWithin(double expected, double bound, double actual) {
    assertTrue(
        Math.abs(actual - expected) <= bound,
        () -> "expected %s within %s, got %s".formatted(expected, bound, actual));
  }
}

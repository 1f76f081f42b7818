package legible.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CounterRandomTest {
  private static final int DRAWS = 100_000;

  /// The k-th word is the k-th output of SplittableRandom, whose algorithm its documentation fixes.
  @Test
  void isSplittableRandomByIndex() {
    for (long seed : new long[] {0, 1, -7, 0x123456789abcdefL}) {
      SplittableRandom reference = new SplittableRandom(seed);
      CounterRandom random = new CounterRandom(seed);
      for (int k = 0; k < 100; k++) {
        assertEquals(reference.nextLong(), random.bits(k));
      }
    }
  }

  @Test
  void uniformHasTheMomentsOfTheUniformDistribution() {
    CounterRandom random = new CounterRandom(5);
    double mean = IntStream.range(0, DRAWS).mapToDouble(random::uniform).average().orElseThrow();
    double square =
        IntStream.range(0, DRAWS).mapToDouble(i -> Math.pow(random.uniform(i), 2)).sum() / DRAWS;
    assertEquals(0.5, mean, 0.005);
    assertEquals(1.0 / 3, square, 0.005);
    assertTrue(IntStream.range(0, DRAWS).allMatch(i -> random.uniform(i) < 1));
  }

  @Test
  void normalHasTheMomentsOfTheNormalDistribution() {
    CounterRandom random = new CounterRandom(5);
    double mean = IntStream.range(0, DRAWS).mapToDouble(random::normal).average().orElseThrow();
    double square =
        IntStream.range(0, DRAWS).mapToDouble(i -> Math.pow(random.normal(i), 2)).sum() / DRAWS;
    assertEquals(0, mean, 0.02);
    assertEquals(1, square, 0.03);
  }

  @Test
  void belowStaysBelowAndReachesAll() {
    CounterRandom random = new CounterRandom(5);
    int[] counts = new int[7];
    for (int i = 0; i < DRAWS; i++) {
      counts[random.below(i, 7)]++;
    }
    for (int count : counts) {
      assertEquals(DRAWS / 7.0, count, 5 * Math.sqrt(DRAWS / 7.0));
    }
  }

  @Test
  void permutationHasEveryNumberOnce() {
    for (int n : new int[] {0, 1, 2, 1000}) {
      int[] order = new CounterRandom(9).permutation(n);
      int[] sorted = order.clone();
      Arrays.sort(sorted);
      assertTrue(Arrays.equals(IntStream.range(0, n).toArray(), sorted));
    }
    assertNotEquals(
        Arrays.toString(new CounterRandom(9).permutation(20)),
        Arrays.toString(new CounterRandom(10).permutation(20)));
  }

  @Test
  void splitStreamsDiffer() {
    CounterRandom random = new CounterRandom(1);
    assertNotEquals(random.split(0), random.split(1));
    assertNotEquals(random.split("a"), random.split("b"));
    assertNotEquals(random.split("ab"), random.split("ba"));
    assertEquals(random.split("conv1.weight"), random.split("conv1.weight"));
  }
}

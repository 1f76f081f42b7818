package legible.digits.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import legible.random.CounterRandom;
import org.junit.jupiter.api.Test;

class RanksTest {
  private static void assertRanks(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    Ranks ranks = new Ranks(values);
    for (int i = 0; i < sorted.length; i++) {
      assertEquals(Float.floatToIntBits(sorted[i]), Float.floatToIntBits(ranks.at(i)), "rank " + i);
    }
  }

  @Test
  void areThoseOfSorting() {
    CounterRandom random = new CounterRandom(7);
    float[] values = new float[3000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 3 == 0 ? 0.9f + 0.0001f * (i % 7) : 2 * random.uniform(i) - 1;
    }
    assertRanks(values);
    assertRanks(new float[500]);
    for (int i = 0; i < values.length; i++) { // many in one bin, that differ in the lowest bits
      values[i] = Float.intBitsToFloat(Float.floatToIntBits(0.75f) + i % 2 + (i % 5 << 12));
    }
    assertRanks(values);
  }

  @Test
  void signsAndExtremesHaveTheirPlaces() {
    assertRanks(
        new float[] {
          0f,
          -0f,
          1f,
          -1f,
          Float.MIN_VALUE,
          -Float.MIN_VALUE,
          Float.MAX_VALUE,
          -Float.MAX_VALUE,
          Float.POSITIVE_INFINITY,
          Float.NEGATIVE_INFINITY,
          Float.NaN,
          0.5f,
          0.5f
        });
    assertRanks(new float[] {3f});
  }
}

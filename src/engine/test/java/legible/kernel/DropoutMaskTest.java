package legible.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// The mask's definition, and that its bits look random: share, neighbours, keys. All bounds are five
/// standard deviations.
class DropoutMaskTest {
  private static final long KEY = 0x0123456789abcdefL;
  private static final int N = 1 << 20;

  /// Written down once: models that were trained with dropout depend on them.
  @Test
  void pinned() {
    int[] bits = new int[4];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = RandomBits.of(KEY, i);
    }
    assertArrayEquals(new int[] {983_830_356, -1_536_045_092, 1_100_499_976, -116_568_389}, bits);
    assertEquals(33_350_994, RandomBits.of(0, 1));
  }

  @Test
  void definition() {
    for (float rate : new float[] {0f, 0.25f, 0.5f, 0.999f}) {
      for (int n : Twins.LENGTHS) {
        float[] expected = new float[n];
        for (int i = 0; i < n; i++) {
          double fraction = (RandomBits.of(KEY, i) + 0x1.0p31) / 0x1.0p32;
          expected[i] = fraction < rate ? 0f : 1 / (1 - rate);
        }
        Twins.assertSameBits("rate " + rate + ", n = " + n, expected, mask(n, rate, KEY));
      }
    }
  }

  @Test
  void shareIsTheRate() {
    for (float rate : new float[] {0.01f, 0.1f, 0.5f, 0.8f}) {
      int dropped = 0;
      for (float value : mask(N, rate, KEY)) {
        dropped += value == 0 ? 1 : 0;
      }
      double deviation = Math.sqrt(N * rate * (1.0 - rate));
      Twins.assertWithin("rate " + rate, N * (double) rate, 5 * deviation, dropped);
    }
  }

  /// With rate ½ the values 0 and 2, less 1, are ±1: the sum of n independent products has standard
  /// deviation √n.
  @Test
  void neighboursAreIndependent() {
    float[] mask = mask(N, 0.5f, KEY);
    for (int distance : new int[] {1, 2, 3, 4, 7, 8, 16, 28, 32, 64, 128, 784, 1024, 65_536}) {
      double sum = 0;
      for (int i = 0; i + distance < N; i++) {
        sum += (mask[i] - 1) * (mask[i + distance] - 1);
      }
      Twins.assertWithin("distance " + distance, 0, 5 * Math.sqrt(N), sum);
    }
  }

  /// Keys that differ in one bit, low or high.
  @Test
  void keysAreIndependent() {
    float[] mask = mask(N, 0.5f, KEY);
    for (int bit = 0; bit < 64; bit += 7) {
      float[] other = mask(N, 0.5f, KEY ^ 1L << bit);
      double sum = 0;
      for (int i = 0; i < N; i++) {
        sum += (mask[i] - 1) * (other[i] - 1);
      }
      Twins.assertWithin("bit " + bit, 0, 5 * Math.sqrt(N), sum);
    }
  }

  private static float[] mask(int n, float rate, long key) {
    return Twins.same(
        "mask",
        kernels -> {
          float[] mask = Twins.unset(n);
          kernels.elementwise().dropoutMask(n, rate, key, mask);
          return new float[][] {mask};
        })[0];
  }
}

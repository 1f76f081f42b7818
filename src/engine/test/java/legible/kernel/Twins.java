package legible.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Runs a job with both twins on 1, 2 and 3 threads and requires the same bits of all of them.
final class Twins {
  /// Lengths around whole vectors of every width, and some that are cut into chunks.
  static final int[] LENGTHS =
      IntStream.concat(IntStream.rangeClosed(0, 49), IntStream.of(16_383, 16_384, 16_393, 50_001))
          .toArray();

  /// NaNs behind every array: whoever reads one spoils a sum, whoever writes there is found out.
  private static final int FENCE = 17;

  private static final List<Kernels> KERNELS =
      List.of(
          Kernels.create(KernelSet.SCALAR, 1),
          Kernels.create(KernelSet.SCALAR, 3),
          Kernels.create(KernelSet.VECTOR, 1),
          Kernels.create(KernelSet.VECTOR, 2),
          Kernels.create(KernelSet.VECTOR, 3));

  private Twins() {}

  /// The arrays that a job gives, the same for all kernels, without their fences.
  static float[][] same(String name, Function<Kernels, float[][]> job) {
    float[][] expected = null;
    for (Kernels kernels : KERNELS) {
      float[][] actual = job.apply(kernels);
      for (int i = 0; i < actual.length; i++) {
        actual[i] = checkFence(name, actual[i]);
        if (expected != null) {
          assertSameBits(name + " " + kernels.set() + " output " + i, expected[i], actual[i]);
        }
      }
      expected = actual;
    }
    return expected;
  }

  /// A fenced array of NaN, for outputs that are set.
  static float[] unset(int n) {
    return fenced(filled(n, Float.NaN));
  }

  /// A fenced copy.
  static float[] fenced(float... values) {
    float[] copy = Arrays.copyOf(values, values.length + FENCE);
    Arrays.fill(copy, values.length, copy.length, Float.NaN);
    return copy;
  }

  /// A fenced array of values in [low, high).
  static float[] values(RandomGenerator random, int n, float low, float high) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat(low, high);
    }
    return fenced(values);
  }

  static float[] filled(int n, float value) {
    float[] values = new float[n];
    Arrays.fill(values, value);
    return values;
  }

  /// Equal bits; any NaN equals any other.
  static void assertSameBits(String name, float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length, name);
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
        fail("%s [%d]: expected %s, got %s".formatted(name, i, expected[i], actual[i]));
      }
    }
  }

  /// `|actual - expected| <= bound`
  static void assertWithin(String name, double expected, double bound, double actual) {
    if (!(Math.abs(actual - expected) <= bound)) {
      fail("%s: expected %s within %s, got %s".formatted(name, expected, bound, actual));
    }
  }

  private static float[] checkFence(String name, float[] array) {
    int n = array.length - FENCE;
    for (int i = n; i < array.length; i++) {
      if (!Float.isNaN(array[i])) {
        fail("%s: wrote %s behind the end, at %d of %d".formatted(name, array[i], i, n));
      }
    }
    return Arrays.copyOf(array, n);
  }
}

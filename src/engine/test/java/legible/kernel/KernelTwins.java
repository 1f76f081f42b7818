package legible.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.BiConsumer;
import legible.KernelVariant;
import legible.random.CounterRandom;

/// Runs a kernel on both twins and on several threads, and compares every bit.
final class KernelTwins {
  /// Elements beyond the end of each array; a kernel may neither read nor write them.
  static final int FENCE = 5;

  private KernelTwins() {}

  /// Runs the kernel on arrays of random numbers followed by NaN, on every variant.
  ///
  /// @param lengths of the arrays
  /// @param kernel reads and changes the arrays
  /// @return the arrays as all variants left them
  static float[][] run(BiConsumer<Kernels, float[][]> kernel, int... lengths) {
    float[][] expected = null;
    for (KernelVariant variant : KernelVariant.values()) {
      float[][] arrays = new float[lengths.length][];
      for (int i = 0; i < lengths.length; i++) {
        arrays[i] = random(lengths[i], i);
      }
      variant.with(
          workspace -> {
            kernel.accept(workspace.kernels(), arrays);
            return null;
          });
      for (int i = 0; i < lengths.length; i++) {
        for (int j = lengths[i]; j < lengths[i] + FENCE; j++) {
          assertTrue(Float.isNaN(arrays[i][j]), variant + " wrote beyond the end of array " + i);
        }
        if (expected != null) {
          assertArrayEquals(bits(expected[i]), bits(arrays[i]), variant + ", array " + i);
        }
      }
      expected = arrays;
    }
    return expected;
  }

  /// Random numbers in [-2, 2), then NaN.
  static float[] random(int length, int stream) {
    CounterRandom random = new CounterRandom(11).split(stream);
    float[] array = new float[length + FENCE];
    Arrays.fill(array, Float.NaN);
    for (int i = 0; i < length; i++) {
      array[i] = random.uniform(i, -2f, 2f);
    }
    return array;
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToIntBits(values[i]);
    }
    return bits;
  }
}

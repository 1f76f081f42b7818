package legible.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Values by hand, the definition written out, and equal bits of both twins on 1, 2 and 3 threads.
class PoolingTest {
  private static List<Kernels> variants;

  @BeforeAll
  static void open() {
    variants =
        List.of(
            Kernels.create(KernelSet.SCALAR, 1),
            Kernels.create(KernelSet.SCALAR, 3),
            Kernels.create(KernelSet.VECTOR, 1),
            Kernels.create(KernelSet.VECTOR, 2),
            Kernels.create(KernelSet.VECTOR, 3));
  }

  @AfterAll
  static void close() {
    variants.forEach(Kernels::close);
  }

  /// ```
  ///  x = 1 5 2        max of the 2x2 windows, stride 1 = 5 5     winners = 1 0
  ///      5 4 3                                           6 4               2 0   (4 before 4)
  ///      6 0 4
  ///
  ///  averages = 15/4 14/4
  ///             15/4 11/4
  /// ```
  @Test
  void valueByHand() {
    Window window = Geometries.square(1, 3, 1, 2, 1, 0);
    float[] x = {1, 5, 2, 5, 4, 3, 6, 0, 4};
    for (Kernels kernels : variants) {
      float[] y = new float[4];
      float[] index = new float[4];
      kernels.pooling().maxForward(window, x, y, index);
      assertArrayEquals(new float[] {5, 5, 6, 4}, y);
      assertArrayEquals(new float[] {1, 0, 2, 0}, index);
      float[] dx = {1, 1, 1, 1, 1, 1, 1, 1, 1};
      kernels.pooling().maxBackward(window, new float[] {10, 20, 30, 40}, index, dx);
      assertArrayEquals(new float[] {1, 31, 1, 1, 41, 1, 31, 1, 1}, dx);
      kernels.pooling().averageForward(window, x, y);
      assertArrayEquals(new float[] {3.75f, 3.5f, 3.75f, 2.75f}, y);
      dx = new float[9];
      kernels.pooling().averageBackward(window, new float[] {4, 8, 12, 16}, dx);
      assertArrayEquals(new float[] {1, 3, 2, 4, 10, 6, 3, 7, 4}, dx);
    }
  }

  /// The window's corner alone lies in the image: the average is that of one value, not of four.
  @Test
  void paddingTakesNoPart() {
    Window window = Geometries.square(1, 2, 9, 2, 2, 1);
    float[] x = new float[36];
    Arrays.fill(x, -3f);
    float[] three = x.clone();
    for (Kernels kernels : variants) {
      float[] y = new float[36];
      float[] index = new float[36];
      kernels.pooling().averageForward(window, x, y);
      assertArrayEquals(three, y);
      kernels.pooling().maxForward(window, x, y, index);
      assertArrayEquals(three, y);
      assertEquals(3f, index[0]);
      assertEquals(0f, index[35]);
    }
  }

  @Test
  void firstWinsAndNanWins() {
    Window window = Geometries.square(1, 2, 17, 2, 2, 0);
    float nan = Float.NaN;
    float[][] taps = {
      {-0f, 0f, 0f, -0f, 0},
      {1, nan, 3, nan, 1},
      {nan, 1, 2, 3, 0},
      {1, 2, 2, 0, 1},
      {-5, -5, -4, -4, 2},
      {1, 2, 3, nan, 3}
    };
    for (float[] tap : taps) {
      float[] x = new float[4 * 17];
      for (int i = 0; i < x.length; i++) {
        x[i] = tap[i / 17];
      }
      for (Kernels kernels : variants) {
        float[] y = new float[17];
        float[] index = new float[17];
        kernels.pooling().maxForward(window, x, y, index);
        for (int c = 0; c < 17; c++) {
          assertEquals(tap[4], index[c]);
          assertEquals(tap[(int) tap[4]], y[c]);
        }
        float[] values = new float[17];
        kernels.pooling().maxForward(window, x, values);
        assertArrayEquals(y, values);
      }
    }
  }

  @Test
  void definition() {
    RandomGenerator random = new SplittableRandom(1);
    for (int round = 0; round < 300; round++) {
      int channels = random.nextInt(1, 36);
      check(Geometries.random(random, channels), random);
    }
    check(Geometries.square(9, 28, 16, 2, 2, 0), random);
    check(Geometries.square(3, 14, 32, 2, 2, 0), random);
    check(Geometries.square(2, 56, 24, 3, 2, 1), random);
    check(Geometries.square(5, 7, 64, 7, 1, 0), random);
    check(Geometries.square(2, 3, 4, 2, 1, 3), random);
    check(Geometries.square(0, 4, 4, 2, 2, 0), random);
  }

  private static void check(Window window, RandomGenerator random) {
    // A few values only, so that equals meet; some NaN.
    float[] x = new float[Geometries.inputs(window)];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextInt(40) == 0 ? Float.NaN : random.nextInt(-4, 5) / 3f;
    }
    float[] dy = Geometries.values(random, window.outPixels() * window.channels());
    float[] before = Geometries.values(random, x.length);
    float[] y = nan(dy.length);
    float[] index = nan(dy.length);
    float[] average = nan(dy.length);
    float[] maxGradient = before.clone();
    float[] averageGradient = before.clone();
    define(window, x, dy, y, index, average, maxGradient, averageGradient);
    for (Kernels kernels : variants) {
      String name = kernels.set() + " " + window;
      float[] actual = nan(dy.length + 20);
      float[] actualIndex = nan(dy.length + 20);
      kernels.pooling().maxForward(window, x, actual, actualIndex);
      assertSame(y, actual, name);
      assertSame(index, actualIndex, name);
      actual = nan(dy.length + 20);
      kernels.pooling().maxForward(window, x, actual);
      assertSame(y, actual, name);
      kernels.pooling().averageForward(window, x, actual);
      assertSame(average, actual, name);
      float[] dx = Arrays.copyOf(before, before.length);
      kernels.pooling().maxBackward(window, dy, index, dx);
      assertSame(maxGradient, dx, name);
      dx = Arrays.copyOf(before, before.length);
      kernels.pooling().averageBackward(window, dy, dx);
      assertSame(averageGradient, dx, name);
    }
  }

  /// The documented definition, window by window.
  private static void define(
      Window window,
      float[] x,
      float[] dy,
      float[] y,
      float[] index,
      float[] average,
      float[] maxGradient,
      float[] averageGradient) {
    int channels = window.channels();
    for (int i = 0; i < y.length; i++) {
      int pixel = i / channels;
      int[] taps = taps(window, pixel);
      y[i] = 0f;
      index[i] = 0f;
      average[i] = 0f;
      int count = 0;
      int winner = -1;
      for (int tap = 0; tap < taps.length; tap++) {
        if (taps[tap] < 0) {
          continue;
        }
        float value = x[taps[tap] + i % channels];
        average[i] = count++ == 0 ? value : average[i] + value;
        if (winner < 0 || value > y[i] || (Float.isNaN(value) && !Float.isNaN(y[i]))) {
          y[i] = value;
          winner = taps[tap];
          index[i] = tap;
        }
      }
      if (count > 0) {
        average[i] /= count;
        maxGradient[winner + i % channels] += dy[i];
      }
      for (int tap : taps) {
        if (tap >= 0) {
          averageGradient[tap + i % channels] += dy[i] / count;
        }
      }
    }
  }

  /// Where the taps of an output pixel lie in x, -1 for the padding.
  private static int[] taps(Window window, int pixel) {
    int n = pixel / window.outWidth() / window.outHeight();
    int oh = pixel / window.outWidth() % window.outHeight();
    int ow = pixel % window.outWidth();
    int[] taps = new int[window.kernelHeight() * window.kernelWidth()];
    for (int tap = 0; tap < taps.length; tap++) {
      int h = oh * window.stride() - window.padTop() + tap / window.kernelWidth();
      int w = ow * window.stride() - window.padLeft() + tap % window.kernelWidth();
      boolean inside = h >= 0 && h < window.height() && w >= 0 && w < window.width();
      taps[tap] =
          inside ? ((n * window.height() + h) * window.width() + w) * window.channels() : -1;
    }
    return taps;
  }

  private static float[] nan(int size) {
    float[] values = new float[size];
    Arrays.fill(values, Float.NaN);
    return values;
  }

  /// Equal bits, and NaN untouched behind.
  private static void assertSame(float[] expected, float[] actual, String name) {
    for (int i = 0; i < actual.length; i++) {
      float value = i < expected.length ? expected[i] : Float.NaN;
      int bits = Float.floatToIntBits(value);
      assertTrue(bits == Float.floatToIntBits(actual[i]), name + " at " + i);
    }
  }
}

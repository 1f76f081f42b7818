package legible.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Values by hand, double precision with bounds, equal bits of both twins.
class NormalizationTest {
  private static final double UNIT = 0x1.0p-24;

  /// Rows and channels: around the vector widths, one chunk and many, ResNet's widest, few rows.
  private static final int[][] SHAPES = {
    {1, 1},
    {1, 20},
    {2, 3},
    {37, 7},
    {37, 8},
    {37, 9},
    {37, 15},
    {37, 16},
    {37, 17},
    {37, 31},
    {37, 33},
    {37, 48},
    {37, 49},
    {1_024, 16},
    {1_025, 16},
    {5_000, 12},
    {40_000, 1},
    {33, 2_048},
    {98, 512},
    {3_001, 64}
  };

  /// ```
  ///  x = 1 6     mean = 2 4     variance = ((-1)² + 1²)/2 = 1     (2² + (-2)²)/2 = 4
  ///      3 2
  /// ```
  @Test
  void statisticsByHand() {
    float[][] actual = statistics(2, 2, new float[] {1, 6, 3, 2});
    assertArrayEquals(new float[] {2, 4}, actual[0]);
    assertArrayEquals(new float[] {1, 4}, actual[1]);
  }

  /// A constant has variance 0, and one row too.
  @Test
  void noSpread() {
    float[][] actual = statistics(50_000, 3, Twins.filled(150_000, 0.1f));
    assertArrayEquals(new float[] {0.1f, 0.1f, 0.1f}, actual[0]);
    for (float variance : actual[1]) {
      Twins.assertWithin("variance", 0, 1e-15, variance);
    }
    actual = statistics(1, 3, new float[] {1, 2, 3});
    assertArrayEquals(new float[] {1, 2, 3}, actual[0]);
    assertArrayEquals(new float[3], actual[1]);
  }

  /// Far from zero `E[x²]-E[x]²` would lose all digits: with mean 4096 and spread 1, x² has 24 bits for
  /// a number of 24 bits before the point.
  @Test
  void statistics() {
    for (int[] shape : SHAPES) {
      for (float centre : new float[] {0, 4096}) {
        checkStatistics(shape[0], shape[1], centre);
      }
    }
  }

  private static void checkStatistics(int rows, int channels, float centre) {
    String name = rows + " x " + channels + " around " + centre;
    RandomGenerator random = new SplittableRandom(rows);
    float[] x = Twins.values(random, rows * channels, centre - 1, centre + 1);
    float[][] actual = statistics(rows, channels, x);
    for (int c = 0; c < channels; c++) {
      double mean = 0;
      for (int r = 0; r < rows; r++) {
        mean += x[r * channels + c] / (double) rows;
      }
      double variance = 0;
      for (int r = 0; r < rows; r++) {
        double deviation = x[r * channels + c] - mean;
        variance += deviation * deviation / rows;
      }
      // The last rounding; each deviation, at most 2, is rounded, and so is each step of their sum.
      int chunk = Math.min(rows, Chunks.rows(channels));
      Twins.assertWithin(name, mean, UNIT * (Math.abs(mean) + 2 * (chunk + 1)), actual[0][c]);
      Twins.assertWithin(name, variance, (chunk + 4) * UNIT * variance + 1e-15, actual[1][c]);
    }
  }

  private static float[][] statistics(int rows, int channels, float[] x) {
    return Twins.same(
        "statistics " + rows + " x " + channels,
        kernels -> {
          float[] mean = Twins.unset(channels);
          float[] variance = Twins.unset(channels);
          kernels.normalization().statistics(rows, channels, x, mean, variance);
          return new float[][] {mean, variance};
        });
  }

  /// The definition leaves no choice of bits.
  @Test
  void normalize() {
    for (int[] shape : SHAPES) {
      int rows = shape[0];
      int channels = shape[1];
      RandomGenerator random = new SplittableRandom(rows);
      float[] x = Twins.values(random, rows * channels, -1, 1);
      x[0] = Float.NaN;
      float[] mean = Twins.values(random, channels, -1, 1);
      float[] scale = Twins.values(random, channels, -2, 2);
      float[] shift = Twins.values(random, channels, -1, 1);
      for (Activation f : Activation.values()) {
        float[] expected = new float[rows * channels];
        for (int i = 0; i < expected.length; i++) {
          int c = i % channels;
          expected[i] = f.of(Math.fma(x[i] - mean[c], scale[c], shift[c]));
        }
        String name = rows + " x " + channels + " " + f;
        float[][] actual =
            Twins.same(
                name,
                kernels -> {
                  float[] y = Twins.unset(rows * channels);
                  float[] both = x.clone();
                  Normalization normalization = kernels.normalization();
                  normalization.normalize(rows, channels, x, mean, scale, shift, f, y);
                  normalization.normalize(rows, channels, both, mean, scale, shift, f, both);
                  return new float[][] {y, both};
                });
        Twins.assertSameBits(name, expected, actual[0]);
        Twins.assertSameBits(name + " in place", expected, actual[1]);
      }
    }
  }

  /// ```
  ///  x = 1 6   mean = 2 4   invStd = 1 ½   x̂ = -1  1     dy = 1 3    sumDy = 3 8
  ///      3 2                                     1 -1          2 5    sumDyXhat = 1 -2
  /// ```
  @Test
  void gradientSumsByHand() {
    float[][] actual =
        gradientSums(
            2,
            2,
            new float[] {1, 6, 3, 2},
            new float[] {2, 4},
            new float[] {1, 0.5f},
            new float[] {1, 3, 2, 5});
    assertArrayEquals(new float[] {3, 8}, actual[0]);
    assertArrayEquals(new float[] {1, -2}, actual[1]);
  }

  @Test
  void gradientSums() {
    for (int[] shape : SHAPES) {
      int rows = shape[0];
      int channels = shape[1];
      RandomGenerator random = new SplittableRandom(rows);
      float[] x = Twins.values(random, rows * channels, -1, 1);
      float[] dy = Twins.values(random, rows * channels, -1, 1);
      float[] mean = Twins.values(random, channels, -1, 1);
      float[] invStd = Twins.values(random, channels, 0.5f, 2);
      float[][] actual = gradientSums(rows, channels, x, mean, invStd, dy);
      String name = rows + " x " + channels;
      int terms = Math.min(rows, Chunks.rows(channels)) + 4;
      for (int c = 0; c < channels; c++) {
        double sum = 0;
        double sumBound = 0;
        double product = 0;
        double productBound = 0;
        for (int i = c; i < rows * channels; i += channels) {
          double xHat = ((double) x[i] - mean[c]) * invStd[c];
          sum += dy[i];
          sumBound += Math.abs(dy[i]);
          product += dy[i] * xHat;
          productBound += Math.abs(dy[i] * xHat);
        }
        Twins.assertWithin(name, sum, terms * UNIT * sumBound, actual[0][c]);
        Twins.assertWithin(name, product, terms * UNIT * productBound, actual[1][c]);
      }
    }
  }

  private static float[][] gradientSums(
      int rows, int channels, float[] x, float[] mean, float[] invStd, float[] dy) {
    return Twins.same(
        "gradientSums " + rows + " x " + channels,
        kernels -> {
          float[] sumDy = Twins.unset(channels);
          float[] sumDyXhat = Twins.unset(channels);
          kernels
              .normalization()
              .gradientSums(rows, channels, x, mean, invStd, dy, sumDy, sumDyXhat);
          return new float[][] {sumDy, sumDyXhat};
        });
  }

  /// The documented operations leave no choice of bits.
  @Test
  void inputGradient() {
    for (int[] shape : SHAPES) {
      int rows = shape[0];
      int channels = shape[1];
      RandomGenerator random = new SplittableRandom(rows);
      float[] x = Twins.values(random, rows * channels, -1, 1);
      float[] dy = Twins.values(random, rows * channels, -1, 1);
      float[] before = Twins.values(random, rows * channels, -1, 1);
      float[] mean = Twins.values(random, channels, -1, 1);
      float[] invStd = Twins.values(random, channels, 0.5f, 2);
      float[] gamma = Twins.values(random, channels, -2, 2);
      float[] sumDy = Twins.values(random, channels, -9, 9);
      float[] sumDyXhat = Twins.values(random, channels, -9, 9);
      float[] expected = new float[rows * channels];
      for (int i = 0; i < expected.length; i++) {
        int c = i % channels;
        float slope = invStd[c] * (sumDyXhat[c] / rows);
        float centred = Math.fma(mean[c] - x[i], slope, dy[i] - sumDy[c] / rows);
        expected[i] = Math.fma(gamma[c] * invStd[c], centred, before[i]);
      }
      String name = rows + " x " + channels;
      float[][] actual =
          Twins.same(
              name,
              kernels -> {
                float[] dx = before.clone();
                kernels
                    .normalization()
                    .inputGradient(
                        rows, channels, x, mean, invStd, gamma, dy, sumDy, sumDyXhat, dx);
                return new float[][] {dx};
              });
      Twins.assertSameBits(name, expected, actual[0]);
    }
  }
}

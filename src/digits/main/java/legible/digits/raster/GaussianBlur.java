package legible.digits.raster;

/// Smoothing with a Gaussian, one axis after the other; beyond the border the nearest pixel counts.
public final class GaussianBlur {
  private static final int SIZE = Raster.SIZE;

  /// Beyond this many standard deviations the weight is below 1/3000.
  private static final double REACH = 4;

  private GaussianBlur() {}

  /// Smooths a picture in place.
  ///
  /// @param sigma standard deviation in pixels, > 0 and at most 7
  /// @param scratch 784 values, overwritten
  public static void apply(float[] picture, double sigma, float[] scratch) {
    float[] kernel = kernel(sigma);
    int radius = kernel.length - 1;
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        float sum = kernel[0] * picture[y * SIZE + x];
        for (int d = 1; d <= radius; d++) {
          int before = y * SIZE + Math.max(x - d, 0);
          int after = y * SIZE + Math.min(x + d, SIZE - 1);
          sum += kernel[d] * (picture[before] + picture[after]);
        }
        scratch[y * SIZE + x] = sum;
      }
    }
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        float sum = kernel[0] * scratch[y * SIZE + x];
        for (int d = 1; d <= radius; d++) {
          int above = Math.max(y - d, 0) * SIZE + x;
          int below = Math.min(y + d, SIZE - 1) * SIZE + x;
          sum += kernel[d] * (scratch[above] + scratch[below]);
        }
        picture[y * SIZE + x] = sum;
      }
    }
  }

  /// The weights of distance 0, 1, 2, ...; those of all pixels together are 1.
  private static float[] kernel(double sigma) {
    int radius = (int) Math.ceil(REACH * sigma);
    double[] weights = new double[radius + 1];
    double sum = 0;
    for (int d = 0; d <= radius; d++) {
      weights[d] = StrictMath.exp(-d * d / (2 * sigma * sigma));
      sum += d == 0 ? weights[d] : 2 * weights[d];
    }
    float[] kernel = new float[radius + 1];
    for (int d = 0; d <= radius; d++) {
      kernel[d] = (float) (weights[d] / sum);
    }
    return kernel;
  }
}

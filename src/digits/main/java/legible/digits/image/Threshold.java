package legible.digits.image;

/// Divides a picture into ink and ground.
public final class Threshold {
  private static final int LEVELS = 256;

  private Threshold() {}

  /// The value that divides all into two classes with the greatest variance between their means.
  ///
  /// Source: Otsu 1979, "A threshold selection method from gray-level histograms", equation 14.
  ///
  /// @param values in [0, 1]
  public static float otsu(float[] values) {
    int[] histogram = new int[LEVELS];
    double total = 0;
    for (float value : values) {
      int level = Math.clamp((int) (value * LEVELS), 0, LEVELS - 1);
      histogram[level]++;
      total += level;
    }
    double best = -1;
    int divide = 0;
    long below = 0;
    double sum = 0;
    for (int level = 0; level < LEVELS - 1; level++) {
      below += histogram[level];
      sum += (double) level * histogram[level];
      long above = values.length - below;
      if (below > 0 && above > 0) {
        double distance = sum / below - (total - sum) / above;
        double between = (double) below * above * distance * distance;
        if (between > best) {
          best = between;
          divide = level;
        }
      }
    }
    return (divide + 1f) / LEVELS;
  }

  /// Dark places: darker than `m·(1 + k·(s/R - 1))` with the mean m and the deviation s of a window
  /// around them, R = 1/2, the largest deviation there is.
  ///
  /// Source: Sauvola & Pietikäinen 2000, "Adaptive document image binarization", equation 5.
  ///
  /// @param window rows and columns of the window, odd
  /// @param k how far below the mean: 0.5 in the paper, less for faint ink
  public static boolean[] sauvola(GrayImage light, int window, float k) {
    int width = light.width();
    int height = light.height();
    double[] sums = new double[(width + 1) * (height + 1)];
    double[] squares = new double[sums.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = (y + 1) * (width + 1) + x + 1;
        double value = light.at(x, y);
        sums[i] = value + sums[i - 1] + sums[i - width - 1] - sums[i - width - 2];
        squares[i] =
            value * value + squares[i - 1] + squares[i - width - 1] - squares[i - width - 2];
      }
    }
    boolean[] dark = new boolean[width * height];
    int half = window / 2;
    for (int y = 0; y < height; y++) {
      int top = Math.max(0, y - half) * (width + 1);
      int bottom = Math.min(height, y + half + 1) * (width + 1);
      for (int x = 0; x < width; x++) {
        int left = Math.max(0, x - half);
        int right = Math.min(width, x + half + 1);
        int count = (right - left) * (bottom - top) / (width + 1);
        double mean = box(sums, top, bottom, left, right) / count;
        double square = box(squares, top, bottom, left, right) / count;
        double deviation = Math.sqrt(Math.max(0, square - mean * mean));
        dark[y * width + x] = light.at(x, y) < mean * (1 + k * (2 * deviation - 1));
      }
    }
    return dark;
  }

  private static double box(double[] sums, int top, int bottom, int left, int right) {
    return sums[bottom + right] - sums[bottom + left] - sums[top + right] + sums[top + left];
  }
}

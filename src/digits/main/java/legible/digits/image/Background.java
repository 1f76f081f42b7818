package legible.digits.image;

import java.util.Arrays;
import java.util.Optional;

/// Evens out the light on a sheet: shadows, vignettes and slopes go, ink stays.
///
/// ```
///  ground = the closing of light: the largest value in a window around each pixel, of these the
///           smallest in the same window
///  even   = light / ground
/// ```
///
/// A closing fills all that is dark and narrower than its window, so strokes do not become ground,
/// but the edge of a shadow stays where it is.
///
/// Source: Serra 1982, "Image analysis and mathematical morphology", chapter XII (closing of
/// functions).
public final class Background {
  /// The window is this part of the shorter side: wider than any stroke of the only digit there.
  private static final int WINDOWS = 4;

  private static final int SMALLEST_WINDOW = 9;

  /// A ground darker than this is a hole or a black border: dividing by it would be noise.
  private static final float DARKEST = 0.08f;

  /// A ground whose light differs more than this is uneven.
  private static final float UNEVEN = 0.08f;

  /// Smaller pictures have too little ground to tell its light.
  private static final int LEAST_UNEVEN = 48;

  private Background() {}

  /// Takes away shadows and slopes; then ink is dark, whatever it was. Empty if there are none.
  public static Optional<GrayImage> evenIfUneven(GrayImage light) {
    if (light.width() < LEAST_UNEVEN || light.height() < LEAST_UNEVEN) {
      return Optional.empty();
    }
    GrayImage dark = Polarity.darkInk(light);
    if (range(blocks(dark)) <= UNEVEN) {
      return Optional.empty();
    }
    float[] ground = ground(dark).values();
    if (range(ground) <= UNEVEN) {
      return Optional.empty(); // nor do the parts below differ more
    }
    Ranks ranks = new Ranks(ground);
    int extreme = ground.length / 20;
    float spread = ranks.fromLargest(extreme) - ranks.at(extreme);
    return spread > UNEVEN ? Optional.of(even(dark)) : Optional.empty();
  }

  private static float range(float[] values) {
    float smallest = Float.POSITIVE_INFINITY;
    float largest = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
    }
    return largest - smallest;
  }

  /// The lightest of each block. Each window of the closing has a whole block in it, so the ground
  /// differs no more than these do; they cost a tenth of it.
  private static float[] blocks(GrayImage light) {
    int size = window(light) / 2 + 1;
    int columns = Math.ceilDiv(light.width(), size);
    float[] lightest = new float[columns * Math.ceilDiv(light.height(), size)];
    Arrays.fill(lightest, Float.NEGATIVE_INFINITY);
    for (int y = 0; y < light.height(); y++) {
      for (int column = 0; column < columns; column++) {
        float best = lightest[y / size * columns + column];
        for (int x = column * size; x < Math.min(light.width(), (column + 1) * size); x++) {
          best = Math.max(best, light.at(x, y));
        }
        lightest[y / size * columns + column] = best;
      }
    }
    return lightest;
  }

  /// Divides dark writing on a light ground by its ground.
  ///
  /// @return light of which the ground is about 1
  public static GrayImage even(GrayImage light) {
    GrayImage ground = ground(light);
    float[] values = new float[light.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.min(1, light.values()[i] / Math.max(DARKEST, ground.values()[i]));
    }
    return new GrayImage(light.width(), light.height(), values);
  }

  /// The light of the sheet without what is written on it.
  static GrayImage ground(GrayImage light) {
    int window = window(light);
    float[] largest = extreme(light.values(), light.width(), light.height(), window, 1);
    float[] closed = extreme(largest, light.width(), light.height(), window, -1);
    return new GrayImage(light.width(), light.height(), closed);
  }

  private static int window(GrayImage light) {
    int shorter = Math.min(light.width(), light.height());
    return Math.max(SMALLEST_WINDOW, shorter / WINDOWS) | 1;
  }

  /// The largest (sign 1) or smallest (sign -1) value in a square window, rows first, then columns.
  private static float[] extreme(float[] values, int width, int height, int window, int sign) {
    float[] result = new float[values.length];
    Strip row = new Strip(width, 1, window);
    for (int y = 0; y < height; y++) {
      row.run(values, y * width, 1, sign, result);
    }
    Strip columns = new Strip(height, Math.min(width, Strip.COLUMNS), window);
    for (int x = 0; x < width; x += columns.across) {
      Strip strip = x + columns.across <= width ? columns : new Strip(height, width - x, window);
      strip.run(result, x, width, sign, result);
    }
    return result;
  }

  /// The filter along one row, or along some columns side by side, by spans that double: the largest of
  /// 2 neighbours, of 4, of 8 and so on; two such spans that overlap make the window.
  private static final class Strip {
    /// Columns side by side are neighbours in memory, which their own pixels are not.
    static final int COLUMNS = 64;

    private final int count;
    private final int across;
    private final int window;
    private final float[] spans;
    private final float[] behind;

    /// @param count places along the filter
    /// @param across lines side by side
    Strip(int count, int across, int window) {
      this.count = count;
      this.across = across;
      this.window = window;
      this.spans = new float[(count + window) * across];
      this.behind = new float[spans.length];
    }

    /// @param first index of the first place
    /// @param step from a place to the next one of its line
    /// @param result may be the values
    void run(float[] values, int first, int step, int sign, float[] result) {
      int half = window / 2 * across;
      Arrays.fill(spans, Float.NEGATIVE_INFINITY);
      copy(values, first, step, spans, half, across);
      negate(sign, half, half + count * across);
      int length = 1;
      int valid = count + window - 1;
      while (2 * length <= window) {
        valid -= length;
        join(length * across, valid * across);
        length *= 2;
      }
      join((window - length) * across, count * across);
      negate(sign, 0, count * across);
      copy(spans, 0, across, result, first, step);
    }

    /// Copies the lines, place by place, or all at once where they are one line.
    private void copy(float[] from, int source, int sourceStep, float[] to, int target, int step) {
      boolean oneLine = sourceStep == across && step == across;
      int places = oneLine ? 1 : count;
      for (int i = 0; i < places; i++) {
        int length = oneLine ? count * across : across;
        System.arraycopy(from, source + i * sourceStep, to, target + i * step, length);
      }
    }

    private void negate(int sign, int from, int to) {
      for (int i = from; i < to && sign < 0; i++) {
        spans[i] = -spans[i];
      }
    }

    /// Joins each span with the one at a distance behind it. That is copied to the same index first: the
    /// compiler makes vectors of this loop only.
    private void join(int distance, int places) {
      System.arraycopy(spans, distance, behind, 0, places);
      for (int i = 0; i < places; i++) {
        spans[i] = Math.max(spans[i], behind[i]);
      }
    }
  }
}

package legible.digits.image;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// Makes the strokes of a digit as wide as MNIST's: a felt pen's thinner, a fine pen's thicker. What is
/// learnt from MNIST has seen one kind of pen, and knows little of others.
///
/// ```
///  mean width w = 2·(area / perimeter)·(4/π)        on the ink above Otsu's threshold; a border along
///                                                   pixels is 4/π times as long as a smooth one
///  radius     r = |MNIST's width - w| / 2
///  thicker        the largest ink within r          thinner: the smallest
/// ```
///
/// Source: Serra 1982, "Image analysis and mathematical morphology", chapter XII (dilation and erosion
/// of functions); the threshold: Otsu 1979, see [Threshold#otsu].
final class StrokeWidth {
  /// The longer side at which strokes are measured and changed: so fine that a pixel more or less is a
  /// tenth of their width.
  private static final int LONGER_SIDE = 80;

  /// The mean of MNIST's 5,000 validation pictures, enlarged and measured in this way.
  private static final double MNIST = 10.95;

  /// Strokes farther from MNIST's are changed by so much only: more would join or break them.
  private static final int LARGEST_RADIUS = 6;

  /// A digit thinned to fewer pixels of clear ink has been thinned away.
  private static final int LEAST_INK = 30;

  private StrokeWidth() {}

  /// The same digit with other strokes; empty if they are about right.
  ///
  /// @param digit its ink in the smallest box, ground 0, ink 1
  static Optional<Step> normalize(GrayImage digit) {
    GrayImage ink = Scaling.longerSide(digit, LONGER_SIDE);
    double width = width(ink, Threshold.otsu(ink.values()));
    int radius = (int) Math.min(LARGEST_RADIUS, Math.round(Math.abs(MNIST - width) / 2));
    if (radius == 0) {
      return Optional.empty();
    }
    GrayImage result = extreme(ink, radius, width < MNIST ? 1 : -1);
    int clear = 0;
    for (float value : result.values()) {
      clear += value > 0.5f ? 1 : 0;
    }
    return clear < LEAST_INK
        ? Optional.empty()
        : Optional.of(new Step("stroke", Map.of("width", Double.toHexString(width)), result));
  }

  private static double width(GrayImage ink, float threshold) {
    int area = 0;
    int perimeter = 0;
    for (int y = 0; y < ink.height(); y++) {
      for (int x = 0; x < ink.width(); x++) {
        if (at(ink, x, y) > threshold) {
          area++;
          perimeter += at(ink, x - 1, y) > threshold ? 0 : 1;
          perimeter += at(ink, x + 1, y) > threshold ? 0 : 1;
          perimeter += at(ink, x, y - 1) > threshold ? 0 : 1;
          perimeter += at(ink, x, y + 1) > threshold ? 0 : 1;
        }
      }
    }
    return 2.0 * area / Math.max(1, perimeter) * (4 / Math.PI);
  }

  /// The largest (sign 1) or smallest (sign -1) ink in a disc around each pixel, with room for what
  /// grows. Each place of the disc is compared for a whole row at once, which the compiler turns into
  /// vectors.
  private static GrayImage extreme(GrayImage ink, int radius, int sign) {
    int width = ink.width() + 2 * radius;
    int height = ink.height() + 2 * radius;
    int roomWidth = width + 2 * radius;
    float[] room = withRoom(ink, 2 * radius, sign);
    float[] result = new float[width * height];
    float[] best = new float[width];
    float[] shifted = new float[width];
    for (int y = 0; y < height; y++) {
      Arrays.fill(best, Float.NEGATIVE_INFINITY);
      for (int v = -radius; v <= radius; v++) {
        // Half a radius more under the root rounds the disc to the pixels nearest to it.
        int reach = (int) Math.sqrt(radius * radius + radius / 2.0 - v * v);
        for (int u = -reach; u <= reach; u++) {
          System.arraycopy(room, (y + v + radius) * roomWidth + u + radius, shifted, 0, width);
          for (int x = 0; x < width; x++) {
            best[x] = Math.max(best[x], shifted[x]);
          }
        }
      }
      for (int x = 0; x < width; x++) {
        result[y * width + x] = sign * best[x];
      }
    }
    return new GrayImage(width, height, result);
  }

  /// The ink times a sign, with a margin without ink.
  private static float[] withRoom(GrayImage ink, int margin, int sign) {
    int width = ink.width() + 2 * margin;
    float[] room = new float[width * (ink.height() + 2 * margin)];
    Arrays.fill(room, sign * 0f);
    for (int y = 0; y < ink.height(); y++) {
      for (int x = 0; x < ink.width(); x++) {
        room[(y + margin) * width + margin + x] = sign * ink.at(x, y);
      }
    }
    return room;
  }

  /// Beyond the picture there is no ink.
  private static float at(GrayImage ink, int x, int y) {
    return x >= 0 && x < ink.width() && y >= 0 && y < ink.height() ? ink.at(x, y) : 0;
  }
}

package legible.digits.image;

import java.util.List;

/// A picture in colour: red, green and blue of each pixel in [0, 1], row by row.
///
/// @param width columns
/// @param height rows
/// @param values `height·width·3`
public record ColourImage(int width, int height, float[] values) {
  private static final int COLOURS = 3;

  /// The picture of which these are the red, the green and the blue.
  static ColourImage of(List<GrayImage> planes) {
    int pixels = planes.getFirst().values().length;
    float[] values = new float[pixels * COLOURS];
    for (int c = 0; c < COLOURS; c++) {
      for (int i = 0; i < pixels; i++) {
        values[i * COLOURS + c] = planes.get(c).values()[i];
      }
    }
    return new ColourImage(planes.getFirst().width(), planes.getFirst().height(), values);
  }

  /// Scales the shorter side to a length, the other one in proportion, rounded down.
  ///
  /// Each new pixel is a mean weighted by a triangle as wide as two old or two new pixels, whichever
  /// are wider: Pillow's "bilinear", but for its rounding to whole numbers.
  public ColourImage shorterSide(int length) {
    int shorter = Math.min(width, height);
    int columns = (int) ((long) length * width / shorter);
    int rows = (int) ((long) length * height / shorter);
    float[] narrow = resized(values, height, width, COLOURS, columns);
    return new ColourImage(columns, rows, resized(narrow, 1, height, columns * COLOURS, rows));
  }

  /// Resizes the middle axis of `[outer, from, inner]`.
  private static float[] resized(float[] values, int outer, int from, int inner, int to) {
    float[] result = new float[outer * to * inner];
    double scale = (double) from / to;
    double reach = Math.max(scale, 1);
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale;
      int first = Math.max(0, (int) (centre - reach + 0.5));
      int end = Math.min(from, (int) (centre + reach + 0.5));
      double sum = 0;
      for (int j = first; j < end; j++) {
        sum += weight(j, centre, reach);
      }
      for (int j = first; j < end; j++) {
        float share = (float) (weight(j, centre, reach) / sum);
        for (int o = 0; o < outer; o++) {
          for (int k = 0; k < inner; k++) {
            result[(o * to + i) * inner + k] += share * values[(o * from + j) * inner + k];
          }
        }
      }
    }
    return result;
  }

  private static double weight(int j, double centre, double reach) {
    return Math.max(0, 1 - Math.abs((j + 0.5 - centre) / reach));
  }

  /// The square in the middle, of a side no longer than the shorter one.
  public ColourImage middle(int side) {
    int left = Math.round((width - side) / 2f);
    int top = Math.round((height - side) / 2f);
    float[] part = new float[side * side * COLOURS];
    for (int y = 0; y < side; y++) {
      int from = ((top + y) * width + left) * COLOURS;
      System.arraycopy(values, from, part, y * side * COLOURS, side * COLOURS);
    }
    return new ColourImage(side, side, part);
  }
}

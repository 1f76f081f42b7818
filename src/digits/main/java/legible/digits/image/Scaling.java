package legible.digits.image;

/// Changes the number of pixels of a picture.
public final class Scaling {
  private Scaling() {}

  /// Scales the longer side to a length. When it shrinks, each new pixel is the mean of what it
  /// covers, so that strokes get grey edges as MNIST's have; when it grows, linear interpolation.
  public static GrayImage longerSide(GrayImage ink, int length) {
    float factor = (float) Math.max(ink.width(), ink.height()) / length;
    int width = Math.clamp(Math.round(ink.width() / factor), 1, length);
    int height = Math.clamp(Math.round(ink.height() / factor), 1, length);
    return to(ink, width, height);
  }

  /// Scales to a number of columns and rows, each in the same way.
  ///
  /// @param width new columns, >= 1
  /// @param height new rows, >= 1
  public static GrayImage to(GrayImage image, int width, int height) {
    float[] columns = resize(image.values(), image.height(), image.width(), width);
    float[] rows = resize(transpose(columns, image.height(), width), width, image.height(), height);
    return new GrayImage(width, height, transpose(rows, width, height));
  }

  private static float[] resize(float[] values, int rows, int from, int to) {
    return to <= from ? shrink(values, rows, from, to) : enlarge(values, rows, from, to);
  }

  /// Stretches each row of a matrix; places beyond the outermost pixels' centres take their value.
  private static float[] enlarge(float[] values, int rows, int from, int to) {
    float[] result = new float[rows * to];
    for (int i = 0; i < to; i++) {
      float place = Math.clamp((i + 0.5f) * from / to - 0.5f, 0f, from - 1f);
      int left = (int) place;
      int right = Math.min(left + 1, from - 1);
      float share = place - left;
      for (int r = 0; r < rows; r++) {
        float here = values[r * from + left];
        result[r * to + i] = here + share * (values[r * from + right] - here);
      }
    }
    return result;
  }

  /// Shrinks each row of a matrix by area; a pixel partly covered counts with its part.
  private static float[] shrink(float[] values, int rows, int from, int to) {
    float[] result = new float[rows * to];
    float step = (float) from / to;
    for (int i = 0; i < to; i++) {
      float start = i * step;
      float end = Math.min(from, start + step);
      for (int j = (int) start; j < Math.min(from, (int) Math.ceil(end)); j++) {
        float share = (Math.min(end, j + 1) - Math.max(start, j)) / (end - start);
        for (int r = 0; r < rows; r++) {
          result[r * to + i] += share * values[r * from + j];
        }
      }
    }
    return result;
  }

  private static float[] transpose(float[] values, int rows, int columns) {
    float[] result = new float[values.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        result[c * rows + r] = values[r * columns + c];
      }
    }
    return result;
  }
}

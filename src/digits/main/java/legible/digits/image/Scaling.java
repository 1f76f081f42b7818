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
    float[] columns = across(image.values(), image.height(), image.width(), width);
    return new GrayImage(width, height, down(columns, width, image.height(), height));
  }

  /// What a new pixel takes from the old ones, along one axis.
  ///
  /// @param first of the old ones that it covers
  /// @param shares of each of them, together 1
  private record Cover(int first, float[] shares) {
    /// By area: a pixel partly covered counts with its part.
    static Cover of(int index, int from, int to) {
      float step = (float) from / to;
      float start = index * step;
      float end = Math.min(from, start + step);
      int first = (int) start;
      float[] shares = new float[Math.min(from, (int) Math.ceil(end)) - first];
      for (int j = 0; j < shares.length; j++) {
        shares[j] = (Math.min(end, first + j + 1) - Math.max(start, first + j)) / (end - start);
      }
      return new Cover(first, shares);
    }
  }

  /// Where a new pixel's centre lies between those of two old ones; beyond the outermost centres
  /// these alone count.
  ///
  /// @param share of the second one
  private record Between(int first, int second, float share) {
    static Between of(int index, int from, int to) {
      float place = Math.clamp((index + 0.5f) * from / to - 0.5f, 0f, from - 1f);
      int first = (int) place;
      return new Between(first, Math.min(first + 1, from - 1), place - first);
    }
  }

  /// Changes the length of each row.
  private static float[] across(float[] values, int rows, int from, int to) {
    float[] result = new float[rows * to];
    for (int i = 0; i < to; i++) {
      if (to > from) {
        Between b = Between.of(i, from, to);
        for (int r = 0; r < rows; r++) {
          float here = values[r * from + b.first];
          result[r * to + i] = here + b.share * (values[r * from + b.second] - here);
        }
        continue;
      }
      Cover cover = Cover.of(i, from, to);
      float[] shares = cover.shares;
      for (int r = 0, first = cover.first; r < rows; r++, first += from) {
        float sum = 0;
        for (int j = 0; j < shares.length; j++) {
          sum += shares[j] * values[first + j];
        }
        result[r * to + i] = sum;
      }
    }
    return result;
  }

  /// Changes the number of rows, all columns at the same time: they are neighbours in memory.
  private static float[] down(float[] values, int columns, int from, int to) {
    float[] result = new float[columns * to];
    for (int i = 0; i < to; i++) {
      int row = i * columns;
      if (to > from) {
        Between b = Between.of(i, from, to);
        for (int c = 0; c < columns; c++) {
          float here = values[b.first * columns + c];
          result[row + c] = here + b.share * (values[b.second * columns + c] - here);
        }
        continue;
      }
      Cover cover = Cover.of(i, from, to);
      for (int j = 0; j < cover.shares.length; j++) {
        int old = (cover.first + j) * columns;
        for (int c = 0; c < columns; c++) {
          result[row + c] += cover.shares[j] * values[old + c];
        }
      }
    }
    return result;
  }
}

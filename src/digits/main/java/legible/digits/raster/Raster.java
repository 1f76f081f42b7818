package legible.digits.raster;

/// The pictures of this package: 28 rows of 28 values, row-major.
public final class Raster {
  /// Rows and columns.
  public static final int SIZE = 28;

  /// Values of a picture.
  public static final int PIXELS = SIZE * SIZE;

  /// The middle between the pixels 13 and 14.
  public static final float MIDDLE = 13.5f;

  private Raster() {}

  /// Moves every value into [0, 1].
  public static void clamp(float[] picture) {
    for (int i = 0; i < PIXELS; i++) {
      picture[i] = Math.clamp(picture[i], 0f, 1f);
    }
  }

  /// The value between four pixels; zero outside of the picture.
  ///
  /// @param x column, may lie between pixels
  /// @param y row, may lie between pixels
  public static float bilinear(float[] picture, float x, float y) {
    int column = (int) Math.floor(x);
    int row = (int) Math.floor(y);
    float right = x - column;
    float down = y - row;
    float top = at(picture, column, row) * (1 - right) + at(picture, column + 1, row) * right;
    float bottom =
        at(picture, column, row + 1) * (1 - right) + at(picture, column + 1, row + 1) * right;
    return top * (1 - down) + bottom * down;
  }

  private static float at(float[] picture, int x, int y) {
    return x >= 0 && x < SIZE && y >= 0 && y < SIZE ? picture[y * SIZE + x] : 0;
  }

  /// The value of the nearest pixel inside of the picture.
  public static float nearest(float[] picture, int x, int y) {
    return picture[Math.clamp(y, 0, SIZE - 1) * SIZE + Math.clamp(x, 0, SIZE - 1)];
  }
}

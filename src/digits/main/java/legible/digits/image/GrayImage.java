package legible.digits.image;

/// A picture of one value per pixel, row-major.
///
/// @param width columns, >= 1
/// @param height rows, >= 1
/// @param values `height·width` values; what they mean, light or ink, is up to the step that made them
public record GrayImage(int width, int height, float[] values) {
  /// The value of a pixel.
  public float at(int x, int y) {
    return values[y * width + x];
  }

  /// A part of the picture, copied.
  public GrayImage crop(int left, int top, int newWidth, int newHeight) {
    float[] part = new float[newWidth * newHeight];
    for (int y = 0; y < newHeight; y++) {
      System.arraycopy(values, (top + y) * width + left, part, y * newWidth, newWidth);
    }
    return new GrayImage(newWidth, newHeight, part);
  }
}

package legible.digits.raster;

/// A linear map around the middle of the picture, and a shift: for each pixel of the result, the place
/// it comes from is `middle + A·(pixel - middle) + shift`.
///
/// @param xx column of the source per column
/// @param xy column of the source per row
/// @param yx row of the source per column
/// @param yy row of the source per row
/// @param shiftX added to the column, pixels
/// @param shiftY added to the row, pixels
public record Affine(float xx, float xy, float yx, float yy, float shiftX, float shiftY) {
  private static final int SIZE = Raster.SIZE;

  /// Maps a picture in place, with bilinear interpolation and zero outside.
  ///
  /// @param scratch 784 values, overwritten
  public void apply(float[] pixels, float[] scratch) {
    System.arraycopy(pixels, 0, scratch, 0, Raster.PIXELS);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        float u = x - Raster.MIDDLE;
        float v = y - Raster.MIDDLE;
        pixels[y * SIZE + x] =
            Raster.bilinear(
                scratch,
                Raster.MIDDLE + xx * u + xy * v + shiftX,
                Raster.MIDDLE + yx * u + yy * v + shiftY);
      }
    }
  }
}

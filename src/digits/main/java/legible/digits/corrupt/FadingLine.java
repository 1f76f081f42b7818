package legible.digits.corrupt;

import java.util.function.IntPredicate;
import legible.digits.raster.Raster;

/// A straight line whose ink fades with the distance d along the rows: `1 + ln(1 - d/reach)`, at least
/// 0, with a reach of 2.3·strength rows.
///
/// @param x0 column of its left end
/// @param y0 row of its left end
/// @param x1 column of its right end, > x0
/// @param y1 row of its right end
record FadingLine(float x0, float y0, float x1, float y1) {
  private static final int SIZE = Raster.SIZE;
  private static final double REACH = 2.3;

  /// Adds the line to a picture.
  ///
  /// @param where the columns that it is drawn in
  void draw(float[] pixels, double strength, IntPredicate where) {
    double reach = REACH * strength;
    int first = (int) Math.floor(x0);
    int end = (int) Math.ceil(x1);
    for (int x = Math.max(0, first); x < Math.min(SIZE, end); x++) {
      if (!where.test(x)) {
        continue;
      }
      double height = y0 + (y1 - y0) / (x1 - x0) * (x - x0);
      for (int y = 0; y < SIZE; y++) {
        double near = 1 - Math.abs(y - height) / reach;
        if (near > 0) {
          float ink = (float) Math.max(0, 1 + StrictMath.log(near));
          pixels[y * SIZE + x] = Math.min(1, pixels[y * SIZE + x] + ink);
        }
      }
    }
  }
}

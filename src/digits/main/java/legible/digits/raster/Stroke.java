package legible.digits.raster;

/// Straight strokes of a round pen.
public final class Stroke {
  private static final int SIZE = Raster.SIZE;

  private Stroke() {}

  /// Draws from one point to another; where there is more ink already, that stays.
  ///
  /// @param canvas 784 values, changed
  /// @param width of the pen in pixels; the edge is one pixel of falling ink
  /// @param tone ink of the stroke, in [0, 1]
  public static void draw(
      float[] canvas, float x0, float y0, float x1, float y1, float width, float tone) {
    float half = width / 2 + 0.5f;
    int left = Math.max(0, (int) Math.floor(Math.min(x0, x1) - half));
    int right = Math.min(SIZE - 1, (int) Math.ceil(Math.max(x0, x1) + half));
    int top = Math.max(0, (int) Math.floor(Math.min(y0, y1) - half));
    int bottom = Math.min(SIZE - 1, (int) Math.ceil(Math.max(y0, y1) + half));
    float dx = x1 - x0;
    float dy = y1 - y0;
    float square = Math.max(dx * dx + dy * dy, 1e-6f);
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        float along = Math.clamp(((x - x0) * dx + (y - y0) * dy) / square, 0f, 1f);
        float offX = x - x0 - along * dx;
        float offY = y - y0 - along * dy;
        float distance = (float) Math.sqrt(offX * offX + offY * offY);
        float ink = tone * Math.clamp(half - distance, 0f, 1f);
        canvas[y * SIZE + x] = Math.max(canvas[y * SIZE + x], ink);
      }
    }
  }
}

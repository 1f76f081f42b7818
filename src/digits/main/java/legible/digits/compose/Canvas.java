package legible.digits.compose;

import java.util.Arrays;

/// A sheet to draw on: ink from 0, none, to 1.
final class Canvas {
  private final int width;
  private final int height;
  private final float[] ink;

  Canvas(int width, int height) {
    this.width = width;
    this.height = height;
    this.ink = new float[width * height];
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  float[] ink() {
    return ink;
  }

  void clear() {
    Arrays.fill(ink, 0f);
  }

  /// Adds ink where there is less; places outside of the sheet are ignored.
  void add(int x, int y, float value) {
    if (x >= 0 && x < width && y >= 0 && y < height) {
      ink[y * width + x] = Math.max(ink[y * width + x], value);
    }
  }

  /// Draws a line through points with a round pen: full ink up to the radius, none a pixel further.
  ///
  /// @param points x and y in turn
  /// @param strength the ink of the line, in [0, 1]
  void stroke(float[] points, float radius, float strength) {
    for (int i = 0; i + 3 < points.length; i += 2) {
      segment(points[i], points[i + 1], points[i + 2], points[i + 3], radius, strength);
    }
  }

  private void segment(float x0, float y0, float x1, float y1, float radius, float strength) {
    float dx = x1 - x0;
    float dy = y1 - y0;
    float length = Math.max(1e-6f, dx * dx + dy * dy);
    float reach = radius + 1;
    int top = (int) Math.max(0, Math.min(y0, y1) - reach);
    int bottom = (int) Math.min(height - 1f, Math.max(y0, y1) + reach);
    int left = (int) Math.max(0, Math.min(x0, x1) - reach);
    int right = (int) Math.min(width - 1f, Math.max(x0, x1) + reach);
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        float along = Math.clamp(((x - x0) * dx + (y - y0) * dy) / length, 0f, 1f);
        float u = x - x0 - along * dx;
        float v = y - y0 - along * dy;
        float distance = (float) Math.sqrt(u * u + v * v);
        add(x, y, strength * Math.clamp(radius + 0.5f - distance, 0f, 1f));
      }
    }
  }

  /// Makes strokes a little thicker: each place takes part of the strongest ink beside it.
  void thicken(float share) {
    float[] before = ink.clone();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        float strongest = Math.max(x > 0 ? before[i - 1] : 0, x < width - 1 ? before[i + 1] : 0);
        strongest = Math.max(strongest, y > 0 ? before[i - width] : 0);
        strongest = Math.max(strongest, y < height - 1 ? before[i + width] : 0);
        ink[i] = Math.max(before[i], share * strongest);
      }
    }
  }
}

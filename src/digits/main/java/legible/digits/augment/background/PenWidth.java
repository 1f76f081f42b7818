package legible.digits.augment.background;

import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// A broader or a finer pen: every pixel goes part of the way to the largest or the smallest of its
/// nine neighbours (grey dilation and erosion, Serra 1982).
record PenWidth() implements Effect {
  private static final int SIZE = Raster.SIZE;

  /// Eroding all the way breaks fine strokes.
  private static final float MOST_FINE = 0.7f;

  private static final float MOST_BROAD = 1;

  @Override
  public void apply(CounterRandom draw, float[] pixels, float[] scratch) {
    boolean broader = draw.uniform(0) < 0.5f;
    float share = draw.uniform(1, 0, broader ? MOST_BROAD : MOST_FINE);
    System.arraycopy(pixels, 0, scratch, 0, Raster.PIXELS);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        float old = scratch[y * SIZE + x];
        pixels[y * SIZE + x] = old + share * (extreme(scratch, x, y, broader) - old);
      }
    }
  }

  /// The largest or smallest value of the pixel and its neighbours.
  static float extreme(float[] picture, int x, int y, boolean largest) {
    float result = picture[y * SIZE + x];
    for (int v = Math.max(0, y - 1); v <= Math.min(SIZE - 1, y + 1); v++) {
      for (int u = Math.max(0, x - 1); u <= Math.min(SIZE - 1, x + 1); u++) {
        float value = picture[v * SIZE + u];
        result = largest ? Math.max(result, value) : Math.min(result, value);
      }
    }
    return result;
  }
}

package legible.digits.augment.background;

import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// Drops and crumbs that cover the ink: up to nine small opaque ellipses of one tone.
record Drops() implements Effect {
  private static final int SIZE = Raster.SIZE;
  private static final int MOST = 9;

  @Override
  public void apply(CounterRandom draw, float[] pixels, float[] scratch) {
    float tone = draw.uniform(0);
    int count = 1 + draw.below(1, MOST);
    for (int n = 0; n < count; n++) {
      drop(draw.split(n), pixels, tone);
    }
  }

  private static void drop(CounterRandom draw, float[] pixels, float tone) {
    float centreX = draw.uniform(0, 0, SIZE);
    float centreY = draw.uniform(1, 0, SIZE);
    float width = draw.uniform(2, 0.6f, 2.6f);
    float height = draw.uniform(3, 0.6f, 2.6f);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        float dx = (x - centreX) / width;
        float dy = (y - centreY) / height;
        float cover = Math.clamp(1.5f - (dx * dx + dy * dy), 0f, 1f);
        pixels[y * SIZE + x] += cover * (tone - pixels[y * SIZE + x]);
      }
    }
  }
}

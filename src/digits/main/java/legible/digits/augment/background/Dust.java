package legible.digits.augment.background;

import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// Dust and dead pixels: single pixels of any tone, most of them near black or near white.
record Dust() implements Effect {
  @Override
  public void apply(CounterRandom draw, float[] pixels, float[] scratch) {
    float share = draw.uniform(0, 0, 0.2f);
    for (int i = 0; i < Raster.PIXELS; i++) {
      if (draw.uniform(1 + 2L * i) < share) {
        float tone = draw.uniform(2 + 2L * i);
        pixels[i] = Math.clamp(3 * tone - 1, 0f, 1f);
      }
    }
  }
}

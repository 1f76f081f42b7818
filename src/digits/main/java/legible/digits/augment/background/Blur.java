package legible.digits.augment.background;

import legible.digits.raster.GaussianBlur;
import legible.random.CounterRandom;

/// A camera out of focus.
record Blur() implements Effect {
  @Override
  public void apply(CounterRandom draw, float[] pixels, float[] scratch) {
    GaussianBlur.apply(pixels, draw.uniform(0, 0.4f, 1.6f), scratch);
  }
}

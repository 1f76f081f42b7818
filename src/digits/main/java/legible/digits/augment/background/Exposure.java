package legible.digits.augment.background;

import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// A flat picture: contrast is lost, and everything is lighter or darker.
record Exposure() implements Effect {
  @Override
  public void apply(CounterRandom draw, float[] pixels, float[] scratch) {
    float contrast = draw.uniform(0, 0.2f, 1);
    float level = draw.uniform(1, 0, 1 - contrast);
    for (int i = 0; i < Raster.PIXELS; i++) {
      pixels[i] = level + contrast * pixels[i];
    }
  }
}

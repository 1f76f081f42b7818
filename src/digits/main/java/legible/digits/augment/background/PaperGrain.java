package legible.digits.augment.background;

import legible.digits.raster.Noise;
import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// The fibres of paper: fine noise, and smoother noise of a few pixels.
record PaperGrain() implements Effect {
  @Override
  public void apply(CounterRandom draw, float[] pixels, float[] scratch) {
    float fine = draw.uniform(0, 0, 0.12f);
    float level = draw.uniform(1, 0, 0.15f);
    for (int i = 0; i < Raster.PIXELS; i++) {
      pixels[i] += level + fine * Noise.bell(draw, 3 + i);
    }
    Noise.addSmooth(draw.split(1), pixels, draw.uniform(2, 1.5f, 5), 1.5f * fine);
  }
}

package legible.digits.augment.background;

import legible.digits.raster.Noise;
import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// A sensor's noise: some everywhere, some that grows with the ink.
record SensorNoise() implements Effect {
  @Override
  public void apply(CounterRandom draw, float[] pixels, float[] scratch) {
    float everywhere = draw.uniform(0, 0, 0.15f);
    float growing = draw.uniform(1, 0, 0.5f);
    for (int i = 0; i < Raster.PIXELS; i++) {
      float ink = Math.clamp(pixels[i], 0f, 1f);
      pixels[i] += (everywhere + growing * ink) * Noise.bell(draw, 2 + i);
    }
  }
}

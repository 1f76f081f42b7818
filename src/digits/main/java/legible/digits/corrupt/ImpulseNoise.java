package legible.digits.corrupt;

import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// Salt and pepper: a share of 0.17·strength of all pixels turns full ink or none.
record ImpulseNoise() implements Corruption {
  private static final double SHARE = 0.17;

  @Override
  public void apply(CounterRandom draw, double strength, float[] pixels, float[] scratch) {
    for (int i = 0; i < Raster.PIXELS; i++) {
      float uniform = draw.uniform(i);
      if (uniform < SHARE * strength) {
        pixels[i] = uniform < SHARE * strength / 2 ? 0 : 1;
      }
    }
  }
}

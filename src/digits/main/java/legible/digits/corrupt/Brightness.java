package legible.digits.corrupt;

import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// More light everywhere: 0.5·strength is added to every pixel, and what is above full ink is lost.
record Brightness() implements Corruption {
  private static final double MORE = 0.5;

  @Override
  public void apply(CounterRandom draw, double strength, float[] pixels, float[] scratch) {
    for (int i = 0; i < Raster.PIXELS; i++) {
      pixels[i] = (float) Math.min(1, pixels[i] + MORE * strength);
    }
  }
}

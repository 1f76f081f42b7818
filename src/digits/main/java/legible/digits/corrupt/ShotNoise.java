package legible.digits.corrupt;

import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// Few photons: each pixel is a Poisson count whose mean is 3/strength photons for full ink.
record ShotNoise() implements Corruption {
  private static final double PHOTONS = 3;

  /// So many photons are brighter than full ink whatever the strength.
  private static final int MOST = 40;

  @Override
  public void apply(CounterRandom draw, double strength, float[] pixels, float[] scratch) {
    double full = PHOTONS / strength;
    for (int i = 0; i < Raster.PIXELS; i++) {
      pixels[i] = (float) Math.min(1, poisson(pixels[i] * full, draw.uniform(i)) / full);
    }
  }

  /// The smallest count whose cumulative probability is above a uniform number.
  private static int poisson(double mean, double uniform) {
    double term = StrictMath.exp(-mean);
    double sum = term;
    int count = 0;
    while (sum <= uniform && count < MOST) {
      count++;
      term *= mean / count;
      sum += term;
    }
    return count;
  }
}

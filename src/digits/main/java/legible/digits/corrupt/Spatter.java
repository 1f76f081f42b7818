package legible.digits.corrupt;

import legible.digits.raster.GaussianBlur;
import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// Mud: where smoothed noise is above its mean, there is a spot; spots are softened, and only their
/// insides, above 1 - 0.2·strength, cover the ink, with a quarter of its tone.
record Spatter() implements Corruption {
  private static final double NOISE_SIGMA = 1;
  private static final double SPOT_SIGMA = 1.5;
  private static final double RIM = 0.2;
  private static final float TONE = 63 / 255f;

  @Override
  public void apply(CounterRandom draw, double strength, float[] pixels, float[] scratch) {
    float[] spots = new float[Raster.PIXELS];
    for (int i = 0; i < Raster.PIXELS; i++) {
      spots[i] = (float) draw.normal(i);
    }
    GaussianBlur.apply(spots, NOISE_SIGMA, scratch);
    for (int i = 0; i < Raster.PIXELS; i++) {
      spots[i] = spots[i] > 0 ? 1 : 0;
    }
    GaussianBlur.apply(spots, SPOT_SIGMA, scratch);
    for (int i = 0; i < Raster.PIXELS; i++) {
      if (spots[i] >= 1 - RIM * strength) {
        pixels[i] += Math.min(1, spots[i]) * (TONE - pixels[i]);
      }
    }
    Raster.clamp(pixels);
  }
}

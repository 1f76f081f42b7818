package legible.digits.corrupt;

import legible.digits.raster.Affine;
import legible.random.CounterRandom;

/// A slant to either side, whose tangent is 0.4·strength.
record Shear() implements Corruption {
  private static final double SLANT = 0.4;

  @Override
  public void apply(CounterRandom draw, double strength, float[] pixels, float[] scratch) {
    float slant = (float) (SLANT * strength) * (draw.uniform(0) < 0.5f ? -1 : 1);
    new Affine(1, slant, 0, 1, 0, 0).apply(pixels, scratch);
  }
}

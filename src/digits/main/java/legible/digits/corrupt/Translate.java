package legible.digits.corrupt;

import legible.digits.raster.Affine;
import legible.random.CounterRandom;

/// A shift by 3·strength pixels along both axes, each to either side.
record Translate() implements Corruption {
  private static final float SHIFT = 3;

  @Override
  public void apply(CounterRandom draw, double strength, float[] pixels, float[] scratch) {
    float shift = (float) (SHIFT * strength);
    float x = draw.uniform(0) < 0.5f ? -shift : shift;
    float y = draw.uniform(1) < 0.5f ? -shift : shift;
    new Affine(1, 0, 0, 1, x, y).apply(pixels, scratch);
  }
}

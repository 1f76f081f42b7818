package legible.digits.corrupt;

import legible.digits.raster.Affine;
import legible.random.CounterRandom;

/// A smaller digit: its size is 1 - 0.3·strength of what it was.
record Scale() implements Corruption {
  private static final double LOSS = 0.3;

  @Override
  public void apply(CounterRandom draw, double strength, float[] pixels, float[] scratch) {
    float step = (float) (1 / (1 - LOSS * strength));
    new Affine(step, 0, 0, step, 0, 0).apply(pixels, scratch);
  }
}

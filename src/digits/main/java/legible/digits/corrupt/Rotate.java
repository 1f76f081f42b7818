package legible.digits.corrupt;

import legible.digits.raster.Affine;
import legible.random.CounterRandom;

/// A turn to either side, by 0.4·strength radians (23 degrees as published).
record Rotate() implements Corruption {
  private static final double ANGLE = 0.4;

  @Override
  public void apply(CounterRandom draw, double strength, float[] pixels, float[] scratch) {
    double angle = ANGLE * strength * (draw.uniform(0) < 0.5f ? -1 : 1);
    float cos = (float) StrictMath.cos(angle);
    float sin = (float) StrictMath.sin(angle);
    new Affine(cos, -sin, sin, cos, 0, 0).apply(pixels, scratch);
  }
}

package legible.digits.augment.background;

import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// Light that falls off evenly from one side.
record Gradient() implements Effect {
  private static final int SIZE = Raster.SIZE;

  @Override
  public void apply(CounterRandom draw, float[] pixels, float[] scratch) {
    double angle = 2 * StrictMath.PI * draw.uniform(0);
    float slope = draw.uniform(1, 0.1f, 0.7f) / SIZE;
    float x = slope * (float) StrictMath.cos(angle);
    float y = slope * (float) StrictMath.sin(angle);
    float least = Math.min(0, x * SIZE) + Math.min(0, y * SIZE);
    for (int i = 0; i < Raster.PIXELS; i++) {
      int row = i / SIZE;
      pixels[i] += x * (i % SIZE) + y * row - least;
    }
  }
}

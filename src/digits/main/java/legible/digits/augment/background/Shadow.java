package legible.digits.augment.background;

import legible.digits.raster.Noise;
import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// The shadow of a hand or of the telephone: one side of a soft straight edge is darker.
record Shadow() implements Effect {
  private static final int SIZE = Raster.SIZE;

  @Override
  public void apply(CounterRandom draw, float[] pixels, float[] scratch) {
    double angle = 2 * StrictMath.PI * draw.uniform(0);
    float x = (float) StrictMath.cos(angle);
    float y = (float) StrictMath.sin(angle);
    float edge = draw.uniform(1, -10, 10);
    float softness = draw.uniform(2, 1, 10);
    float strength = draw.uniform(3, 0.1f, 0.6f);
    for (int i = 0; i < Raster.PIXELS; i++) {
      int row = i / SIZE;
      float across = x * (i % SIZE - Raster.MIDDLE) + y * (row - Raster.MIDDLE) - edge;
      pixels[i] += strength * Noise.ease(Math.clamp(across / softness + 0.5f, 0f, 1f));
    }
  }
}

package legible.digits.augment.stranger;

import legible.digits.idx.LabelledImages;
import legible.digits.raster.Noise;
import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// A blot: all places where smooth noise, falling off from the middle, is above a level.
record Blot() implements Stranger {
  private static final int SIZE = Raster.SIZE;

  @Override
  public void draw(CounterRandom draw, LabelledImages digits, float[] ink) {
    Noise.addSmooth(draw.split(1), ink, draw.uniform(0, 3, 10), 1);
    float radius = draw.uniform(1, 5, 15);
    float sharpness = draw.uniform(2, 2, 8);
    float stretch = draw.uniform(3, 0.6f, 1.7f);
    for (int i = 0; i < Raster.PIXELS; i++) {
      float x = (i % SIZE - Raster.MIDDLE) * stretch;
      int row = i / SIZE;
      float y = (row - Raster.MIDDLE) / stretch;
      float inside = 1 - (float) Math.sqrt(x * x + y * y) / radius;
      ink[i] = Math.clamp(sharpness * (inside + 0.5f * ink[i]), 0f, 1f);
    }
  }
}

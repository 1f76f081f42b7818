package legible.digits.augment.stranger;

import legible.digits.idx.LabelledImages;
import legible.digits.raster.Noise;
import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// Noise, what remains when contrast is pulled out of an empty picture: fine, or in patches.
record Speckle() implements Stranger {
  @Override
  public void draw(CounterRandom draw, LabelledImages digits, float[] ink) {
    float fine = draw.uniform(0, 0, 0.8f);
    float level = draw.uniform(1, -0.6f, 0.4f);
    Noise.addSmooth(draw.split(1), ink, draw.uniform(2, 1, 8), draw.uniform(3));
    for (int i = 0; i < Raster.PIXELS; i++) {
      ink[i] = Math.clamp(level + ink[i] + fine * Noise.bell(draw, 4 + i), 0f, 1f);
    }
  }
}

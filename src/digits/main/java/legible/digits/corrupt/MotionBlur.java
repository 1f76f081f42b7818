package legible.digits.corrupt;

import java.util.Arrays;
import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// A moving camera: a trail in a direction within 45 degrees of level, whose weights fall off as half a
/// Gaussian of 3·strength pixels.
record MotionBlur() implements Corruption {
  private static final int SIZE = Raster.SIZE;
  private static final double SIGMA = 3;
  private static final int TRAIL = 21;

  @Override
  public void apply(CounterRandom draw, double strength, float[] pixels, float[] scratch) {
    double sigma = SIGMA * strength;
    double angle = StrictMath.toRadians(draw.uniform(0, -45, 45));
    float[] weights = new float[TRAIL];
    float sum = 0;
    for (int i = 0; i < TRAIL; i++) {
      weights[i] = (float) StrictMath.exp(-i * i / (2 * sigma * sigma));
      sum += weights[i];
    }
    System.arraycopy(pixels, 0, scratch, 0, Raster.PIXELS);
    Arrays.fill(pixels, 0, Raster.PIXELS, 0f);
    for (int i = 0; i < TRAIL; i++) {
      int alongX = (int) Math.round(i * StrictMath.cos(angle));
      int alongY = (int) Math.round(i * StrictMath.sin(angle));
      for (int p = 0; p < Raster.PIXELS; p++) {
        float value = Raster.nearest(scratch, p % SIZE + alongX, p / SIZE + alongY);
        pixels[p] += weights[i] / sum * value;
      }
    }
    Raster.clamp(pixels);
  }
}

package legible.digits.augment.background;

import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// A camera that moved: the mean along a straight way in any direction.
record CameraShake() implements Effect {
  private static final int SIZE = Raster.SIZE;

  /// Places that are read on the way.
  private static final int STEPS = 7;

  @Override
  public void apply(CounterRandom draw, float[] pixels, float[] scratch) {
    double angle = StrictMath.PI * draw.uniform(0);
    float length = draw.uniform(1, 1, 9);
    float stepX = (float) StrictMath.cos(angle) * length / (STEPS - 1);
    float stepY = (float) StrictMath.sin(angle) * length / (STEPS - 1);
    System.arraycopy(pixels, 0, scratch, 0, Raster.PIXELS);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        float sum = 0;
        for (int i = -STEPS / 2; i <= STEPS / 2; i++) {
          sum += Raster.nearest(scratch, Math.round(x + i * stepX), Math.round(y + i * stepY));
        }
        pixels[y * SIZE + x] = sum / STEPS;
      }
    }
  }
}

package legible.digits.corrupt;

import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// Light and dark exchanged in the outer 7·strength columns of both sides.
record Stripe() implements Corruption {
  private static final int SIZE = Raster.SIZE;
  private static final double WIDTH = 7;

  @Override
  public void apply(CounterRandom draw, double strength, float[] pixels, float[] scratch) {
    long width = Math.round(WIDTH * strength);
    for (int i = 0; i < Raster.PIXELS; i++) {
      int column = i % SIZE;
      if (column < width || column >= SIZE - width) {
        pixels[i] = 1 - pixels[i];
      }
    }
  }
}

package legible.digits.corrupt;

import legible.digits.raster.GaussianBlur;
import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// Frosted glass: a Gaussian blur of 0.7 pixels; twice, each pixel is exchanged with a neighbour, with a
/// probability of 0.5·strength; and the same blur again.
record GlassBlur() implements Corruption {
  private static final int SIZE = Raster.SIZE;
  private static final double SIGMA = 0.7;
  private static final double SHARE = 0.5;
  private static final int ROUNDS = 2;

  @Override
  public void apply(CounterRandom draw, double strength, float[] pixels, float[] scratch) {
    GaussianBlur.apply(pixels, SIGMA, scratch);
    for (int round = 0; round < ROUNDS; round++) {
      exchange(draw.split(round), SHARE * strength, pixels);
    }
    GaussianBlur.apply(pixels, SIGMA, scratch);
  }

  /// From the last pixel back: each one, if it is its turn, with one that is at most one step up and one
  /// to the left.
  private static void exchange(CounterRandom draw, double share, float[] pixels) {
    for (int i = Raster.PIXELS - 1; i > SIZE; i--) {
      if (draw.uniform(i) < share && i % SIZE > 0) {
        long side = draw.bits(Raster.PIXELS + i);
        int left = (int) side & 1;
        int up = (int) (side >>> 1) & 1;
        int other = i - up * SIZE - left;
        float value = pixels[i];
        pixels[i] = pixels[other];
        pixels[other] = value;
      }
    }
  }
}

package legible.digits.augment.background;

import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// A digit drawn as its outline, as on forms and stamps: the difference of the broadened and the
/// thinned stroke (morphological gradient, Beucher 1979), with the inside partly left.
record HollowPen() implements Effect {
  private static final int SIZE = Raster.SIZE;

  @Override
  public void apply(CounterRandom draw, float[] pixels, float[] scratch) {
    float outline = draw.uniform(0, 0.6f, 1);
    System.arraycopy(pixels, 0, scratch, 0, Raster.PIXELS);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        float edge = PenWidth.extreme(scratch, x, y, true) - PenWidth.extreme(scratch, x, y, false);
        float old = scratch[y * SIZE + x];
        pixels[y * SIZE + x] = old + outline * (edge - old);
      }
    }
  }
}

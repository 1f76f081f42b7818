package legible.digits.augment.background;

import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// Light and dark exchanged: everywhere, as on a blackboard, or on one side of a straight edge, as
/// where a digit reaches into the filled cell of a form; two such edges may be there.
record ReversedPatch() implements Effect {
  private static final int SIZE = Raster.SIZE;

  @Override
  public void apply(CounterRandom draw, float[] pixels, float[] scratch) {
    if (draw.uniform(0) < 0.5f) {
      for (int i = 0; i < Raster.PIXELS; i++) {
        pixels[i] = 1 - pixels[i];
      }
      return;
    }
    int edges = 1 + draw.below(1, 2);
    for (int n = 0; n < edges; n++) {
      reverse(draw.split(n), pixels);
    }
  }

  private static void reverse(CounterRandom draw, float[] pixels) {
    boolean straight = draw.uniform(0) < 0.6f;
    double turn = straight ? 0.5 * draw.below(1, 4) : 2 * draw.uniform(1);
    float x = (float) StrictMath.cos(StrictMath.PI * turn);
    float y = (float) StrictMath.sin(StrictMath.PI * turn);
    float edge = draw.uniform(2, 0, 12);
    for (int i = 0; i < Raster.PIXELS; i++) {
      int row = i / SIZE;
      if (x * (i % SIZE - Raster.MIDDLE) + y * (row - Raster.MIDDLE) > edge) {
        pixels[i] = 1 - pixels[i];
      }
    }
  }
}

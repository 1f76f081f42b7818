package legible.digits.augment.background;

import legible.digits.raster.Noise;
import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// The embossing of a paper towel, the weave of cloth: two waves that cross, as bumps or as a net.
record TowelWeave() implements Effect {
  private static final int SIZE = Raster.SIZE;

  @Override
  public void apply(CounterRandom draw, float[] pixels, float[] scratch) {
    float strength = draw.uniform(0, 0.1f, 0.5f);
    float period = draw.uniform(1, 2.5f, 9);
    double angle = StrictMath.PI * draw.uniform(2);
    float along = (float) StrictMath.cos(angle) / period;
    float across = (float) StrictMath.sin(angle) / period;
    float skew = draw.uniform(3, 0.7f, 1.4f);
    float first = draw.uniform(4);
    float second = draw.uniform(5);
    boolean net = draw.uniform(6) < 0.5f;
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        float a = wave(along * x + across * y + first);
        float b = wave(skew * (along * y - across * x) + second);
        pixels[y * SIZE + x] += strength * (net ? Math.max(a, b) : a * b);
      }
    }
  }

  /// From 0 to 1 and back while t grows by 1.
  private static float wave(float t) {
    float part = t - (float) Math.floor(t);
    return Noise.ease(1 - Math.abs(2 * part - 1));
  }
}

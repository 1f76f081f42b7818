package legible.digits.augment.background;

import java.util.Arrays;
import legible.digits.raster.Noise;
import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// A pen that runs dry: the ink fades smoothly here and there.
record DryPen() implements Effect {
  @Override
  public void apply(CounterRandom draw, float[] pixels, float[] scratch) {
    float faded = draw.uniform(0, 0.1f, 0.45f);
    Arrays.fill(scratch, 0, Raster.PIXELS, 1 - faded);
    Noise.addSmooth(draw.split(1), scratch, draw.uniform(1, 2, 7), faded);
    for (int i = 0; i < Raster.PIXELS; i++) {
      pixels[i] *= scratch[i];
    }
  }
}

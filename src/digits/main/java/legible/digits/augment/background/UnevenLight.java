package legible.digits.augment.background;

import legible.digits.raster.Noise;
import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// Light and dark areas of several sizes, as on crumpled paper or under a bad lamp.
record UnevenLight() implements Effect {
  private static final int OCTAVES = 4;

  @Override
  public void apply(CounterRandom draw, float[] pixels, float[] scratch) {
    float amplitude = draw.uniform(0, 0.05f, 0.35f);
    float decay = draw.uniform(1, 0.35f, 0.7f);
    float cell = draw.uniform(2, 9, 28);
    for (int i = 0; i < Raster.PIXELS; i++) {
      pixels[i] += amplitude;
    }
    for (int octave = 0; octave < OCTAVES; octave++) {
      Noise.addSmooth(draw.split(octave), pixels, Math.max(1, cell), amplitude);
      amplitude *= decay;
      cell /= 2;
    }
  }
}

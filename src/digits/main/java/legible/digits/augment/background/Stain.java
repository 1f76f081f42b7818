package legible.digits.augment.background;

import legible.digits.raster.Noise;
import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// Stains that the ink shines through: up to three soft discs, or rings as cups leave them.
record Stain() implements Effect {
  private static final int SIZE = Raster.SIZE;
  private static final int MOST = 3;

  @Override
  public void apply(CounterRandom draw, float[] pixels, float[] scratch) {
    int count = 1 + draw.below(0, MOST);
    for (int n = 0; n < count; n++) {
      stain(draw.split(n), pixels);
    }
  }

  private static void stain(CounterRandom draw, float[] pixels) {
    float centreX = draw.uniform(0, -4, SIZE + 4);
    float centreY = draw.uniform(1, -4, SIZE + 4);
    float radius = draw.uniform(2, 2, 14);
    float softness = draw.uniform(3, 1, 4);
    float strength = draw.uniform(4, 0.1f, 0.5f);
    boolean ring = draw.uniform(5) < 0.3f;
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        float dx = x - centreX;
        float dy = y - centreY;
        float distance = (float) Math.sqrt(dx * dx + dy * dy);
        float inside =
            ring ? 1 - Math.abs(distance - radius) / softness : (radius - distance) / softness;
        pixels[y * SIZE + x] += strength * Noise.ease(Math.clamp(inside, 0f, 1f));
      }
    }
  }
}

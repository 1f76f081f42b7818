package legible.digits.corrupt;

import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// Fog: three times as much as there is ink, thicker with the strength; a fractal of 256 x 256 places
/// whose amplitude halves (1/1.96) from size to size, of which the corner is seen. The whole is then
/// scaled back, so that the digit keeps a quarter of its contrast.
record Fog() implements Corruption {
  private static final int SIZE = Raster.SIZE;
  private static final int MAP = 256;
  private static final double THICKNESS = 3;
  private static final double DECAY = 1.4 * 1.4;

  @Override
  public void apply(CounterRandom draw, double strength, float[] pixels, float[] scratch) {
    float[] map = plasma(draw);
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float value : map) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    float brightest = 0;
    for (int i = 0; i < Raster.PIXELS; i++) {
      brightest = Math.max(brightest, pixels[i]);
    }
    float thickness = (float) (THICKNESS * strength);
    for (int i = 0; i < Raster.PIXELS; i++) {
      float fog = (map[i / SIZE * MAP + i % SIZE] - least) / (most - least);
      pixels[i] = (pixels[i] + thickness * fog) * brightest / (brightest + thickness);
    }
    Raster.clamp(pixels);
  }

  /// Diamond-square on a torus: each new place is the mean of the four around it and a uniform number
  /// of the size that belongs to their distance.
  ///
  /// Source: Fournier, Fussell & Carpenter 1982.
  private static float[] plasma(CounterRandom draw) {
    float[] map = new float[MAP * MAP];
    double amplitude = 1;
    for (int step = MAP; step > 1; step /= 2) {
      int half = step / 2;
      float size = (float) amplitude;
      for (int y = half; y < MAP; y += step) {
        for (int x = half; x < MAP; x += step) {
          float sum =
              at(map, x - half, y - half)
                  + at(map, x + half, y - half)
                  + at(map, x - half, y + half)
                  + at(map, x + half, y + half);
          map[y * MAP + x] = sum / 4 + draw.uniform(y * MAP + x, -size, size);
        }
      }
      for (int y = 0; y < MAP; y += half) {
        for (int x = (y + half) % step; x < MAP; x += step) {
          float sum =
              at(map, x - half, y)
                  + at(map, x + half, y)
                  + at(map, x, y - half)
                  + at(map, x, y + half);
          map[y * MAP + x] = sum / 4 + draw.uniform(y * MAP + x, -size, size);
        }
      }
      amplitude /= DECAY;
    }
    return map;
  }

  private static float at(float[] map, int x, int y) {
    return map[(y & (MAP - 1)) * MAP + (x & (MAP - 1))];
  }
}

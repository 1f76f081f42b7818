package legible.digits.raster;

import legible.random.CounterRandom;

/// Random values for pictures, cheap enough for every pixel of every training picture.
public final class Noise {
  private static final int SIZE = Raster.SIZE;
  private static final int PART = 1 << 16;

  /// Makes the sum of four uniform values one of variance 1: each has 1/12.
  private static final float SQRT_3 = 1.7320508f;

  private Noise() {}

  /// A bell-shaped value of mean 0 and variance 1 in (-3.47, 3.47): the sum of four uniform ones of
  /// 16 bits each (Irwin-Hall).
  public static float bell(CounterRandom draw, long counter) {
    long bits = draw.bits(counter);
    int sum = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 16) {
      sum += (int) (bits >>> shift) & (PART - 1);
    }
    return ((sum + 2f) / PART - 2) * SQRT_3;
  }

  /// Adds values that change smoothly from place to place: uniform ones on a lattice, with smooth
  /// ways in between (value noise).
  ///
  /// @param cell pixels from one lattice point to the next, >= 1
  /// @param amplitude the added values are in [-amplitude, amplitude]
  public static void addSmooth(CounterRandom draw, float[] picture, float cell, float amplitude) {
    float originX = draw.uniform(0);
    float originY = draw.uniform(1);
    for (int y = 0; y < SIZE; y++) {
      float v = y / cell + originY;
      int row = (int) v;
      float down = ease(v - row);
      for (int x = 0; x < SIZE; x++) {
        float u = x / cell + originX;
        int column = (int) u;
        float right = ease(u - column);
        float top = mix(lattice(draw, column, row), lattice(draw, column + 1, row), right);
        float bottom =
            mix(lattice(draw, column, row + 1), lattice(draw, column + 1, row + 1), right);
        picture[y * SIZE + x] += amplitude * (2 * mix(top, bottom, down) - 1);
      }
    }
  }

  private static float lattice(CounterRandom draw, int column, int row) {
    return draw.uniform(2 + row * (SIZE + 2L) + column);
  }

  /// From 0 to 1 with no slope at either end.
  public static float ease(float t) {
    return t * t * (3 - 2 * t);
  }

  private static float mix(float a, float b, float share) {
    return a + share * (b - a);
  }
}

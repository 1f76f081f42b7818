package legible.digits.augment.background;

import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// What JPEG leaves of a picture: blocks of 8 x 8 go to the frequencies of the discrete cosine
/// transform, are rounded there, and come back. The grid of blocks lies anywhere.
///
/// ```
///  F = C·B·Cᵀ     C[u][x] = s(u)·cos((2x + 1)·u·π/16),  s(0) = √(1/8),  s(u) = 1/2
///  B' = Cᵀ·round(F/Q)·Q·C
/// ```
///
/// Source: ITU-T T.81 (1992), A.3.3 and table K.1; Q is scaled by the quality as the Independent
/// JPEG Group's library does.
record JpegArtefacts() implements Effect {
  private static final int SIZE = Raster.SIZE;
  private static final int BLOCK = 8;
  private static final int LOWEST_QUALITY = 8;
  private static final int HIGHEST_QUALITY = 60;

  /// Quantisation of light, table K.1.
  private static final int[] LIGHT = {
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99
  };

  private static final float[] COSINES = cosines();

  private static float[] cosines() {
    float[] c = new float[BLOCK * BLOCK];
    for (int u = 0; u < BLOCK; u++) {
      double scale = u == 0 ? StrictMath.sqrt(1.0 / BLOCK) : 0.5;
      for (int x = 0; x < BLOCK; x++) {
        c[u * BLOCK + x] = (float) (scale * StrictMath.cos((2 * x + 1) * u * StrictMath.PI / 16));
      }
    }
    return c;
  }

  @Override
  public void apply(CounterRandom draw, float[] pixels, float[] scratch) {
    int quality = LOWEST_QUALITY + draw.below(0, HIGHEST_QUALITY - LOWEST_QUALITY + 1);
    int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    float[] steps = new float[BLOCK * BLOCK];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = Math.clamp((LIGHT[i] * percent + 50) / 100, 1, 255) / 255f;
    }
    System.arraycopy(pixels, 0, scratch, 0, Raster.PIXELS);
    float[] block = new float[BLOCK * BLOCK];
    float[] work = new float[BLOCK * BLOCK];
    for (int top = -draw.below(1, BLOCK); top < SIZE; top += BLOCK) {
      for (int left = -draw.below(2, BLOCK); left < SIZE; left += BLOCK) {
        for (int i = 0; i < block.length; i++) {
          block[i] = Raster.nearest(scratch, left + i % BLOCK, top + i / BLOCK) - 0.5f;
        }
        round(block, work, steps);
        put(block, left, top, pixels);
      }
    }
  }

  /// Forth, rounded, and back.
  static void round(float[] block, float[] work, float[] steps) {
    multiply(COSINES, false, block, false, work);
    multiply(work, false, COSINES, true, block);
    for (int i = 0; i < block.length; i++) {
      block[i] = Math.round(block[i] / steps[i]) * steps[i];
    }
    multiply(COSINES, true, block, false, work);
    multiply(work, false, COSINES, false, block);
  }

  /// `product = a·b`, each of them transposed or not.
  private static void multiply(
      float[] a, boolean transposedA, float[] b, boolean transposedB, float[] product) {
    for (int i = 0; i < BLOCK; i++) {
      for (int j = 0; j < BLOCK; j++) {
        float sum = 0;
        for (int k = 0; k < BLOCK; k++) {
          float left = transposedA ? a[k * BLOCK + i] : a[i * BLOCK + k];
          float right = transposedB ? b[j * BLOCK + k] : b[k * BLOCK + j];
          sum += left * right;
        }
        product[i * BLOCK + j] = sum;
      }
    }
  }

  private static void put(float[] block, int left, int top, float[] pixels) {
    for (int y = Math.max(0, top); y < Math.min(SIZE, top + BLOCK); y++) {
      for (int x = Math.max(0, left); x < Math.min(SIZE, left + BLOCK); x++) {
        pixels[y * SIZE + x] = block[(y - top) * BLOCK + x - left] + 0.5f;
      }
    }
  }
}

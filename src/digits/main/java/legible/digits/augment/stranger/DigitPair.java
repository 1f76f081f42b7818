package legible.digits.augment.stranger;

import legible.digits.idx.LabelledImages;
import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// Two digits side by side, apart, touching or overlapping, reduced together to the box of one.
record DigitPair() implements Stranger {
  private static final int SIZE = Raster.SIZE;

  /// The box of MNIST's digits.
  private static final float BOX = 20;

  @Override
  public void draw(CounterRandom draw, LabelledImages digits, float[] ink) {
    int left = digits.offset(draw.below(0, digits.size()));
    int right = digits.offset(draw.below(1, digits.size()));
    float distance = draw.uniform(2, 10, 21);
    float drop = draw.uniform(3, -3, 3);
    float scale = (BOX + 0.7f * distance) / BOX;
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        float u = (x - Raster.MIDDLE) * scale + Raster.MIDDLE;
        float v = (y - Raster.MIDDLE) * scale + Raster.MIDDLE;
        float first = bilinear(digits, left, u + distance / 2, v + drop / 2);
        float second = bilinear(digits, right, u - distance / 2, v - drop / 2);
        ink[y * SIZE + x] = Math.max(first, second);
      }
    }
  }

  private static float bilinear(LabelledImages digits, int offset, float x, float y) {
    int column = (int) Math.floor(x);
    int row = (int) Math.floor(y);
    float right = x - column;
    float down = y - row;
    float top =
        at(digits, offset, column, row) * (1 - right) + at(digits, offset, column + 1, row) * right;
    float bottom =
        at(digits, offset, column, row + 1) * (1 - right)
            + at(digits, offset, column + 1, row + 1) * right;
    return (top * (1 - down) + bottom * down) / 255;
  }

  private static int at(LabelledImages digits, int offset, int x, int y) {
    boolean inside = x >= 0 && x < SIZE && y >= 0 && y < SIZE;
    return inside ? digits.pixels()[offset + y * SIZE + x] & 0xff : 0;
  }
}

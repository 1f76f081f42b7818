package legible.digits.augment.stranger;

import legible.digits.idx.LabelledImages;
import legible.digits.raster.Raster;
import legible.digits.raster.Stroke;
import legible.random.CounterRandom;

/// Strokes to and fro, as one strikes out a digit: five to twelve corners anywhere in the box.
record Scribble() implements Stranger {
  private static final float HALF = 10;
  private static final int FEWEST = 5;
  private static final int MOST = 12;

  @Override
  public void draw(CounterRandom draw, LabelledImages digits, float[] ink) {
    float width = draw.uniform(0, 1, 3);
    int corners = FEWEST + draw.below(1, MOST - FEWEST + 1);
    float lastX = 0;
    float lastY = 0;
    for (int i = 0; i < corners; i++) {
      float x = Raster.MIDDLE + draw.uniform(2 + 2L * i, -HALF, HALF);
      float y = Raster.MIDDLE + draw.uniform(3 + 2L * i, -HALF, HALF);
      if (i > 0) {
        Stroke.draw(ink, lastX, lastY, x, y, width, 1);
      }
      lastX = x;
      lastY = y;
    }
  }
}

package legible.digits.augment.background;

import legible.digits.raster.Raster;
import legible.digits.raster.Stroke;
import legible.random.CounterRandom;

/// What else a pen left: an underline, a frame's corner, the end of a neighbour, a slip. A chain of
/// straight strokes with corners anywhere; some begin outside of the picture.
record StrayStrokes() implements Effect {
  private static final int MOST_CORNERS = 5;

  @Override
  public void apply(CounterRandom draw, float[] pixels, float[] scratch) {
    float width = draw.uniform(0, 0.6f, 2.2f);
    float tone = draw.uniform(1, 0.4f, 1);
    int corners = 2 + draw.below(2, MOST_CORNERS - 1);
    float reach = draw.uniform(3, 3, 22);
    float x = draw.uniform(4, -3, Raster.SIZE + 3);
    float y = draw.uniform(5, -3, Raster.SIZE + 3);
    for (int i = 1; i < corners; i++) {
      float nextX = x + draw.uniform(6 + 2 * i, -reach, reach);
      float nextY = y + draw.uniform(7 + 2 * i, -reach, reach);
      Stroke.draw(pixels, x, y, nextX, nextY, width, tone);
      x = nextX;
      y = nextY;
    }
  }
}

package legible.digits.augment.stranger;

import java.util.List;
import legible.digits.idx.LabelledImages;
import legible.digits.raster.Raster;
import legible.digits.raster.Stroke;
import legible.random.CounterRandom;

/// A letter or sign in a trembling hand.
///
/// @param glyphs which ones, see [Glyphs]
record Letter(List<String> glyphs) implements Stranger {
  /// The box of MNIST's digits.
  private static final float BOX = 20;

  private static final float GRID = 9;

  /// How far a corner strays, in pixels.
  private static final float TREMBLE = 1.4f;

  Letter {
    glyphs = List.copyOf(glyphs);
  }

  @Override
  public void draw(CounterRandom draw, LabelledImages digits, float[] ink) {
    int[][] strokes = Glyphs.strokes(glyphs.get(draw.below(0, glyphs.size())));
    float width = draw.uniform(1, 1.2f, 3.4f);
    float tone = draw.uniform(2, 0.75f, 1);
    float slant = draw.uniform(3, -0.35f, 0.35f);
    float narrow = draw.uniform(4, 0.6f, 1);
    float size = draw.uniform(5, 0.75f, 1.05f) * BOX / GRID;
    CounterRandom tremble = draw.split(1);
    int corner = 0;
    for (int[] stroke : strokes) {
      float lastX = 0;
      float lastY = 0;
      for (int i = 0; i < stroke.length; i += 2) {
        float v = stroke[i + 1] - GRID / 2;
        float u = (stroke[i] - GRID / 2) * narrow - slant * v;
        float x = Raster.MIDDLE + size * u + tremble.uniform(corner++, -TREMBLE, TREMBLE);
        float y = Raster.MIDDLE + size * v + tremble.uniform(corner++, -TREMBLE, TREMBLE);
        if (i > 0) {
          Stroke.draw(ink, lastX, lastY, x, y, width, tone);
        }
        lastX = x;
        lastY = y;
      }
    }
  }
}

package legible.digits.finetune;

import legible.digits.image.Box;
import legible.digits.image.GrayImage;
import legible.digits.numbers.LineStrip;
import legible.random.CounterRandom;

/// A photographed line as it might have been written or photographed otherwise: a little larger,
/// higher, longer, more slanted, bent, with more or less ink.
///
/// ```
///  part of the sheet, moved and scaled → slanted, bent (bilinear) → strip, as for reading
///        → ink levels cut, grain
/// ```
final class LineJitter {
  /// Around 1; what [legible.digits.numbers.NumberReader] looks at is 0.85 to 1.15.
  private static final float SIZE = 0.2f;

  private static final float STRETCH = 0.15f;
  private static final float SLANT = 0.2f;

  /// In heights of the part.
  private static final float SHIFT = 0.06f;

  /// Room that a line may lose or win at its ends, in heights.
  private static final float LESS = 0.05f;

  private static final float MORE = 0.2f;

  /// In heights; the length of a wave is one to six heights.
  private static final float BEND = 0.02f;

  private static final float LEAST_INK = 0.2f;
  private static final float MOST_INK = 0.75f;
  private static final float GRAIN = 0.06f;
  private static final float TURN = (float) (2 * Math.PI);

  private final CounterRandom random;

  /// @param random a stream of its own for each picture
  LineJitter(CounterRandom random) {
    this.random = random;
  }

  private float uniform(int draw, float low, float high) {
    return random.uniform(draw, low, high);
  }

  /// Writes one strip.
  ///
  /// @param sheet dark writing on even light
  /// @param box the part that shows the line
  /// @param target receives `32·columns` values, ink 1 and ground 0
  /// @param offset where in target
  /// @param columns of the target; longer lines are pressed together
  void draw(GrayImage sheet, Box box, float[] target, int offset, int columns) {
    GrayImage ink = LineStrip.whole(part(sheet, box, columns - 2 * LineStrip.MARGIN)).ink();
    int width = Math.min(ink.width(), columns);
    int shift = random.below(0, columns - width + 1);
    float least = uniform(1, 0, LEAST_INK);
    float most = uniform(2, MOST_INK, 1.1f);
    float grain = uniform(3, -GRAIN, GRAIN);
    CounterRandom noise = random.split("grain");
    for (int y = 0; y < LineStrip.ROWS; y++) {
      for (int x = 0; x < columns; x++) {
        int i = y * columns + x;
        boolean inside = x >= shift && x < shift + width;
        float value = inside ? ink.at(x - shift, y) : 0;
        value += inside && grain > 0 ? noise.uniform(i, -grain, grain) : 0;
        target[offset + i] = Math.clamp((value - least) / (most - least), 0f, 1f);
      }
    }
  }

  /// The part of the sheet, at its resolution.
  ///
  /// @param widest columns that a strip of it may have
  private GrayImage part(GrayImage sheet, Box box, int widest) {
    float height = box.height() / uniform(4, 1 - SIZE, 1 + SIZE);
    float left = box.left() - uniform(5, -LESS, MORE) * box.height();
    float right = box.right() + uniform(6, -LESS, MORE) * box.height();
    float top = box.top() + (box.height() - height) / 2 + uniform(7, -SHIFT, SHIFT) * height;
    int rows = Math.max(1, Math.round(height));
    float mostColumns = (float) widest * rows / LineStrip.ROWS;
    float wanted = (right - left) * uniform(8, 1 - STRETCH, 1 + STRETCH);
    int columns = (int) Math.max(1, Math.min(wanted, mostColumns));
    float step = (right - left) / columns;
    float slant = uniform(9, -SLANT, SLANT);
    float[] bendX = bend(10, columns, height, step);
    float[] bendY = bend(13, columns, height, step);
    float[] light = new float[rows * columns];
    for (int y = 0; y < rows; y++) {
      float lean = slant * (y - rows / 2f);
      for (int x = 0; x < columns; x++) {
        float u = left + x * step + lean + bendX[x];
        light[y * columns + x] = bilinear(sheet, u, top + y + bendY[x]);
      }
    }
    return new GrayImage(columns, rows, light);
  }

  /// A sine along the line, in pixels.
  private float[] bend(int draw, int columns, float height, float step) {
    float depth = uniform(draw, -BEND, BEND) * height;
    float wave = TURN / (height * uniform(draw + 1, 1, 6));
    float phase = uniform(draw + 2, 0, TURN);
    float[] bend = new float[columns];
    for (int x = 0; x < columns; x++) {
      bend[x] = depth * (float) StrictMath.sin(wave * x * step + phase);
    }
    return bend;
  }

  /// The light at a place; beyond the sheet its edge goes on.
  private static float bilinear(GrayImage sheet, float u, float v) {
    float x = Math.clamp(u, 0f, sheet.width() - 1f);
    float y = Math.clamp(v, 0f, sheet.height() - 1f);
    int left = (int) x;
    int top = (int) y;
    int right = Math.min(left + 1, sheet.width() - 1);
    int bottom = Math.min(top + 1, sheet.height() - 1);
    float above = sheet.at(left, top) + (x - left) * (sheet.at(right, top) - sheet.at(left, top));
    float below =
        sheet.at(left, bottom) + (x - left) * (sheet.at(right, bottom) - sheet.at(left, bottom));
    return above + (y - top) * (below - above);
  }
}

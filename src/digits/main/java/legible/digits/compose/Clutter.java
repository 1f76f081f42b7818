package legible.digits.compose;

/// What stands on a form beside the number: ruled lines above and below, the edge of a box, pieces of
/// other writing that reach into the picture.
final class Clutter {
  private Clutter() {}

  static void print(float[] light, int width, int rows, Draws draws) {
    if (draws.chance(0.4)) {
      int lines = 1 + draws.below(2);
      for (int i = 0; i < lines; i++) {
        boolean aside = draws.chance(0.75);
        float y = aside ? edge(rows, draws) : draws.uniform(4, rows - 4);
        rule(light, width, rows, y, draws);
      }
    }
    if (draws.chance(0.1)) {
      Canvas canvas = new Canvas(width, rows);
      float x = draws.chance(0.5) ? draws.uniform(0, 6) : width - 1 - draws.uniform(0, 6);
      float lean = draws.jitter(1);
      canvas.stroke(new float[] {x, 0, x + lean, rows}, draws.uniform(0.2, 0.9), 1);
      darken(light, canvas, draws.uniform(0.3, 0.9));
    }
    if (draws.chance(0.25)) {
      pieces(light, width, rows, draws);
    }
  }

  /// A height in the upper or lower four pixels.
  private static float edge(int rows, Draws draws) {
    float depth = draws.uniform(0, 4);
    return draws.chance(0.5) ? depth : rows - 1 - depth;
  }

  private static void rule(float[] light, int width, int rows, float y, Draws draws) {
    Canvas canvas = new Canvas(width, rows);
    float slope = draws.chance(0.5) ? 0 : draws.jitter(1.5);
    canvas.stroke(new float[] {0, y, width, y + slope}, draws.uniform(0.1, 0.9), 1);
    darken(light, canvas, draws.uniform(0.15, 0.9));
  }

  /// Ends of strokes from the lines above and below, and at both sides.
  private static void pieces(float[] light, int width, int rows, Draws draws) {
    Canvas canvas = new Canvas(width, rows);
    int count = 1 + draws.below(4);
    for (int i = 0; i < count; i++) {
      boolean above = draws.chance(0.5);
      float x = draws.uniform(0, width);
      float edge = above ? -1 : rows;
      float deep = draws.uniform(0, 5) * (above ? 1 : -1);
      canvas.stroke(
          new float[] {
            x + draws.uniform(-6, 6), edge, x, edge + deep, x + draws.uniform(-8, 8), edge
          },
          draws.uniform(0.4, 1.3),
          1);
    }
    darken(light, canvas, draws.uniform(0.3, 0.9));
  }

  private static void darken(float[] light, Canvas canvas, float depth) {
    for (int i = 0; i < light.length; i++) {
      light[i] *= 1 - depth * canvas.ink()[i];
    }
  }
}

package legible.digits.augment.background;

import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// The lines of ruled paper and of forms: parallel, level or upright in most pictures, whole or
/// dashed.
record RuledLines() implements Effect {
  private static final int SIZE = Raster.SIZE;

  @Override
  public void apply(CounterRandom draw, float[] pixels, float[] scratch) {
    double tilt = draw.uniform(0, -0.12f, 0.12f);
    boolean upright = draw.uniform(1) < 0.4f;
    boolean anyway = draw.uniform(2) < 0.2f;
    double angle =
        anyway ? StrictMath.PI * draw.uniform(3) : tilt + (upright ? 0.5 * StrictMath.PI : 0);
    rule(draw.split(1), pixels, angle, draw.uniform(4, 6, 26));
  }

  /// Draws parallel lines.
  ///
  /// @param angle of the lines against the rows, radians
  /// @param period pixels from line to line
  static void rule(CounterRandom draw, float[] pixels, double angle, float period) {
    float cos = (float) StrictMath.cos(angle);
    float sin = (float) StrictMath.sin(angle);
    float start = draw.uniform(0, 0, period);
    float half = draw.uniform(1, 0.5f, 2.4f) / 2;
    float tone = draw.uniform(2, 0.2f, 1);
    float dash = draw.uniform(3) < 0.35f ? draw.uniform(4, 1, 4) : 0;
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        float across = (cos * y - sin * x + start) / period;
        float distance = Math.abs(across - Math.round(across)) * period;
        float ink = tone * Math.clamp(half + 0.5f - distance, 0f, 1f);
        float along = cos * x + sin * y;
        boolean gap = dash > 0 && Math.floorMod((int) Math.floor(along / dash), 2) == 0;
        if (!gap) {
          pixels[y * SIZE + x] = Math.max(pixels[y * SIZE + x], ink);
        }
      }
    }
  }
}

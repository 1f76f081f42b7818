package legible.digits.corrupt;

import legible.random.CounterRandom;

/// A zigzag across the picture, nearly level, four columns from corner to corner and two rows up and
/// down. The reach of its strokes is 2.3·strength rows, see [FadingLine].
record Zigzag() implements Corruption {
  private static final int LEFT = 2;
  private static final int RIGHT = 25;
  private static final int LAST = 27;
  private static final int TILT = 5;
  private static final float STEP = 4;
  private static final float HEIGHT = 2;

  @Override
  public void apply(CounterRandom draw, double strength, float[] pixels, float[] scratch) {
    float start = draw.below(0, LAST);
    float tilt = draw.below(1, 2 * TILT) - TILT;
    float slope = tilt / (RIGHT - LEFT);
    float x = LEFT;
    float y = start;
    float nextX = LEFT + STEP / 2;
    for (int side = 1; x < RIGHT; side = -side) {
      boolean last = nextX >= RIGHT;
      float endX = last ? RIGHT : nextX;
      float endY = start + slope * (endX - LEFT) + (last ? 0 : side * HEIGHT);
      new FadingLine(x, y, endX, endY).draw(pixels, strength, column -> true);
      x = endX;
      y = endY;
      nextX += STEP;
    }
  }
}

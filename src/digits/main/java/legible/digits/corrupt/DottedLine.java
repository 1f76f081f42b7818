package legible.digits.corrupt;

import legible.random.CounterRandom;

/// A dotted line from side to side, at any two heights: two columns without, two with it. Its reach is
/// 2.3·strength rows, see [FadingLine].
record DottedLine() implements Corruption {
  private static final int LAST = 27;
  private static final int DOT = 2;

  @Override
  public void apply(CounterRandom draw, double strength, float[] pixels, float[] scratch) {
    new FadingLine(0, draw.below(0, LAST), LAST, draw.below(1, LAST))
        .draw(pixels, strength, column -> column / DOT % 2 == 1);
  }
}

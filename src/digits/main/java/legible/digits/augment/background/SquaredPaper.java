package legible.digits.augment.background;

import legible.random.CounterRandom;

/// Squared paper: two sets of lines at a right angle.
record SquaredPaper() implements Effect {
  @Override
  public void apply(CounterRandom draw, float[] pixels, float[] scratch) {
    double tilt = draw.uniform(0, -0.15f, 0.15f);
    float period = draw.uniform(1, 5, 18);
    RuledLines.rule(draw.split(1), pixels, tilt, period);
    RuledLines.rule(draw.split(2), pixels, tilt + 0.5 * StrictMath.PI, period);
  }
}

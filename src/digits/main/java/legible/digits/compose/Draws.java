package legible.digits.compose;

import legible.random.CounterRandom;

/// Random draws one after the other from a stream of its own.
final class Draws {
  private final CounterRandom random;
  private long count;

  Draws(CounterRandom random) {
    this.random = random;
  }

  /// Uniform in [low, high).
  float uniform(double low, double high) {
    return random.uniform(count++, (float) low, (float) high);
  }

  /// Whether something of this probability happens.
  boolean chance(double probability) {
    return random.uniform(count++) < probability;
  }

  /// Uniform in 0..bound-1.
  int below(int bound) {
    return random.below(count++, bound);
  }

  /// About normal with mean 0: the sum of three uniform draws.
  float jitter(double deviation) {
    float sum = uniform(-1, 1) + uniform(-1, 1) + uniform(-1, 1); // variance 3 · 1/3
    return sum * (float) deviation;
  }

  /// 64 random bits, for a stream of its own.
  long bits() {
    return random.bits(count++);
  }
}

package legible.digits.decision;

import legible.train.Evaluation;

/// Finds the temperature T for which the probabilities `softmax(logits/T)` are most likely to have
/// given the true labels, on pictures that were not trained on.
///
/// With β = 1/T, and since `softmax(log p·β)` is `softmax(z·β)` for the softmax p of the logits z, the
/// mean cross-entropy and its derivatives are
///
/// ```
///  L(β)  = mean of  ln Σ exp(β·ln p_k) - β·ln p_label
///  L'(β) = mean of  E[ln p] - ln p_label       E, Var: over the classes with softmax(β·ln p)
///  L"(β) = mean of  Var[ln p]  ≥ 0
/// ```
///
/// L is convex: the zero of L' is found by Newton's method, halving the interval where a step would
/// leave it. All in double precision and [StrictMath], picture after picture: the same bits everywhere.
///
/// Source: Guo, Pleiss, Sun & Weinberger 2017, "On calibration of modern neural networks", section 4.2.
final class TemperatureFit {
  private static final double LEAST = 0.01;
  private static final double MOST = 100;
  private static final int STEPS = 60;

  /// Relative; far below what a float keeps.
  private static final double PRECISE = 1e-10;

  private final float[][] probabilities;
  private final int[] labels;

  private TemperatureFit(Evaluation evaluation) {
    this.probabilities = evaluation.probabilities();
    this.labels = evaluation.labels();
  }

  /// The temperature, in [0.01, 100].
  static float of(Evaluation evaluation) {
    return (float) (1 / new TemperatureFit(evaluation).inverse());
  }

  private double inverse() {
    double low = 1 / MOST;
    double high = 1 / LEAST;
    double beta = 1;
    for (int step = 0; step < STEPS && high - low > PRECISE * beta; step++) {
      Slope slope = slope(beta);
      if (slope.first() > 0) {
        high = beta;
      } else {
        low = beta;
      }
      double newton = beta - slope.first() / slope.second();
      boolean done = Math.abs(newton - beta) <= PRECISE * beta;
      beta = newton > low && newton < high ? newton : (low + high) / 2;
      if (done) {
        return beta;
      }
    }
    return beta;
  }

  /// L' and L".
  private record Slope(double first, double second) {}

  private Slope slope(double beta) {
    double first = 0;
    double second = 0;
    for (int i = 0; i < labels.length; i++) {
      double[] logs = logs(probabilities[i]);
      double sum = 0;
      double mean = 0;
      double square = 0;
      for (double log : logs) {
        double weight = StrictMath.exp(beta * log);
        sum += weight;
        mean += weight * log;
        square += weight * log * log;
      }
      mean /= sum;
      first += mean - logs[labels[i]];
      second += square / sum - mean * mean;
    }
    return new Slope(first / labels.length, second / labels.length);
  }

  /// The logarithms of probabilities, the greatest made 0; what is below the floats counts as the
  /// smallest of them.
  private static double[] logs(float[] probabilities) {
    double[] logs = new double[probabilities.length];
    double greatest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < logs.length; k++) {
      logs[k] = StrictMath.log(Math.max(probabilities[k], Float.MIN_NORMAL));
      greatest = Math.max(greatest, logs[k]);
    }
    for (int k = 0; k < logs.length; k++) {
      logs[k] -= greatest;
    }
    return logs;
  }

  /// Probabilities at a temperature, from those at temperature 1.
  static float[] scaled(float[] probabilities, float temperature) {
    double[] logs = logs(probabilities);
    double sum = 0;
    for (int k = 0; k < logs.length; k++) {
      logs[k] = StrictMath.exp(logs[k] / temperature);
      sum += logs[k];
    }
    float[] scaled = new float[logs.length];
    for (int k = 0; k < logs.length; k++) {
      scaled[k] = (float) (logs[k] / sum);
    }
    return scaled;
  }
}

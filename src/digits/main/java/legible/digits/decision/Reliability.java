package legible.digits.decision;

import legible.train.Evaluation;

/// How well probabilities agree with the truth: answers in bins by the probability of the digit that
/// was read.
///
/// @param counts answers in each bin; bin i holds the probabilities in (i/15, (i + 1)/15]
/// @param confidence mean probability in each bin; 0 in an empty one
/// @param accuracy share of right answers in each bin; 0 in an empty one
public record Reliability(int[] counts, double[] confidence, double[] accuracy) {
  /// As in the literature.
  public static final int BINS = 15;

  /// Counts the answers of an evaluation.
  public static Reliability of(Evaluation evaluation) {
    int[] counts = new int[BINS];
    double[] confidence = new double[BINS];
    double[] accuracy = new double[BINS];
    for (int i = 0; i < evaluation.images(); i++) {
      int read = evaluation.predicted(i);
      double probability = evaluation.probabilities()[i][read];
      int bin = Math.clamp((int) Math.ceil(probability * BINS) - 1, 0, BINS - 1);
      counts[bin]++;
      confidence[bin] += probability;
      accuracy[bin] += read == evaluation.labels()[i] ? 1 : 0;
    }
    for (int bin = 0; bin < BINS; bin++) {
      confidence[bin] /= Math.max(1, counts[bin]);
      accuracy[bin] /= Math.max(1, counts[bin]);
    }
    return new Reliability(counts, confidence, accuracy);
  }

  /// The expected calibration error, in [0, 1]: the mean distance of confidence and accuracy, each bin
  /// weighted with its answers.
  ///
  /// Source: Naeini, Cooper & Hauskrecht 2015; with 15 bins as Guo et al. 2017.
  public double expectedCalibrationError() {
    double sum = 0;
    int all = 0;
    for (int bin = 0; bin < BINS; bin++) {
      sum += counts[bin] * Math.abs(confidence[bin] - accuracy[bin]);
      all += counts[bin];
    }
    return sum / Math.max(1, all);
  }
}

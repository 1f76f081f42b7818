package legible.digits.decision;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import legible.train.Evaluation;

/// What becomes of answers when the less sure ones are refused: answers in the order of their
/// probability, the surest first.
///
/// @param probabilities of the digit that was read, descending
/// @param wrong how many of the first 1, 2, ... answers are wrong
public record ReadRates(float[] probabilities, int[] wrong) {
  /// Orders the answers of an evaluation.
  public static ReadRates of(Evaluation evaluation) {
    float[] probabilities = new float[evaluation.images()];
    boolean[] right = new boolean[probabilities.length];
    for (int i = 0; i < probabilities.length; i++) {
      int read = evaluation.predicted(i);
      probabilities[i] = evaluation.probabilities()[i][read];
      right[i] = read == evaluation.labels()[i];
    }
    return of(probabilities, right);
  }

  /// Orders answers.
  ///
  /// @param probabilities how sure each is
  /// @param right whether it is right
  public static ReadRates of(float[] probabilities, boolean[] right) {
    List<Integer> order =
        IntStream.range(0, right.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
            .toList();
    float[] sorted = new float[right.length];
    int[] wrong = new int[right.length];
    int mistakes = 0;
    for (int n = 0; n < right.length; n++) {
      sorted[n] = probabilities[order.get(n)];
      mistakes += right[order.get(n)] ? 0 : 1;
      wrong[n] = mistakes;
    }
    return new ReadRates(sorted, wrong);
  }

  /// How many answers there are.
  public int count() {
    return probabilities.length;
  }

  /// How many are right if all are given.
  public int right() {
    return count() - (count() == 0 ? 0 : wrong[count() - 1]);
  }

  /// The least probability at which to answer, so that of these answers no greater share is wrong than
  /// wanted. It is found by counting, and counting n pictures without a mistake proves, with 95 %
  /// certainty, a share below 3/n and no less (Hanley & Lippman-Hand 1983).
  ///
  /// @param misread wanted share of wrong answers among the answers given, in (0, 1)
  /// @return a threshold in [0, 1], or above 1 if no answer is sure enough
  public float threshold(double misread) {
    float threshold = Math.nextUp(1f);
    for (int n = 0; n < probabilities.length; n++) {
      boolean tied = n + 1 < probabilities.length && probabilities[n + 1] == probabilities[n];
      if (!tied && wrong[n] <= misread * (n + 1)) {
        threshold = probabilities[n];
      }
    }
    return threshold;
  }

  /// How many answers are given at a threshold.
  public int answered(float threshold) {
    int low = 0;
    int high = probabilities.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (probabilities[middle] >= threshold) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// The share of pictures that are answered at a threshold.
  public double readRate(float threshold) {
    return (double) answered(threshold) / Math.max(1, probabilities.length);
  }

  /// The share of wrong ones among the answers given at a threshold; 0 if there are none.
  public double misreadRate(float threshold) {
    int answered = answered(threshold);
    return answered == 0 ? 0 : (double) wrong[answered - 1] / answered;
  }
}

package legible.op;

import java.util.Arrays;
import java.util.List;
import legible.tensor.Tensor;

/// All alignments of one sample's text: the sums (1) to (3) of [CtcLoss].
final class CtcPaths {
  private final int blank;
  private final int sample;
  private final int frames;
  private final int classes;
  private final int[] symbols;
  private final double[] y;
  private final double[] alpha;
  private final double[] beta;

  CtcPaths(int blank, List<Tensor> in, int sample) {
    this.blank = blank;
    this.sample = sample;
    this.frames = in.get(0).shape().dimension(1);
    this.classes = in.get(0).shape().dimension(2);
    this.symbols = symbols(in.get(1));
    this.y = softmax(in.get(0).data());
    this.alpha = new double[frames * symbols.length];
    this.beta = new double[frames * symbols.length];
  }

  private int[] symbols(Tensor labels) {
    int most = labels.shape().dimension(1);
    int length = 0;
    while (length < most && labels.data()[sample * most + length] >= 0) {
      length++;
    }
    int[] result = new int[2 * length + 1];
    Arrays.fill(result, blank);
    int repeated = 0;
    for (int i = 0; i < length; i++) {
      int label = (int) labels.data()[sample * most + i];
      if (label >= classes || label == blank) {
        throw new IllegalArgumentException(
            "CtcLoss: labels below %d except the blank %d expected, got %d in sample %d"
                .formatted(classes, blank, label, sample));
      }
      repeated += i > 0 && result[2 * i - 1] == label ? 1 : 0;
      result[2 * i + 1] = label;
    }
    if (length + repeated > frames) {
      throw new IllegalArgumentException(
          "CtcLoss: at least %d frames for the %d labels of sample %d expected, got %d"
              .formatted(length + repeated, length, sample, frames));
    }
    return result;
  }

  private double[] softmax(float[] z) {
    double[] result = new double[frames * classes];
    int first = sample * result.length;
    for (int t = 0; t < frames; t++) {
      double largest = z[first + t * classes];
      for (int k = 1; k < classes; k++) {
        largest = Math.max(largest, z[first + t * classes + k]);
      }
      for (int k = 0; k < classes; k++) {
        int i = t * classes + k;
        result[i] = StrictMath.exp(z[first + i] - largest);
      }
      normalize(result, t * classes, classes);
    }
    return result;
  }

  /// Divides by the sum, which is returned.
  private static double normalize(double[] values, int first, int count) {
    double sum = 0;
    for (int i = first; i < first + count; i++) {
      sum += values[i];
    }
    for (int i = first; i < first + count; i++) {
      values[i] /= sum;
    }
    return sum;
  }

  /// The loss; the bracket of (3) is set.
  double loss(Tensor difference) {
    double loss = forward();
    backward();
    int s = symbols.length;
    int first = sample * frames * classes;
    for (int t = 0; t < frames; t++) {
      double[] share = new double[classes];
      double sum = 0;
      for (int i = 0; i < s; i++) {
        double both = alpha[t * s + i] * beta[t * s + i];
        share[symbols[i]] += both;
        sum += both;
      }
      for (int k = 0; k < classes; k++) {
        difference.data()[first + t * classes + k] = (float) (y[t * classes + k] - share[k] / sum);
      }
    }
    return loss;
  }

  /// (1), and `-log p`.
  private double forward() {
    int s = symbols.length;
    alpha[0] = y[blank];
    if (s > 1) {
      alpha[1] = y[symbols[1]];
    }
    double loss = -StrictMath.log(normalize(alpha, 0, s));
    for (int t = 1; t < frames; t++) {
      for (int i = 0; i < s; i++) {
        int from = (t - 1) * s + i;
        double sum = alpha[from];
        sum += i > 0 ? alpha[from - 1] : 0;
        sum += i > 1 && skips(i) ? alpha[from - 2] : 0;
        alpha[t * s + i] = sum * y[t * classes + symbols[i]];
      }
      loss -= StrictMath.log(normalize(alpha, t * s, s));
    }
    double ends = alpha[frames * s - 1] + (s > 1 ? alpha[frames * s - 2] : 0);
    return loss - StrictMath.log(ends);
  }

  /// (2)
  private void backward() {
    int s = symbols.length;
    beta[frames * s - 1] = 1;
    if (s > 1) {
      beta[frames * s - 2] = 1;
    }
    for (int t = frames - 2; t >= 0; t--) {
      for (int i = 0; i < s; i++) {
        double sum = 0;
        for (int j = i; j < Math.min(i + 3, s); j++) {
          boolean reaches = j < i + 2 || skips(j);
          sum += reaches ? beta[(t + 1) * s + j] * y[(t + 1) * classes + symbols[j]] : 0;
        }
        beta[t * s + i] = sum;
      }
      normalize(beta, t * s, s);
    }
  }

  /// Whether this symbol may follow the one two before it.
  private boolean skips(int i) {
    return symbols[i] != blank && symbols[i] != symbols[i - 2];
  }
}

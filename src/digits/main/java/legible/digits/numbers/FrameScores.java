package legible.digits.numbers;

import java.util.Arrays;

/// What a network said along a line: the logarithm of each class's probability in each frame.
///
/// @param frames number of frames
/// @param classes number of classes
/// @param values `[frames,classes]`
record FrameScores(int frames, int classes, double[] values) {
  /// The log-softmax of logits.
  ///
  /// @param logits `[frames,classes]`
  static FrameScores of(float[] logits, int classes) {
    int frames = logits.length / classes;
    double[] values = new double[logits.length];
    for (int t = 0; t < frames; t++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < classes; k++) {
        largest = Math.max(largest, logits[t * classes + k]);
      }
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        sum += StrictMath.exp(logits[t * classes + k] - largest);
      }
      double total = largest + StrictMath.log(sum);
      for (int k = 0; k < classes; k++) {
        values[t * classes + k] = logits[t * classes + k] - total;
      }
    }
    return new FrameScores(frames, classes, values);
  }

  double at(int frame, int sign) {
    return values[frame * classes + sign];
  }

  /// `log(exp(a) + exp(b))`, without overflow.
  static double logSum(double a, double b) {
    double high = Math.max(a, b);
    double low = Math.min(a, b);
    return low == Double.NEGATIVE_INFINITY
        ? high
        : high + StrictMath.log1p(StrictMath.exp(low - high));
  }

  /// The logarithm of a text's probability over all alignments: equations 6 to 8 of Graves et al.
  /// 2006.
  double logProbability(int[] text) {
    int[] symbols = symbols(text);
    double[] alpha = new double[symbols.length];
    Arrays.fill(alpha, Double.NEGATIVE_INFINITY);
    alpha[0] = at(0, Alphabet.BLANK);
    if (symbols.length > 1) {
      alpha[1] = at(0, symbols[1]);
    }
    for (int t = 1; t < frames; t++) {
      for (int i = symbols.length - 1; i >= 0; i--) {
        double sum = alpha[i];
        sum = i > 0 ? logSum(sum, alpha[i - 1]) : sum;
        sum = skips(symbols, i) ? logSum(sum, alpha[i - 2]) : sum;
        alpha[i] = sum + at(t, symbols[i]);
      }
    }
    int last = symbols.length - 1;
    return last == 0 ? alpha[0] : logSum(alpha[last], alpha[last - 1]);
  }

  private static int[] symbols(int[] text) {
    int[] symbols = new int[2 * text.length + 1];
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] = i % 2 == 0 ? Alphabet.BLANK : text[i / 2];
    }
    return symbols;
  }

  private static boolean skips(int[] symbols, int i) {
    return i > 1 && symbols[i] != Alphabet.BLANK && symbols[i] != symbols[i - 2];
  }

  /// The first and last frame of each sign on the most probable path of a text (Viterbi).
  int[][] align(int[] text) {
    int[] symbols = symbols(text);
    int s = symbols.length;
    double[][] best = new double[frames][s];
    int[][] from = new int[frames][s];
    for (int t = 0; t < frames; t++) {
      for (int i = 0; i < s; i++) {
        int source = i;
        if (t > 0) {
          source = i > 0 && best[t - 1][i - 1] > best[t - 1][source] ? i - 1 : source;
          source = skips(symbols, i) && best[t - 1][i - 2] > best[t - 1][source] ? i - 2 : source;
        }
        double before = t > 0 ? best[t - 1][source] : i < 2 ? 0 : Double.NEGATIVE_INFINITY;
        best[t][i] = before + at(t, symbols[i]);
        from[t][i] = source;
      }
    }
    int state = s > 1 && best[frames - 1][s - 2] > best[frames - 1][s - 1] ? s - 2 : s - 1;
    int[][] ranges = new int[text.length][];
    for (int t = frames - 1; t >= 0; t--) {
      if (state % 2 == 1) {
        int sign = state / 2;
        ranges[sign] = new int[] {t, ranges[sign] == null ? t : ranges[sign][1]};
      }
      state = from[t][state];
    }
    return ranges;
  }

  /// A text with given digits, and its most probable path.
  ///
  /// @param text digits and other signs
  /// @param logProbability of the path
  record Completed(int[] text, double logProbability) {}

  /// The text on the most probable of all paths whose digits are exactly these, in this order. Any
  /// other sign may stand before, between and behind them: nobody has to say where points and dashes
  /// are.
  ///
  /// Between digits the classes of frames are free, so each frame takes its most probable one; what is
  /// left is the alignment of the digits alone with that class as the blank.
  ///
  /// @return a probability of 0 if there are too few frames
  Completed complete(int[] digits) {
    int[] others = new int[frames];
    double[] free = values.clone();
    for (int t = 0; t < frames; t++) {
      int best = Alphabet.BLANK;
      for (int k = Alphabet.DIGITS; k < Alphabet.BLANK; k++) {
        best = at(t, k) > at(t, best) ? k : best;
      }
      others[t] = best;
      free[t * classes + Alphabet.BLANK] = at(t, best);
    }
    if (frames < fewestFrames(digits)) {
      return new Completed(digits.clone(), Double.NEGATIVE_INFINITY);
    }
    int[][] ranges = new FrameScores(frames, classes, free).align(digits);
    int[] path = others.clone();
    for (int i = 0; i < digits.length; i++) {
      Arrays.fill(path, ranges[i][0], ranges[i][1] + 1, digits[i]);
    }
    int[] text = new int[frames];
    int length = 0;
    double logProbability = 0;
    for (int t = 0; t < frames; t++) {
      boolean read = path[t] != Alphabet.BLANK && (t == 0 || path[t] != path[t - 1]);
      text[length] = path[t];
      length += read ? 1 : 0;
      logProbability += at(t, path[t]);
    }
    return new Completed(Arrays.copyOf(text, length), logProbability);
  }

  /// A frame for each sign, and one between equal ones.
  private static int fewestFrames(int[] text) {
    int count = text.length;
    for (int i = 1; i < text.length; i++) {
      count += text[i] == text[i - 1] ? 1 : 0;
    }
    return count;
  }
}

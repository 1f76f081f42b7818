package legible.digits.numbers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds the most probable texts of a line: all alignments of a text count together, which the most
/// probable class of each frame does not tell.
///
/// Keeps the best beginnings of texts from frame to frame, each with the probability of its paths that
/// end in a blank and of those that end in its last sign.
///
/// Source: Graves 2008, "Supervised sequence labelling with recurrent neural networks", section
/// 7.5; in the form of Hannun et al. 2014, "First-pass large vocabulary continuous speech
/// recognition using bi-directional recurrent DNNs", algorithm 1, without a language model.
final class PrefixSearch {
  /// Signs of a smaller probability than this are not tried in a frame.
  private static final double LEAST = StrictMath.log(1e-4);

  private PrefixSearch() {}

  /// A text with the logarithm of its probability, which is exact but for what the beam left out.
  record Candidate(int[] text, double logProbability) {}

  private static final class Beginning {
    private double blank = Double.NEGATIVE_INFINITY;
    private double sign = Double.NEGATIVE_INFINITY;

    double total() {
      return FrameScores.logSum(blank, sign);
    }
  }

  /// The best texts, best first.
  ///
  /// @param beam how many beginnings are kept
  static List<Candidate> search(FrameScores scores, int beam) {
    Map<List<Integer>, Beginning> beginnings = new LinkedHashMap<>();
    Beginning empty = new Beginning();
    empty.blank = 0;
    beginnings.put(List.of(), empty);
    for (int t = 0; t < scores.frames(); t++) {
      beginnings = best(step(beginnings, scores, t), beam);
    }
    List<Candidate> candidates = new ArrayList<>();
    beginnings.forEach(
        (text, beginning) ->
            candidates.add(
                new Candidate(
                    text.stream().mapToInt(Integer::intValue).toArray(), beginning.total())));
    return candidates;
  }

  private static Map<List<Integer>, Beginning> step(
      Map<List<Integer>, Beginning> beginnings, FrameScores scores, int t) {
    Map<List<Integer>, Beginning> next = new LinkedHashMap<>();
    for (Map.Entry<List<Integer>, Beginning> entry : beginnings.entrySet()) {
      List<Integer> text = entry.getKey();
      Beginning before = entry.getValue();
      int last = text.isEmpty() ? -1 : text.getLast();
      Beginning same = next.computeIfAbsent(text, key -> new Beginning());
      same.blank = FrameScores.logSum(same.blank, before.total() + scores.at(t, Alphabet.BLANK));
      if (last >= 0) {
        same.sign = FrameScores.logSum(same.sign, before.sign + scores.at(t, last));
      }
      for (int k = 0; k < Alphabet.BLANK; k++) {
        if (scores.at(t, k) > LEAST) {
          List<Integer> longer = new ArrayList<>(text);
          longer.add(k);
          Beginning extended = next.computeIfAbsent(longer, key -> new Beginning());
          double from = k == last ? before.blank : before.total();
          extended.sign = FrameScores.logSum(extended.sign, from + scores.at(t, k));
        }
      }
    }
    return next;
  }

  private static Map<List<Integer>, Beginning> best(
      Map<List<Integer>, Beginning> beginnings, int beam) {
    Map<List<Integer>, Beginning> kept = new LinkedHashMap<>();
    beginnings.entrySet().stream()
        .filter(e -> e.getValue().total() > Double.NEGATIVE_INFINITY)
        .sorted(Comparator.comparingDouble(e -> -e.getValue().total()))
        .limit(beam)
        .forEach(e -> kept.put(e.getKey(), e.getValue()));
    return kept;
  }

  /// The digits of a text alone.
  static int[] digits(int[] text) {
    return Arrays.stream(text).filter(sign -> sign < Alphabet.DIGITS).toArray();
  }
}

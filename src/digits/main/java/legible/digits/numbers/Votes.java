package legible.digits.numbers;

import java.util.LinkedHashMap;
import java.util.Map;

/// Collects texts that were read at several sizes. Texts with the same digits stand together, however
/// their points and dashes were read; the most probable of them speaks for all.
final class Votes {
  private final Map<String, Double> shares = new LinkedHashMap<>();
  private final Map<String, Double> best = new LinkedHashMap<>();
  private final Map<String, int[]> texts = new LinkedHashMap<>();

  void add(int[] text, double probability) {
    String digits = digits(text);
    shares.merge(digits, probability, Double::sum);
    if (probability > best.getOrDefault(digits, -1.0)) {
      best.put(digits, probability);
      texts.put(digits, text);
    }
  }

  private static String digits(int[] text) {
    return Alphabet.text(PrefixSearch.digits(text));
  }

  boolean isEmpty() {
    return shares.isEmpty();
  }

  /// The text of the digits with the largest share, the first of equals.
  int[] winner() {
    return texts.get(
        shares.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey());
  }

  /// The share of a text's digits, in [0, 1].
  double share(int[] text) {
    return Math.min(1, shares.getOrDefault(digits(text), 0.0));
  }
}

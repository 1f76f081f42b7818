package legible.digits.compose;

import legible.digits.numbers.Alphabet;

/// Texts of numbers and amounts, made up.
final class AmountText {
  private AmountText() {}

  /// A number, most often shaped like an amount of money; sometimes nothing at all.
  static String draw(Draws draws) {
    if (draws.chance(0.03)) {
      return "";
    }
    if (draws.chance(0.35)) {
      return digits(1 + draws.below(10), draws);
    }
    if (draws.chance(0.05)) {
      return Integer.toString(1 + draws.below(9)) + digits(1, draws) + digits(2, draws) + "/100";
    }
    return head(draws) + grouped(digits(2 + draws.below(6), draws), draws) + tail(draws);
  }

  /// Random digits; amounts like to end with zeros.
  static String digits(int count, Draws draws) {
    StringBuilder text = new StringBuilder();
    int zeros = draws.chance(0.25) ? draws.below(count) : 0;
    for (int i = 0; i < count; i++) {
      text.append(i < count - zeros ? draws.below(Alphabet.DIGITS) : 0);
    }
    return text.toString();
  }

  /// Digits, each as probable as the others.
  static String evenDigits(int count, Draws draws) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(draws.below(Alphabet.DIGITS));
    }
    return text.toString();
  }

  private static String head(Draws draws) {
    if (draws.chance(0.12)) {
      return "*".repeat(1 + draws.below(3));
    }
    return draws.chance(0.12) ? (draws.chance(0.7) ? "$" : "-") : "";
  }

  /// With a point or a comma before the last three digits, or none.
  private static String grouped(String digits, Draws draws) {
    if (digits.length() < 4 || draws.chance(0.4)) {
      return digits;
    }
    int cut = digits.length() - 3;
    return digits.substring(0, cut) + (draws.chance(0.75) ? "." : ",") + digits.substring(cut);
  }

  private static String tail(Draws draws) {
    return switch (draws.below(9)) {
      case 0, 5 -> "-";
      case 1 -> draws.chance(0.5) ? ",-" : ".-";
      case 2 -> draws.chance(0.7) ? "." : ",";
      case 3 -> (draws.chance(0.5) ? "," : ".") + digits(2, draws);
      case 4 -> draws.chance(0.5) ? "--" : "*";
      default -> "";
    };
  }
}

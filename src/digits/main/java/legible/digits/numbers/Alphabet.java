package legible.digits.numbers;

/// What a reader of numbers can say at a place of a line: a digit, a sign that goes with numbers, or
/// nothing.
///
/// | class | sign |
/// |---|---|
/// | 0..9 | the digits |
/// | 10, 11 | decimal point, comma |
/// | 12 | dash, double or long ones too |
/// | 13 | star, as before amounts |
/// | 14 | currency sign |
/// | 15 | slash, as in 34/100 |
/// | 16 | blank: no sign here |
public final class Alphabet {
  /// The signs by their classes.
  public static final String SIGNS = "0123456789.,-*$/";

  /// The class of no sign.
  public static final int BLANK = SIGNS.length();

  /// All classes, the blank included.
  public static final int CLASSES = BLANK + 1;

  /// Classes below are digits.
  public static final int DIGITS = 10;

  private Alphabet() {}

  /// The text of some classes.
  public static String text(int[] classes) {
    StringBuilder text = new StringBuilder();
    for (int c : classes) {
      text.append(SIGNS.charAt(c));
    }
    return text.toString();
  }

  /// The classes of a text.
  ///
  /// @throws IllegalArgumentException if it has a sign that is not one of [#SIGNS]
  public static int[] classes(String text) {
    int[] classes = new int[text.length()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = SIGNS.indexOf(text.charAt(i));
      if (classes[i] < 0) {
        throw new IllegalArgumentException(
            "Alphabet: signs of '" + SIGNS + "' expected, got '" + text + "'");
      }
    }
    return classes;
  }
}

package legible.digits.numbers;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An amount of money as it stands on a check: `1,234.56`, `1.234,-`, `1234-`, `**12`, `1234/100`.
///
/// @param units the whole part, without separators
/// @param cents two digits, or the empty text where there are none
public record Amount(String units, String cents) {
  /// Stars, dashes or a currency sign; digits, with a point or comma before each group of three if at
  /// all; cents, dashes or nothing; stars.
  private static final Pattern SHAPE =
      Pattern.compile(
          "[*$-]*"
              + "(?<units>[0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]+)"
              + "(?:[.,](?<cents>[0-9]{2})|(?<hundredths>[0-9]{2})/100|[.,]?-*)"
              + "[.,]?[*-]*");

  /// The amount that a text tells, if it has the shape of one.
  public static Optional<Amount> of(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String units = matcher.group("units").replaceAll("[.,]", "");
    String cents = Optional.ofNullable(matcher.group("cents")).orElse("");
    String hundredths = Optional.ofNullable(matcher.group("hundredths")).orElse("");
    return Optional.of(new Amount(units, cents + hundredths));
  }

  /// `1234.56`, or `1234` without cents.
  @Override
  public String toString() {
    return cents.isEmpty() ? units : units + "." + cents;
  }
}

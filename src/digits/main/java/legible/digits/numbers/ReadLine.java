package legible.digits.numbers;

import java.util.List;
import java.util.stream.Collectors;

/// A line of writing that was read.
///
/// @param signs from left to right
/// @param confidence the probability that all digits are right, in [0, 1], as the network sees it
public record ReadLine(List<ReadSign> signs, float confidence) {
  public ReadLine {
    signs = List.copyOf(signs);
  }

  /// All signs.
  public String text() {
    return signs.stream().map(s -> Character.toString(s.sign())).collect(Collectors.joining());
  }

  /// The digits alone.
  public String digits() {
    return signs.stream()
        .filter(ReadSign::isDigit)
        .map(s -> Character.toString(s.sign()))
        .collect(Collectors.joining());
  }
}

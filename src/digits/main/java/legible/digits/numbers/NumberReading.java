package legible.digits.numbers;

import java.util.List;
import java.util.stream.Collectors;

/// What was read in a picture.
///
/// @param lines from top to bottom; at least one
/// @param shaped whether it has the shape of an amount of money, where one was asked for
public record NumberReading(List<ReadLine> lines, boolean shaped) {
  public NumberReading {
    lines = List.copyOf(lines);
  }

  /// The lines with a line feed between them.
  public String text() {
    return lines.stream().map(ReadLine::text).collect(Collectors.joining("\n"));
  }

  /// The probability that all digits are right, in [0, 1]: that of the least sure line.
  public float confidence() {
    return (float) lines.stream().mapToDouble(ReadLine::confidence).min().orElse(0);
  }

  /// All signs, line by line.
  public List<ReadSign> signs() {
    return lines.stream().flatMap(line -> line.signs().stream()).toList();
  }
}

package legible.bench.protocol;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One line from `bench/compare/compare.py`: a flat JSON object of numbers and plain strings.
public final class Message {
  private static final Pattern FIELD =
      Pattern.compile("\"(\\w+)\"\\s*:\\s*(?:\"([^\"\\\\]*)\"|([-+.0-9eE]+))");

  private final Map<String, String> fields = new HashMap<>();

  private Message() {}

  static Message parse(String line) {
    Message message = new Message();
    Matcher matcher = FIELD.matcher(line);
    while (matcher.find()) {
      String text = matcher.group(2);
      message.fields.put(matcher.group(1), text != null ? text : matcher.group(3));
    }
    return message;
  }

  /// The value of a field.
  ///
  /// @throws IllegalArgumentException if there is no such field
  public String text(String field) {
    String value = fields.get(field);
    if (value == null) {
      throw new IllegalArgumentException(
          "Message: '" + field + "' expected among " + fields.keySet());
    }
    return value;
  }

  /// The value of a field that is a whole number.
  public int integer(String field) {
    return Integer.parseInt(text(field));
  }

  /// The value of a field that is a number.
  public double number(String field) {
    return Double.parseDouble(text(field));
  }

  /// Whether both are the same work, whatever they ask for otherwise.
  boolean sameWork(Message other) {
    return text("name").equals(other.text("name"));
  }
}

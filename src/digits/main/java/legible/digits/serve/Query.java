package legible.digits.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What stands behind the question mark of an address.
final class Query {
  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = values;
  }

  /// Parses it.
  ///
  /// @param text the raw text, or null without a question mark
  /// @param known the parameters that there are
  /// @throws HttpFailure 400 for one that is unknown or stands there twice
  static Query of(String text, Set<String> known) throws HttpFailure {
    Map<String, String> values = new LinkedHashMap<>();
    for (String part : text == null || text.isEmpty() ? new String[0] : text.split("&")) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      if (!known.contains(name)) {
        throw new HttpFailure(400, "query: parameters among " + known + " expected, got another");
      }
      if (values.put(name, equals < 0 ? "" : part.substring(equals + 1)) != null) {
        throw new HttpFailure(400, "query: each parameter once expected, got " + name + " twice");
      }
    }
    return new Query(values);
  }

  /// Whether a flag is set: `name=true`; not without it.
  boolean flag(String name) throws HttpFailure {
    return switch (values.getOrDefault(name, "false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new HttpFailure(400, name + ": true or false expected");
    };
  }

  /// A share between 0 and 1, or 0 without it.
  double share(String name) throws HttpFailure {
    String text = values.get(name);
    if (text == null) {
      return 0;
    }
    double share = Double.NaN;
    try {
      share = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      // said below
    }
    if (!(share > 0 && share < 1)) {
      throw new HttpFailure(400, name + ": a share between 0 and 1 expected, such as 0.01");
    }
    return share;
  }
}

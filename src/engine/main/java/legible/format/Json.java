package legible.format;

/// Reads the JSON of a header from left to right: objects of texts and lists of whole numbers are
/// all there is, so it never calls itself, and nothing that it allocates is longer than its text.
///
/// Source: RFC 8259; stricter in that whole numbers have neither fraction nor exponent.
final class Json {
  private final String source;
  private final long offset;
  private final String text;
  private int at;

  /// @param source for messages
  /// @param offset of the text in the file, for messages
  Json(String source, long offset, String text) {
    this.source = source;
    this.offset = offset;
    this.text = text;
  }

  ModelFormatException failure(String expected) {
    return new ModelFormatException(
        source,
        offset + at,
        "header: %s expected, got %s"
            .formatted(expected, at < text.length() ? "'" + text.charAt(at) + "'" : "its end"));
  }

  /// Whether the next sign is this one, which is then read.
  boolean next(char sign) {
    blanks();
    if (at < text.length() && text.charAt(at) == sign) {
      at++;
      return true;
    }
    return false;
  }

  void expect(char sign) throws ModelFormatException {
    if (!next(sign)) {
      throw failure("'" + sign + "'");
    }
  }

  /// What stands between the parts of an object or list: a comma, or its end.
  ///
  /// @return whether another part follows
  boolean more(char end) throws ModelFormatException {
    if (next(end)) {
      return false;
    }
    if (!next(',')) {
      throw failure("',' or '" + end + "'");
    }
    return true;
  }

  /// Nothing but blanks may follow.
  void end() throws ModelFormatException {
    blanks();
    if (at < text.length()) {
      throw failure("nothing more");
    }
  }

  /// A number from 0 to 2^53 - 1, which every reader of JSON holds exactly.
  long number() throws ModelFormatException {
    blanks();
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    int digits = at - start;
    if (digits == 0 || digits > 16 || (digits > 1 && text.charAt(start) == '0')) {
      at = start;
      throw failure("a whole number >= 0 without leading zeros");
    }
    long value = Long.parseLong(text.substring(start, at));
    if (value >= 1L << 53) {
      at = start;
      throw failure("a whole number below 2^53");
    }
    return value;
  }

  /// A text between quotation marks.
  String string() throws ModelFormatException {
    expect('"');
    StringBuilder result = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char sign = text.charAt(at);
      if (sign < ' ') {
        throw failure("a text without control characters");
      }
      at++;
      result.append(sign == '\\' ? escaped() : sign);
    }
    expect('"');
    return result.toString();
  }

  private char escaped() throws ModelFormatException {
    char sign = at < text.length() ? text.charAt(at) : 0;
    char meant =
        switch (sign) {
          case '"', '\\', '/' -> sign;
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'u' -> unicode();
          default -> throw failure("one of \" \\ / b f n r t u behind a \\");
        };
    at++;
    return meant;
  }

  private char unicode() throws ModelFormatException {
    int value = 0;
    for (int i = 1; i <= 4; i++) {
      int digit = at + i < text.length() ? hexadecimal(text.charAt(at + i)) : -1;
      if (digit < 0) {
        throw failure("four hexadecimal digits behind \\u");
      }
      value = value << 4 | digit;
    }
    at += 4;
    return (char) value;
  }

  /// Not [Character#digit], which takes the digits of all scripts.
  private static int hexadecimal(char sign) {
    return sign < 128 ? Character.digit(sign, 16) : -1;
  }

  private void blanks() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /// A text with its quotation marks, all of it in ASCII.
  static String quoted(String text) {
    StringBuilder result = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      if (sign == '"' || sign == '\\') {
        result.append('\\').append(sign);
      } else if (sign < ' ' || sign > '~') {
        result.append("\\u%04x".formatted((int) sign));
      } else {
        result.append(sign);
      }
    }
    return result.append('"').toString();
  }
}

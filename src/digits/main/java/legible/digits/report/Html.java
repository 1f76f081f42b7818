package legible.digits.report;

/// Text inside of HTML and SVG.
final class Html {
  private Html() {}

  /// The text with everything that HTML would take for its own replaced.
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}

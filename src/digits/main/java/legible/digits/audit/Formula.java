package legible.digits.audit;

import java.util.regex.Pattern;

/// Formulas of the documentation as HTML inside of Markdown: what stands in brackets behind a letter
/// becomes its index, and so does what an underscore announces.
final class Formula {
  private static final Pattern INDEXED = Pattern.compile("([\\p{L}\\p{M}']+)\\[([^\\[\\]]*)]");
  private static final Pattern ANNOUNCED = Pattern.compile("([ΣΠ])_(\\w+)");

  private Formula() {}

  /// One line.
  static String html(String line) {
    String text = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    text = INDEXED.matcher(text).replaceAll("<i>$1</i><sub>$2</sub>");
    return ANNOUNCED.matcher(text).replaceAll("$1<sub>$2</sub>");
  }
}

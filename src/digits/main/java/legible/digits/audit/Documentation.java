package legible.digits.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Turns Markdown documentation of Java into Markdown that stands for itself.
final class Documentation {
  private static final String FENCE = "```";
  private static final Pattern PARAMETER = Pattern.compile("@param (\\S+) (.*)");
  private static final Pattern LINK = Pattern.compile("\\[#?([A-Za-z.#()]+)](?!\\()");
  private static final Pattern LABEL = Pattern.compile("(Shapes|Saved|Numerics|Source): (.*)");

  private Documentation() {}

  /// The same text with rendered formulas, without links to types, and with parameters as a list.
  static List<String> render(List<String> documentation) {
    List<String> out = new ArrayList<>();
    boolean inFormula = false;
    for (String line : documentation) {
      if (line.equals(FENCE)) {
        inFormula = !inFormula;
        out.add(inFormula ? "<pre>" : "</pre>");
      } else if (inFormula) {
        out.add(line.isEmpty() ? "&nbsp;" : Formula.html(line.replaceFirst("^ ", "")));
      } else {
        out.add(prose(line));
      }
    }
    return out;
  }

  private static String prose(String line) {
    String[] parts = line.stripLeading().split("`", -1); // every other one is code
    for (int i = 0; i < parts.length; i += 2) {
      parts[i] = LINK.matcher(parts[i]).replaceAll("`$1`");
    }
    String text = String.join("`", parts);
    text = PARAMETER.matcher(text).replaceAll("- `$1`: $2");
    return LABEL.matcher(text).replaceAll("**$1.** $2");
  }
}

package legible.digits.report;

import java.util.List;
import legible.digits.explain.Arithmetic;
import legible.digits.explain.Arithmetic.Operand;
import legible.digits.explain.Arithmetic.Term;
import legible.digits.explain.Description;
import legible.digits.explain.Explanation;

/// The terms of one output as a table.
final class ArithmeticTable {
  /// Longer tables are folded away at first.
  private static final int SHORT = 40;

  private ArithmeticTable() {}

  static String html(Explanation explanation) {
    Arithmetic sum = explanation.arithmetic();
    StringBuilder html = new StringBuilder("<p><b>");
    html.append(Html.escape(sum.stage().name()))
        .append("</b> at <b>")
        .append(sum.place())
        .append("</b>: ")
        .append(Html.escape(Description.formula(sum.stage())))
        .append("; ")
        .append(Html.escape(Description.operands(explanation, sum.stage())))
        .append(". The running total is rounded to a float after each line and ends in <b>")
        .append(sum.total())
        .append("</b>, <code>")
        .append(Float.toHexString(sum.total()))
        .append(
            sum.isExact()
                ? "</code>: exactly what the program stored.</p>"
                : "</code>, but the program stored %s, <code>%s</code>.</p>"
                    .formatted(sum.stored(), Float.toHexString(sum.stored())))
        .append(sum.terms().size() <= SHORT ? "<details open>" : "<details>")
        .append("<summary>")
        .append(sum.terms().size())
        .append(" lines</summary><div class=\"scroll\"><table class=\"terms\"><thead><tr>")
        .append("<th scope=\"col\"></th><th scope=\"col\">does</th><th scope=\"col\">operand</th>")
        .append("<th scope=\"col\">value</th><th scope=\"col\">operand</th>")
        .append("<th scope=\"col\">value</th><th scope=\"col\">total</th>")
        .append("<th scope=\"col\">exactly</th></tr></thead><tbody>");
    List<Term> terms = sum.terms();
    for (int i = 0; i < terms.size(); i++) {
      row(html, i, terms.get(i));
    }
    return html.append("</tbody></table></div></details>\n").toString();
  }

  private static void row(StringBuilder html, int number, Term term) {
    html.append("<tr><th scope=\"row\">")
        .append(number)
        .append("</th><td>")
        .append(term.kind().words())
        .append("</td>");
    for (int i = 0; i < 2; i++) {
      if (i < term.operands().size()) {
        Operand operand = term.operands().get(i);
        html.append("<td>")
            .append(Html.escape(operand.name()))
            .append("</td><td>")
            .append(operand.value())
            .append("</td>");
      } else {
        html.append("<td></td><td></td>");
      }
    }
    html.append("<td>")
        .append(term.total())
        .append("</td><td><code>")
        .append(Float.toHexString(term.total()))
        .append("</code></td></tr>");
  }
}

package legible.digits.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import legible.train.Evaluation;

/// The confusion matrix as a heat map with counts, and precision and recall of each digit.
///
/// @param counts by true digit (row) and read digit (column)
/// @param names of the classes, the digits or others
record ConfusionMatrix(int[][] counts, List<String> names) {
  static ConfusionMatrix of(Evaluation evaluation) {
    int[][] counts = evaluation.confusion();
    return new ConfusionMatrix(
        counts, IntStream.range(0, counts.length).mapToObj(Integer::toString).toList());
  }

  private String name(int label) {
    return Html.escape(names.get(label));
  }

  /// The heat map. Right answers and mistakes have scales of their own: mistakes are rare, and they
  /// are what one looks for.
  String heatMap() {
    int worst = 1;
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts.length; j++) {
        worst = i == j ? worst : Math.max(worst, counts[i][j]);
      }
    }
    StringBuilder html =
        new StringBuilder(
            "<div class=\"scroll\"><table class=\"matrix\"><caption>Rows: the true digit. Columns:"
                + " the digit that was read.</caption><thead><tr><td></td>");
    for (int j = 0; j < counts.length; j++) {
      html.append("<th scope=\"col\">").append(name(j)).append("</th>");
    }
    html.append("</tr></thead><tbody>");
    for (int i = 0; i < counts.length; i++) {
      html.append("<tr><th scope=\"row\">").append(name(i)).append("</th>");
      for (int j = 0; j < counts.length; j++) {
        html.append(cell(i, j, worst));
      }
      html.append("</tr>");
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  private String cell(int row, int column, int worst) {
    int count = counts[row][column];
    if (row == column) {
      return "<td class=\"right\">" + count + "</td>";
    }
    if (count == 0) {
      return "<td class=\"none\">0</td>";
    }
    return String.format(
        Locale.ROOT,
        "<td class=\"wrong\" style=\"--heat:%.2f\">%d</td>",
        0.15 + 0.85 * count / worst,
        count);
  }

  /// Precision: of what was read as this digit, how much was it. Recall: of this digit, how much was
  /// read as it.
  String precisionAndRecall() {
    StringBuilder html =
        new StringBuilder(
            "<div class=\"scroll\"><table class=\"numbers\"><thead><tr><th"
                + " scope=\"col\">Digit</th><th scope=\"col\">Pictures</th><th"
                + " scope=\"col\">Precision</th><th scope=\"col\">Recall</th></tr></thead><tbody>");
    for (int k = 0; k < counts.length; k++) {
      int truly = 0;
      int read = 0;
      for (int j = 0; j < counts.length; j++) {
        truly += counts[k][j];
        read += counts[j][k];
      }
      html.append(
          String.format(
              Locale.ROOT,
              "<tr><th scope=\"row\">%s</th><td>%,d</td><td>%s</td><td>%s</td></tr>",
              name(k),
              truly,
              share(counts[k][k], read),
              share(counts[k][k], truly)));
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  private static String share(int part, int whole) {
    return whole == 0 ? "–" : String.format(Locale.ROOT, "%.2f %%", 100.0 * part / whole);
  }
}

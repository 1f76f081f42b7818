package legible.digits.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Points of several classes in a plane, as SVG that scales with the page. Each point is drawn as a
/// character in the colour of its class, so that no one depends on colours alone.
///
/// @param title what the plot shows
/// @param plane where the points are
/// @param labels their classes
/// @param names of the classes
record ScatterPlot(String title, PrincipalComponents plane, int[] labels, List<String> names) {
  private static final int SIZE = 420;
  private static final int MARGIN = 26;

  /// Colours in the style sheet; with more classes they come again.
  private static final int COLOURS = 10;

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /// The plot with its title and legend.
  String html() {
    StringBuilder html = new StringBuilder("<figure class=\"chart\"><figcaption>");
    html.append(Html.escape(title)).append("</figcaption>");
    html.append(
        text(
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
            SIZE, SIZE, Html.escape(description())));
    html.append(
        text(
            "<rect class=\"frame\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
            MARGIN, MARGIN / 2, SIZE - 3 * MARGIN / 2, SIZE - 3 * MARGIN / 2));
    double[] low = extremes(-1);
    double[] high = extremes(1);
    // One unit is as long in both directions: distances are what one looks at.
    double span = Math.max(Math.max(high[0] - low[0], high[1] - low[1]), Double.MIN_NORMAL);
    double room = SIZE - 5.0 * MARGIN / 2;
    for (int i = 0; i < labels.length; i++) {
      double[] point = plane.points()[i];
      double x = (point[0] - (low[0] + high[0]) / 2) / span * room;
      double y = (point[1] - (low[1] + high[1]) / 2) / span * room;
      double middle = MARGIN + (SIZE - 3.0 * MARGIN / 2) / 2;
      html.append(mark(labels[i], middle + x, middle - MARGIN / 2.0 - y));
    }
    html.append(axis(SIZE / 2, SIZE - 6, "", 0)).append(axis(14, SIZE / 2, text(ROTATED, 14), 1));
    html.append("</svg>");
    legend(html);
    return html.append("</figure>\n").toString();
  }

  private static final String ROTATED = " transform=\"rotate(-90 %d " + SIZE / 2 + ")\"";

  private String axis(int x, int y, String turn, int number) {
    return text(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\"%s>component %d: %.1f %% of the"
            + " variance</text>",
        x, y, turn, number + 1, 100 * plane.shares()[number]);
  }

  private String mark(int label, double x, double y) {
    return text(
        "<text class=\"mark c%d\" x=\"%.1f\" y=\"%.1f\">%s</text>",
        label % COLOURS, x, y + 3, Html.escape(symbol(label)));
  }

  /// The class's own name if all names are short, else a letter.
  private String symbol(int label) {
    return names.stream().allMatch(n -> n.length() <= 2)
        ? names.get(label)
        : LETTERS.substring(label % LETTERS.length(), label % LETTERS.length() + 1);
  }

  private void legend(StringBuilder html) {
    html.append("<p class=\"legend\">");
    IntStream.of(labels)
        .distinct()
        .sorted()
        .forEach(
            label ->
                html.append(
                    text(
                        "<span><b class=\"c%d\">%s</b>%s</span>",
                        label % COLOURS,
                        Html.escape(symbol(label)),
                        symbol(label).equals(names.get(label))
                            ? ""
                            : " " + Html.escape(names.get(label)))));
    html.append("</p>");
  }

  private String description() {
    return text(
        "%s: %d points of %d classes in the plane of the two principal components",
        title, labels.length, IntStream.of(labels).distinct().count());
  }

  /// The lowest (-1) or highest (1) coordinate along each axis.
  private double[] extremes(int sign) {
    return IntStream.range(0, 2)
        .mapToDouble(
            axis ->
                sign
                    * Arrays.stream(plane.points())
                        .mapToDouble(p -> sign * p[axis])
                        .max()
                        .orElse(0))
        .toArray();
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}

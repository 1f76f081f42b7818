package legible.digits.report;

import java.util.List;
import java.util.Locale;

/// A chart of one share against another, as SVG that scales with the page. Series differ in colour and
/// in their dashes.
///
/// @param title what the chart shows
/// @param xAxis what goes to the right
/// @param yAxis what goes up
/// @param lowX where the horizontal axis begins, a share
/// @param highX where it ends, > lowX
/// @param lowY where the vertical axis begins, a share
/// @param highY where it ends, > lowY
/// @param diagonal whether to draw the line on which both are equal
/// @param series the lines
record ShareChart(
    String title,
    String xAxis,
    String yAxis,
    double lowX,
    double highX,
    double lowY,
    double highY,
    boolean diagonal,
    List<Series> series) {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 280;
  private static final int LEFT = 62;
  private static final int RIGHT = 12;
  private static final int TOP = 12;
  private static final int BOTTOM = 40;
  private static final int CELLS = 5;

  ShareChart {
    series = List.copyOf(series);
  }

  /// One line.
  ///
  /// @param name for the legend
  /// @param points their shares, in the order in which the line goes; points outside are left out
  /// @param dots whether each point is marked
  record Series(String name, List<Point> points, boolean dots) {
    Series {
      points = List.copyOf(points);
    }
  }

  /// A point of a line.
  record Point(double x, double y) {}

  /// The chart with its title and legend.
  String html() {
    StringBuilder html = new StringBuilder("<figure class=\"chart\"><figcaption>");
    html.append(Html.escape(title)).append("</figcaption>");
    html.append(
        text(
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
            WIDTH, HEIGHT, Html.escape(title + ": " + yAxis + " by " + xAxis)));
    grid(html);
    if (diagonal) {
      html.append(
          text(
              "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
              x(Math.max(lowX, lowY)),
              y(Math.max(lowX, lowY)),
              x(Math.min(highX, highY)),
              y(Math.min(highX, highY))));
    }
    for (int i = 0; i < series.size(); i++) {
      line(html, i);
    }
    html.append("</svg>");
    legend(html);
    return html.append("</figure>\n").toString();
  }

  private double x(double share) {
    return LEFT + (WIDTH - LEFT - RIGHT) * (share - lowX) / (highX - lowX);
  }

  private double y(double share) {
    return TOP + (HEIGHT - TOP - BOTTOM) * (highY - share) / (highY - lowY);
  }

  private void grid(StringBuilder html) {
    for (int i = 0; i <= CELLS; i++) {
      double across = lowX + (highX - lowX) * i / CELLS;
      double up = lowY + (highY - lowY) * i / CELLS;
      html.append(
          text(
              "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                  + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>"
                  + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
              LEFT,
              WIDTH - RIGHT,
              y(up),
              y(up),
              LEFT - 6,
              y(up) + 4,
              label(up, highY - lowY),
              x(across),
              HEIGHT - BOTTOM + 16,
              label(across, highX - lowX)));
    }
    html.append(
        text(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
            (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 5, Html.escape(xAxis)));
  }

  private void line(StringBuilder html, int number) {
    StringBuilder points = new StringBuilder();
    for (Point point : series.get(number).points()) {
      boolean inside =
          point.x() >= lowX && point.x() <= highX && point.y() >= lowY && point.y() <= highY;
      if (inside) {
        points.append(text("%.1f,%.1f ", x(point.x()), y(point.y())));
        if (series.get(number).dots()) {
          html.append(
              text(
                  "<circle class=\"dot s%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>",
                  number, x(point.x()), y(point.y())));
        }
      }
    }
    html.append(
        text("<polyline class=\"line s%d\" points=\"%s\"/>", number, points.toString().strip()));
  }

  private void legend(StringBuilder html) {
    html.append("<p class=\"legend\">").append(Html.escape(yAxis));
    for (int i = 0; i < series.size(); i++) {
      html.append(
          text(
              "<span><svg class=\"key\" viewBox=\"0 0 28 8\" aria-hidden=\"true\"><line"
                  + " class=\"line s%d\" x1=\"0\" x2=\"28\" y1=\"4\" y2=\"4\"/></svg>%s</span>",
              i, Html.escape(series.get(i).name())));
    }
    html.append("</p>");
  }

  /// A share in percent, with as many places as the range needs.
  private static String label(double share, double range) {
    return text(range < 0.03 ? "%.2f %%" : range < 0.3 ? "%.1f %%" : "%.0f %%", 100 * share);
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}

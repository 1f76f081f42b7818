package legible.digits.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;

/// A chart of one or more series over the epochs, as SVG that scales with the page.
///
/// Series differ in colour and in their dashes, so that no one depends on colours alone.
///
/// @param title what the chart shows
/// @param series the lines; those without a number are left out
/// @param percent whether values are shares, to be written as percentages
record LineChart(String title, List<Series> series, boolean percent) {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 250;
  private static final int LEFT = 58;
  private static final int RIGHT = 12;
  private static final int TOP = 12;
  private static final int BOTTOM = 34;
  private static final int GRID_LINES = 4;

  LineChart {
    series =
        series.stream().filter(s -> Arrays.stream(s.values()).anyMatch(Double::isFinite)).toList();
  }

  /// One line.
  ///
  /// @param name for the legend
  /// @param values one for each epoch; values that are no number are left out
  record Series(String name, double[] values) {}

  /// The chart with its title and legend.
  String html() {
    StringBuilder html = new StringBuilder("<figure class=\"chart\"><figcaption>");
    html.append(Html.escape(title)).append("</figcaption>");
    html.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
            .formatted(WIDTH, HEIGHT, Html.escape(description())));
    double low = extreme(Math::min, Double.POSITIVE_INFINITY);
    double high = extreme(Math::max, Double.NEGATIVE_INFINITY);
    if (low <= high) {
      double step = roundStep((high - low) / GRID_LINES);
      double bottom = Math.floor(low / step) * step;
      double top = Math.max(Math.ceil(high / step) * step, bottom + step);
      Scale scale = new Scale(bottom, top, step, epochs());
      grid(html, scale);
      for (int i = 0; i < series.size(); i++) {
        line(html, scale, i);
      }
    }
    html.append("</svg>");
    legend(html);
    return html.append("</figure>\n").toString();
  }

  /// Where an epoch and a value stand in the picture.
  private record Scale(double low, double high, double step, int epochs) {
    double x(int epoch) {
      int width = WIDTH - LEFT - RIGHT;
      return epochs == 1 ? LEFT + width / 2.0 : LEFT + width * (epoch - 1.0) / (epochs - 1);
    }

    double y(double value) {
      return TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low);
    }
  }

  private void grid(StringBuilder html, Scale scale) {
    long lines = Math.round((scale.high() - scale.low()) / scale.step());
    for (long i = 0; i <= lines; i++) {
      double value = scale.low() + scale.step() * i;
      html.append(
          text(
              "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                  + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
              LEFT,
              WIDTH - RIGHT,
              scale.y(value),
              scale.y(value),
              LEFT - 6,
              scale.y(value) + 4,
              label(value)));
    }
    int last = scale.epochs();
    int step = Math.max(1, Math.ceilDiv(last, 6));
    for (int epoch = 1; epoch <= last; epoch += step) {
      html.append(
          text(
              "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>",
              scale.x(epoch), HEIGHT - BOTTOM + 16, epoch));
    }
    html.append(
        text(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">epoch</text>",
            (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 3));
  }

  private void line(StringBuilder html, Scale scale, int number) {
    StringBuilder points = new StringBuilder();
    double[] values = series.get(number).values();
    for (int i = 0; i < values.length; i++) {
      if (Double.isFinite(values[i])) {
        points.append(text("%.1f,%.1f ", scale.x(i + 1), scale.y(values[i])));
        html.append(
            text(
                "<circle class=\"dot s%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"2\"/>",
                number, scale.x(i + 1), scale.y(values[i])));
      }
    }
    html.append(
        text("<polyline class=\"line s%d\" points=\"%s\"/>", number, points.toString().strip()));
  }

  private void legend(StringBuilder html) {
    html.append("<p class=\"legend\">");
    for (int i = 0; i < series.size(); i++) {
      html.append(
          text(
              "<span><svg class=\"key\" viewBox=\"0 0 28 8\" aria-hidden=\"true\"><line"
                  + " class=\"line s%d\" x1=\"0\" x2=\"28\" y1=\"4\" y2=\"4\"/></svg>%s</span>",
              i, Html.escape(series.get(i).name())));
    }
    html.append("</p>");
  }

  /// What the chart shows, in words: each line's first and last value.
  private String description() {
    StringBuilder words = new StringBuilder(title);
    for (Series one : series) {
      double[] values = one.values();
      if (values.length > 0) {
        words.append(
            "; %s from %s to %s"
                .formatted(one.name(), label(values[0]), label(values[values.length - 1])));
      }
    }
    return words.toString();
  }

  /// The smallest of 1, 2 and 5 times a power of ten that is at least this.
  private static double roundStep(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(least, 1e-9))));
    for (double step : new double[] {power, 2 * power, 5 * power}) {
      if (step >= least) {
        return step;
      }
    }
    return 10 * power;
  }

  private String label(double value) {
    if (percent) {
      return text("%.1f %%", 100 * value);
    }
    return value != 0 && Math.abs(value) < 0.01 ? text("%.1e", value) : text("%.2f", value);
  }

  private int epochs() {
    return series.stream().mapToInt(s -> s.values().length).max().orElse(0);
  }

  private double extreme(DoubleBinaryOperator choice, double start) {
    double result = start;
    for (Series one : series) {
      for (double value : one.values()) {
        result = Double.isFinite(value) ? choice.applyAsDouble(result, value) : result;
      }
    }
    return result;
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}

package legible.digits.report;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import legible.digits.explain.Arithmetic;
import legible.digits.explain.Description;
import legible.digits.explain.Explanation;
import legible.digits.explain.Range;
import legible.infer.Walk.Stage;
import legible.op.Reshape;
import legible.tensor.Shape;

/// The feature maps of every step: a picture of each channel, all of a step on one scale.
final class StepMaps {
  /// Channels shown of one step.
  private static final int MOST = 64;

  /// Values in a row of a step that has no rows of its own.
  private static final int COLUMNS = 32;

  private StepMaps() {}

  static String html(Explanation explanation) throws IOException {
    StringBuilder html =
        new StringBuilder(
            "<p class=\"note\"><span class=\"swatch positive\"></span>above zero <span"
                + " class=\"swatch negative\"></span>below; the strongest colour is the largest"
                + " absolute value of the step. The outlined map holds the output that is computed"
                + " below.</p>\n");
    for (Stage stage : explanation.stages()) {
      if (!(stage.op() instanceof Reshape)) { // the same values in another shape
        html.append(step(explanation, stage));
      }
    }
    return html.toString();
  }

  private static String step(Explanation explanation, Stage stage) throws IOException {
    Range range = Range.of(stage.out().data());
    Arithmetic arithmetic = explanation.arithmetic();
    List<Integer> chosen = arithmetic.stage().equals(stage) ? arithmetic.at() : List.of();
    return "<div class=\"step\"><h3>"
        + Html.escape(stage.name())
        + " <span>"
        + stage.out().shape().withoutFirst()
        + "</span></h3><p class=\"note\">"
        + Html.escape(Description.of(stage) + "; " + Description.operands(explanation, stage))
        + String.format(
            Locale.ROOT,
            "; from %.4f to %.4f, mean %.4f</p>",
            range.min(),
            range.max(),
            range.mean())
        + (stage.out().shape().rank() == 4
            ? maps(stage, range, chosen)
            : vector(stage, range, chosen))
        + "</div>\n";
  }

  private static String maps(Stage stage, Range range, List<Integer> chosen) throws IOException {
    Shape shape = stage.out().shape();
    int height = shape.dimension(1);
    int width = shape.dimension(2);
    int channels = shape.dimension(3);
    StringBuilder html = new StringBuilder("<ul class=\"maps\">");
    for (int c = 0; c < Math.min(channels, MOST); c++) {
      double[] values = new double[height * width];
      for (int i = 0; i < values.length; i++) {
        values[i] = stage.out().data()[i * channels + c];
      }
      boolean isChosen = !chosen.isEmpty() && chosen.get(2) == c;
      html.append(isChosen ? "<li class=\"chosen\">" : "<li>")
          .append("<div class=\"ground\"><img alt=\"")
          .append(Html.escape(stage.name()))
          .append(", channel ")
          .append(c)
          .append("\" src=\"")
          .append(Picture.signed(width, height, values, range.extent()))
          .append("\">")
          .append(isChosen ? mark(chosen.get(0), chosen.get(1), height, width) : "")
          .append("</div><span>")
          .append(c)
          .append("</span></li>");
    }
    html.append("</ul>");
    if (channels > MOST) {
      html.append("<p class=\"note\">The first %d of %d channels.</p>".formatted(MOST, channels));
    }
    return html.toString();
  }

  /// A frame around one pixel.
  private static String mark(int row, int column, int height, int width) {
    return String.format(
        Locale.ROOT,
        "<i class=\"mark\" style=\"left:%.3f%%;top:%.3f%%;width:%.3f%%;height:%.3f%%\"></i>",
        100.0 * column / width,
        100.0 * row / height,
        100.0 / width,
        100.0 / height);
  }

  private static String vector(Stage stage, Range range, List<Integer> chosen) throws IOException {
    int count = stage.out().size();
    int width = Math.min(count, COLUMNS);
    int height = Math.ceilDiv(count, width);
    double[] values = new double[width * height];
    for (int i = 0; i < count; i++) {
      values[i] = stage.out().data()[i];
    }
    return String.format(
        Locale.ROOT,
        "<div class=\"ground vector\" style=\"aspect-ratio:%d/%d;width:%.1frem\">"
            + "<img alt=\"%s\" src=\"%s\">%s</div>",
        width,
        height,
        width * 1.1,
        Html.escape(stage.name() + ", " + count + " values in rows of " + width),
        Picture.signed(width, height, values, range.extent()),
        chosen.isEmpty() ? "" : mark(chosen.get(0) / width, chosen.get(0) % width, height, width));
  }
}

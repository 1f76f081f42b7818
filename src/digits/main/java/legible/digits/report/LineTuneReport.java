package legible.digits.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import legible.digits.decision.Refusals;
import legible.digits.finetune.LineTuneJob;
import legible.digits.photos.PhotoScore;

/// The report of the fine-tuning of a reader, in the form of [Report]: how many whole numbers are
/// right before and after, and which are not.
public final class LineTuneReport {
  private static final double MISREAD = 0.01;

  /// The right end of the curve of misread numbers.
  private static final double MOST_MISREAD = 0.2;

  private LineTuneReport() {}

  /// Writes the report into a folder, which is made if it is missing.
  ///
  /// @return the file
  public static Path write(Path folder, LineTuneJob.Result result) throws IOException {
    return Report.save(folder, html(result));
  }

  private static String html(LineTuneJob.Result result) throws IOException {
    return Report.page(
        "Fine-tuning",
        result.file(),
        figures(result),
        """
        <section><h2>Learning</h2>
        <div class="charts">
        %s</div></section>
        <section><h2>Knowing when not to answer</h2>
        <div class="charts">
        %s</div>
        %s</section>
        <section><h2>Held-out numbers read wrongly</h2>
        %s</section>
        """
            .formatted(
                Report.charts(result.history()), curve(result), rates(result), mistakes(result)));
  }

  private static String figures(LineTuneJob.Result result) {
    PhotoScore before = result.before().heldOut();
    PhotoScore after = result.after().heldOut();
    double lines = result.plainLines();
    return "<dl class=\"figures\">"
        + Report.figure("Whole number right before", Report.percent(before.accuracy()))
        + Report.figure("Whole number right after", Report.percent(after.accuracy()))
        + Report.figure("Read at 1 % misread before", Report.percent(before.readRate(MISREAD)))
        + Report.figure("Read at 1 % misread after", Report.percent(after.readRate(MISREAD)))
        + number("Held-out pictures", after.answers().size())
        + number("Photographed lines learnt from", result.learnt())
        + Report.figure(
            "Plain lines right before", Report.percent(result.before().plainRight() / lines))
        + Report.figure(
            "Plain lines right after", Report.percent(result.after().plainRight() / lines))
        + number("Epochs", result.history().size())
        + "</dl>\n";
  }

  private static String curve(LineTuneJob.Result result) {
    return new ReadCurve(
            MOST_MISREAD,
            0,
            List.of(
                ReadCurve.line("before", result.before().heldOut().rates()),
                ReadCurve.line("after", result.after().heldOut().rates())))
        .html();
  }

  /// With thresholds that know the labels: what the order of the answers is worth.
  private static String rates(LineTuneJob.Result result) {
    StringBuilder html =
        new StringBuilder(
            "<div class=\"scroll\"><table class=\"numbers\"><caption>Held-out numbers answered,"
                + " if the threshold were chosen on them</caption><thead><tr><th"
                + " scope=\"col\">misread at most</th><th scope=\"col\">before</th><th"
                + " scope=\"col\">after</th></tr></thead><tbody>");
    for (double wanted : Refusals.WANTED) {
      cells(
          html,
          String.format(Locale.ROOT, "%.2f %%", 100 * wanted),
          Report.percent(result.before().heldOut().readRate(wanted)),
          Report.percent(result.after().heldOut().readRate(wanted)));
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  private static String number(String name, int value) {
    return Report.figure(name, String.format(Locale.ROOT, "%,d", value));
  }

  /// The surest first: these are the ones that a threshold lets through.
  private static String mistakes(LineTuneJob.Result result) {
    Map<Path, String> before =
        result.before().heldOut().answers().stream()
            .collect(
                Collectors.toMap(a -> a.photo().file(), PhotoScore.Answer::digits, (a, b) -> a));
    List<PhotoScore.Answer> wrong = result.after().heldOut().surestFirst();
    StringBuilder html =
        new StringBuilder(
            "<div class=\"scroll\"><table><thead><tr><th>picture</th><th>label</th><th>before</th>"
                + "<th>after</th><th>confidence</th></tr></thead><tbody>");
    for (PhotoScore.Answer answer : wrong) {
      if (!answer.right()) {
        cells(
            html,
            answer.photo().file().getFileName().toString(),
            answer.photo().label(),
            before.get(answer.photo().file()),
            answer.digits(),
            String.format(Locale.ROOT, "%.4f", answer.confidence()));
      }
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  private static void cells(StringBuilder html, String... texts) {
    html.append("<tr>");
    for (String text : texts) {
      html.append("<td>").append(Html.escape(text)).append("</td>");
    }
    html.append("</tr>");
  }
}

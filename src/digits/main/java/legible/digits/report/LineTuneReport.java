package legible.digits.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import legible.digits.finetune.LineTuneJob;
import legible.digits.photos.PhotoScore;

/// The report of the fine-tuning of a reader, in the form of [Report]: how many whole numbers are
/// right before and after, and which are not.
public final class LineTuneReport {
  private static final double MISREAD = 0.01;

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
        <section><h2>Held-out numbers read wrongly</h2>
        %s</section>
        """
            .formatted(Report.charts(result.history()), mistakes(result)));
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

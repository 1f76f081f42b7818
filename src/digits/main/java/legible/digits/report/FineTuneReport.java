package legible.digits.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import legible.digits.finetune.ClassNames;
import legible.digits.finetune.FineTuneJob;
import legible.digits.finetune.FineTuneJob.Change;
import legible.digits.finetune.FineTuneJob.Plot;
import legible.train.Evaluation;

/// The report of a fine-tuning, in the form of [Report]: accuracy before and after, and where the
/// pictures lie in the space that the head reads.
public final class FineTuneReport {
  private FineTuneReport() {}

  /// Writes the report into a folder, which is made if it is missing.
  ///
  /// @return the file
  public static Path write(Path folder, FineTuneJob.Result result) throws IOException {
    return Report.save(folder, html(result));
  }

  private static String html(FineTuneJob.Result result) throws IOException {
    Evaluation after = result.on().after();
    ConfusionMatrix matrix = new ConfusionMatrix(after.confusion(), result.classes().names());
    boolean digits = result.classes().equals(ClassNames.numbers(result.classes().count()));
    return Report.page(
        "Fine-tuning",
        result.file(),
        figures(result),
        """
        <section><h2>What the head sees</h2>
        %s</section>
        <section><h2>Learning</h2>
        <div class="charts">
        %s</div></section>
        <section><h2>What is taken for what</h2>
        <p>Answers on the %,d held-out pictures, after the fine-tuning.</p>
        %s</section>
        <section><h2>Precision and recall</h2>
        %s</section>
        %s\
        """
            .formatted(
                scatter(result),
                Report.charts(result.history()),
                after.images(),
                matrix.heatMap(),
                matrix.precisionAndRecall(),
                digits
                    ? "<section><h2>Mistakes</h2>\n%s</section>\n"
                        .formatted(Gallery.of(after, result.heldOut()))
                    : ""));
  }

  private static String figures(FineTuneJob.Result result) {
    StringBuilder html = new StringBuilder("<dl class=\"figures\">");
    html.append(Report.figure("Accuracy before", before(result.on())))
        .append(Report.figure("Accuracy after", Report.percent(result.on().after().accuracy())))
        .append(number("Held-out pictures", result.on().after().images()))
        .append(number("New pictures learnt from", result.fresh()));
    Optional<Change> old = result.onOld();
    if (old.isPresent()) {
      html.append(Report.figure("On old pictures before", before(old.get())))
          .append(
              Report.figure("On old pictures after", Report.percent(old.get().after().accuracy())))
          .append(number("Old pictures rehearsed", result.rehearsed()));
    }
    return html.append(number("Epochs", result.history().size())).append("</dl>\n").toString();
  }

  private static String number(String name, int value) {
    return Report.figure(name, String.format(Locale.ROOT, "%,d", value));
  }

  private static String before(Change change) {
    return change.before().map(e -> Report.percent(e.accuracy())).orElse("other classes");
  }

  private static String scatter(FineTuneJob.Result result) {
    Plot plot = result.plot();
    boolean same = Arrays.deepEquals(plot.before(), plot.after());
    return "<div class=\"charts\">\n"
        + one("Before the fine-tuning" + (same ? ", and after" : ""), plot.before(), result)
        + (same ? "" : one("After the fine-tuning", plot.after(), result))
        + "<p class=\"note\">"
        + plot.labels().length
        + " held-out pictures, each as the numbers that the layers before the head make of it,"
        + " projected onto the two directions in which they differ most"
        + (same
            ? "; these layers were frozen, so that nothing moved"
            : " (each plot has directions of its own)")
        + ".</p>"
        + "\n</div>";
  }

  private static String one(String title, float[][] features, FineTuneJob.Result result) {
    return new ScatterPlot(
            title,
            PrincipalComponents.of(features),
            result.plot().labels(),
            result.classes().names())
        .html();
  }
}

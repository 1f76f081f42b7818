package legible.digits.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import legible.digits.decision.Calibration;
import legible.digits.report.LineChart.Series;
import legible.digits.training.TrainingJob;
import legible.format.ModelFile;
import legible.format.Storage;
import legible.train.EpochRecord;
import legible.train.Evaluation;

/// The report of a training: one HTML file that needs no network, for a screen of any width and for
/// paper. The charts are SVG that this package writes; see `docs/decisions/0008-charts-as-svg.md`.
public final class Report {
  private static final String FILE = "report.html";

  private Report() {}

  /// Writes the report into a folder, which is made if it is missing.
  ///
  /// @return the file
  public static Path write(Path folder, TrainingJob.Result result) throws IOException {
    return save(folder, html(result));
  }

  static Path save(Path folder, String html) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(FILE);
    Storage.write(file, html.getBytes(StandardCharsets.UTF_8));
    return file;
  }

  static String html(TrainingJob.Result result) throws IOException {
    ModelFile model = result.file();
    Calibration calibration = Calibration.of(model.metadata());
    Evaluation test = calibration.apply(result.test());
    ConfusionMatrix matrix = ConfusionMatrix.of(test);
    return page(
        "Training",
        model,
        figures(result),
        """
        <section><h2>Learning</h2>
        <div class="charts">
        %s</div></section>
        <section><h2>How sure, and how right</h2>
        %s</section>
        <section><h2>What is taken for what</h2>
        <p>Answers on the %,d test pictures.</p>
        %s</section>
        <section><h2>Precision and recall</h2>
        %s</section>
        <section><h2>Mistakes</h2>
        %s</section>
        """
            .formatted(
                charts(result.history()),
                new Certainty(result.test(), calibration).html(),
                result.test().images(),
                matrix.heatMap(),
                matrix.precisionAndRecall(),
                Gallery.of(test, result.testImages())));
  }

  /// A whole page about a model: what was done, figures, sections of its own, layers and provenance.
  static String page(String what, ModelFile model, String figures, String sections)
      throws IOException {
    String name = Html.escape(model.architecture().name());
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Legible: %s</title>
    <style>
    %s</style>
    </head>
    <body>
    <header><h1>%s of <em>%s</em></h1>
    %s</header>
    <main>
    %s<section><h2>Layers</h2>
    <div class="scroll"><pre>%s</pre></div></section>
    <section><h2>Where the model comes from</h2>
    %s</section>
    </main>
    </body>
    </html>
    """
        .formatted(
            name,
            style(),
            what,
            name,
            figures,
            sections,
            Html.escape(model.model().summary()),
            provenance(model));
  }

  static String style() throws IOException {
    try (InputStream in = Report.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String figures(TrainingJob.Result result) {
    return "<dl class=\"figures\">"
        + figure("Test accuracy", percent(result.test().accuracy()))
        + figure(
            "Wrong of " + result.test().images(),
            Integer.toString(result.test().images() - result.test().correct()))
        + figure("Validation accuracy", percent(result.validation().accuracy()))
        + figure("Test loss", String.format(Locale.ROOT, "%.4f", result.test().loss()))
        + figure(
            "Parameters", String.format(Locale.ROOT, "%,d", result.file().weights().trainedCount()))
        + figure("Epochs", Integer.toString(result.history().size()))
        + "</dl>\n";
  }

  static String figure(String name, String value) {
    return "<div><dt>" + Html.escape(name) + "</dt><dd>" + Html.escape(value) + "</dd></div>";
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  static String charts(List<EpochRecord> history) {
    LineChart loss =
        new LineChart(
            "Loss (nats)",
            List.of(
                new Series("training", values(history, EpochRecord::trainLoss)),
                new Series("validation", values(history, EpochRecord::validationLoss))),
            false);
    LineChart accuracy =
        new LineChart(
            "Accuracy",
            List.of(
                new Series("training", values(history, EpochRecord::trainAccuracy)),
                new Series("validation", values(history, EpochRecord::validationAccuracy))),
            true);
    LineChart rate =
        new LineChart(
            "Learning rate at the end of each epoch",
            List.of(new Series("learning rate", values(history, EpochRecord::learningRate))),
            false);
    return loss.html()
        + accuracy.html()
        + rate.html()
        + "<p class=\"note\">Training figures are of the pictures as the network saw them,"
        + " distorted and with smoothed labels where the recipe says so; validation figures are of"
        + " pictures as they are.</p>\n";
  }

  private static double[] values(List<EpochRecord> history, ToDoubleFunction<EpochRecord> value) {
    return history.stream().mapToDouble(value).toArray();
  }

  private static String provenance(ModelFile model) {
    StringBuilder html =
        new StringBuilder("<div class=\"scroll\"><table class=\"provenance\"><tbody>");
    model.metadata().forEach((name, value) -> row(html, name, value));
    row(html, "SHA-256 of the weights", model.weightsSha256());
    row(html, "SHA-256 of the file", model.sha256());
    return html.append("</tbody></table></div>\n").toString();
  }

  static void row(StringBuilder html, String name, String value) {
    html.append("<tr><th scope=\"row\">")
        .append(Html.escape(name))
        .append("</th><td>")
        .append(Html.escape(value))
        .append("</td></tr>");
  }
}

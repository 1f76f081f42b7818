package legible.digits.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import legible.digits.finetune.FineTuneJob;
import legible.format.Provenance;
import legible.train.Evaluation;

/// What `legible finetune` says at its end.
///
/// @param result what was reached
/// @param parent the file of the model that it began with
/// @param file the new model
/// @param page the report
/// @param seconds that training and measuring took
record FinetuneSummary(
    FineTuneJob.Result result, Path parent, Path file, Path page, double seconds) {
  /// As lines.
  void print(PrintWriter out) {
    String heldOut =
        result.ownTest()
            ? "%,d test pictures of the data set"
            : "%,d held-out pictures, of each class a part";
    out.printf(
        Locale.ROOT,
        "accuracy %s on " + heldOut + "%n",
        change(result.on()),
        result.on().after().images());
    result
        .onOld()
        .ifPresent(
            old ->
                out.printf(
                    Locale.ROOT,
                    "accuracy %s on %,d old pictures that were not rehearsed%n",
                    change(old),
                    old.after().images()));
    out.printf(
        Locale.ROOT,
        "learnt from %,d new%s pictures in %d epochs, %.1f s%s%n",
        result.fresh(),
        result.rehearsed() == 0
            ? ""
            : String.format(Locale.ROOT, " and %,d old", result.rehearsed()),
        result.history().size(),
        seconds,
        result.cached() == 0
            ? ""
            : "; the outputs of the first " + result.cached() + " layers were computed once");
    out.printf("began as %s%n         SHA-256 %s%n", parent, parentSha256());
    out.printf(
        "model    %s%n         SHA-256 %s%nreport   %s%n", file, result.file().sha256(), page);
    out.flush();
  }

  private static String change(FineTuneJob.Change change) {
    String after = String.format(Locale.ROOT, "%.4f", change.after().accuracy());
    return change
        .before()
        .map(e -> String.format(Locale.ROOT, "%.4f before, %s after", e.accuracy(), after))
        .orElse(after);
  }

  private String parentSha256() {
    return result.file().metadata().get(Provenance.PARENT_SHA256);
  }

  /// As one JSON document.
  void json(PrintWriter out) throws IOException {
    Json.print(
        out,
        json -> {
          json.writeStringField("model", result.file().architecture().name());
          json.writeStringField("parentSha256", parentSha256());
          json.writeArrayFieldStart("classes");
          for (String name : result.classes().names()) {
            json.writeString(name);
          }
          json.writeEndArray();
          json.writeNumberField("newPictures", result.fresh());
          json.writeNumberField("oldPictures", result.rehearsed());
          json.writeNumberField("heldOutPictures", result.on().after().images());
          accuracies(json, "", Optional.of(result.on()));
          accuracies(json, "Old", result.onOld());
          json.writeNumberField("layersComputedOnce", result.cached());
          json.writeNumberField("epochs", result.history().size());
          json.writeNumberField("seconds", seconds);
          json.writeStringField("file", file.toString());
          json.writeStringField("sha256", result.file().sha256());
        });
  }

  /// A field before and after; null where there is nothing to compare.
  private static void accuracies(JsonGenerator json, String of, Optional<FineTuneJob.Change> change)
      throws IOException {
    accuracy(json, "accuracy" + of + "Before", change.flatMap(FineTuneJob.Change::before));
    accuracy(json, "accuracy" + of + "After", change.map(FineTuneJob.Change::after));
  }

  private static void accuracy(JsonGenerator json, String field, Optional<Evaluation> answers)
      throws IOException {
    if (answers.isPresent()) {
      json.writeNumberField(field, answers.get().accuracy());
    } else {
      json.writeNullField(field);
    }
  }
}

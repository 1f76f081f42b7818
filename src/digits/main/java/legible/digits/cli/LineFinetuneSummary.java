package legible.digits.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import legible.digits.finetune.LineTuneJob;
import legible.digits.photos.PhotoScore;
import legible.format.Provenance;

/// What `legible finetune` says at its end about a reader of lines.
///
/// @param result what was reached
/// @param parent the file of the model that it began with
/// @param file the new model
/// @param page the report
/// @param seconds that training and measuring took
record LineFinetuneSummary(
    LineTuneJob.Result result, Path parent, Path file, Path page, double seconds) {
  /// As lines.
  void print(PrintWriter out) {
    PhotoScore before = result.before().heldOut();
    PhotoScore after = result.after().heldOut();
    change(
        out,
        "whole number right",
        before.accuracy(),
        after.accuracy(),
        after.answers().size(),
        "held-out pictures");
    change(
        out,
        "read at 1 % misread",
        before.readRate(PhotoView.MISREAD),
        after.readRate(PhotoView.MISREAD),
        after.answers().size(),
        "held-out pictures");
    change(
        out,
        "whole line right",
        plain(result.before()),
        plain(result.after()),
        result.plainLines(),
        "plain lines of test digits");
    out.printf(
        Locale.ROOT,
        "learnt from %,d photographed lines and as many composed ones as these were shown, in %d"
            + " epochs of %,d, %.1f s%n",
        result.learnt(),
        result.history().size(),
        result.lines(),
        seconds);
    out.printf("began as %s%n         SHA-256 %s%n", parent, parentSha256());
    out.printf(
        "model    %s%n         SHA-256 %s%nreport   %s%n", file, result.file().sha256(), page);
    out.flush();
  }

  private static void change(
      PrintWriter out, String what, double before, double after, int count, String of) {
    out.printf(
        Locale.ROOT, "%-19s %.4f before, %.4f after on %,d %s%n", what, before, after, count, of);
  }

  private double plain(LineTuneJob.Score score) {
    return (double) score.plainRight() / result.plainLines();
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
          json.writeNumberField("newPictures", result.learnt());
          json.writeNumberField("leftOut", result.leftOut().size());
          json.writeNumberField("heldOutPictures", result.after().heldOut().answers().size());
          json.writeNumberField("plainLines", result.plainLines());
          score(json, "Before", result.before());
          score(json, "After", result.after());
          json.writeNumberField("linesOfAnEpoch", result.lines());
          json.writeNumberField("epochs", result.history().size());
          json.writeNumberField("seconds", seconds);
          json.writeStringField("file", file.toString());
          json.writeStringField("sha256", result.file().sha256());
        });
  }

  private void score(JsonGenerator json, String when, LineTuneJob.Score score) throws IOException {
    PhotoScore heldOut = score.heldOut();
    json.writeNumberField("accuracy" + when, heldOut.accuracy());
    json.writeNumberField(
        "readRateAtOnePercentMisread" + when, heldOut.readRate(PhotoView.MISREAD));
    json.writeNumberField("accuracyPlainLines" + when, plain(score));
  }
}

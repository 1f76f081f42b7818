package legible.digits.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import legible.digits.decision.Calibration;
import legible.digits.photos.PhotoScore;

/// The table of `legible evaluate --photos`.
///
/// @param scores of each kind of picture
/// @param calibration the model's
record PhotoView(List<PhotoScore> scores, Calibration calibration) implements View {
  /// The wanted share of wrong answers among the answers given.
  static final double MISREAD = 0.01;

  @Override
  public void print(PrintWriter out) {
    out.printf(
        "%-18s %8s %8s %9s %22s%n", "kind", "pictures", "right", "accuracy", "read at 1 % misread");
    for (PhotoScore score : scores) {
      out.printf(
          Locale.ROOT,
          "%-18s %8d %8d %9.4f %22.4f%n",
          score.kind(),
          score.answers().size(),
          score.right(),
          score.accuracy(),
          score.readRate(MISREAD));
    }
    for (PhotoScore score : scores) {
      out.printf("%n%s", score.kind());
      new RateTable(score.rates(), calibration).print(out);
    }
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("photos");
    for (PhotoScore score : scores) {
      json.writeStartObject();
      json.writeStringField("kind", score.kind());
      json.writeNumberField("pictures", score.answers().size());
      json.writeNumberField("right", score.right());
      json.writeNumberField("accuracy", score.accuracy());
      json.writeNumberField("readRateAtOnePercentMisread", score.readRate(MISREAD));
      new RateTable(score.rates(), calibration).write(json);
      json.writeArrayFieldStart("wrong");
      for (PhotoScore.Answer answer : score.answers()) {
        if (!answer.right()) {
          json.writeStartObject();
          json.writeStringField("file", answer.photo().file().getFileName().toString());
          json.writeStringField("label", answer.photo().label());
          json.writeStringField("read", answer.digits());
          json.writeNumberField("confidence", answer.confidence());
          json.writeEndObject();
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}

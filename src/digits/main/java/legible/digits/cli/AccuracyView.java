package legible.digits.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import legible.digits.decision.Reliability;
import legible.train.Evaluation;

/// The answer of `legible evaluate` about a model of single digits.
///
/// @param model its name
/// @param raw the network's own answers
/// @param calibrated the same with the model's temperature
/// @param refusals if they were asked for
record AccuracyView(
    String model, Evaluation raw, Evaluation calibrated, Optional<RefusalView> refusals)
    implements View {
  private static double calibrationError(Evaluation evaluation) {
    return Reliability.of(evaluation).expectedCalibrationError();
  }

  @Override
  public void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: %d of %d right, accuracy %.4f, loss %.5f%n",
        model,
        calibrated.correct(),
        calibrated.images(),
        calibrated.accuracy(),
        calibrated.loss());
    out.printf(
        Locale.ROOT,
        "calibration error (ECE) %.5f, before calibration %.5f%n%n",
        calibrationError(calibrated),
        calibrationError(raw));
    print(out, calibrated.confusion());
    refusals.ifPresent(view -> view.print(out));
  }

  private static void print(PrintWriter out, int[][] confusion) {
    out.println("true\\read" + "    0     1     2     3     4     5     6     7     8     9");
    for (int digit = 0; digit < confusion.length; digit++) {
      out.printf("%8d ", digit);
      for (int count : confusion[digit]) {
        out.print(count == 0 ? "     ." : String.format(Locale.ROOT, "%6d", count));
      }
      out.println();
    }
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStringField("model", model);
    json.writeNumberField("images", calibrated.images());
    json.writeNumberField("correct", calibrated.correct());
    json.writeNumberField("accuracy", calibrated.accuracy());
    json.writeNumberField("loss", calibrated.loss());
    json.writeArrayFieldStart("confusion");
    for (int[] row : calibrated.confusion()) {
      Json.array(json, row);
    }
    json.writeEndArray();
    json.writeNumberField("ece", calibrationError(calibrated));
    json.writeNumberField("eceBefore", calibrationError(raw));
    if (refusals.isPresent()) {
      refusals.get().write(json);
    }
  }
}

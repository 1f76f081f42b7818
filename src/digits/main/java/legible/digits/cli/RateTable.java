package legible.digits.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import legible.digits.decision.Calibration;
import legible.digits.decision.ReadRates;
import legible.digits.decision.Refusals;

/// How much is read at a wanted share of misread answers: with the model's own threshold, and with the
/// best one, which only whoever knows the labels can choose.
///
/// @param rates the answers
/// @param calibration the model's
record RateTable(ReadRates rates, Calibration calibration) {
  private static final String NONE = "none";

  void print(PrintWriter out) {
    out.println();
    out.printf(
        "%10s  %10s %10s %10s   %s%n",
        "misread,", "threshold", "answered", "of these", "answered, if the threshold");
    out.printf(
        "%10s  %10s %10s %10s   %s%n",
        "wanted", "of model", "", "wrong", "is chosen by the labels");
    for (double wanted : Refusals.WANTED) {
      Optional<Float> own = calibration.threshold(wanted);
      out.printf(
          Locale.ROOT,
          "%8.2f %%  %10s %10s %10s   %.2f %%%n",
          100 * wanted,
          own.map(threshold -> text(threshold, 4)).orElse(NONE),
          own.map(threshold -> text(rates.readRate(threshold), 2)).orElse(""),
          own.map(threshold -> text(rates.misreadRate(threshold), 3)).orElse(""),
          100 * rates.readRate(rates.threshold(wanted)));
    }
  }

  private static String text(double share, int places) {
    return String.format(Locale.ROOT, "%." + places + "f %%", 100 * share);
  }

  void write(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("readRates");
    for (double wanted : Refusals.WANTED) {
      json.writeStartObject();
      json.writeNumberField("maxError", wanted);
      Optional<Float> own = calibration.threshold(wanted);
      if (own.isPresent()) {
        json.writeNumberField("rejectBelow", own.get());
        json.writeNumberField("readRate", rates.readRate(own.get()));
        json.writeNumberField("misreadRate", rates.misreadRate(own.get()));
      }
      json.writeNumberField("bestReadRate", rates.readRate(rates.threshold(wanted)));
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}

package legible.digits.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import legible.digits.decision.Calibration;
import legible.digits.decision.ReadRates;

/// The answer of `legible evaluate` about a reader of whole numbers.
///
/// @param model its name
/// @param rates of composed lines; one without any mistake is right
/// @param calibration the model's
record LineScoreView(String model, ReadRates rates, Calibration calibration) implements View {
  private double accuracy() {
    return (double) rates.right() / rates.count();
  }

  @Override
  public void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: %d of %d lines of 2 to 10 digits right, accuracy %.4f%n",
        model,
        rates.right(),
        rates.count(),
        accuracy());
    new RateTable(rates, calibration).print(out);
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStringField("model", model);
    json.writeNumberField("lines", rates.count());
    json.writeNumberField("correct", rates.right());
    json.writeNumberField("accuracy", accuracy());
    new RateTable(rates, calibration).write(json);
  }
}

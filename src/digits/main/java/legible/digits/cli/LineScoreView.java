package legible.digits.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/// The answer of `legible evaluate` about a reader of whole numbers.
///
/// @param model its name
/// @param lines composed lines that were read
/// @param correct those without any mistake
record LineScoreView(String model, int lines, int correct) implements View {
  private double accuracy() {
    return (double) correct / lines;
  }

  @Override
  public void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: %d of %d lines of 2 to 10 digits right, accuracy %.4f%n",
        model,
        correct,
        lines,
        accuracy());
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStringField("model", model);
    json.writeNumberField("lines", lines);
    json.writeNumberField("correct", correct);
    json.writeNumberField("accuracy", accuracy());
  }
}

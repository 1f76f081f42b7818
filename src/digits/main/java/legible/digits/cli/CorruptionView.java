package legible.digits.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import legible.digits.corrupt.CorruptionTable;
import legible.digits.corrupt.Corruptions;

/// The table of `legible evaluate --corruptions`, for people and for programs.
///
/// @param model its name
record CorruptionView(String model, CorruptionTable table) implements View {
  @Override
  public void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: accuracy on %,d corrupted test pictures; severity %d is MNIST-C's%n%n",
        model,
        table.images(),
        Corruptions.PUBLISHED);
    out.println("corruption     severity 1       2       3       4       5    mean");
    for (int kind = 0; kind < Corruptions.ALL.size(); kind++) {
      out.printf("%-16s", Corruptions.ALL.get(kind).title());
      for (double accuracy : table.accuracy()[kind]) {
        out.printf(Locale.ROOT, "  %.4f", accuracy);
      }
      out.printf(Locale.ROOT, "  %.4f%n", table.mean(kind));
    }
    out.printf("%-16s", "mean");
    for (int severity = 1; severity <= Corruptions.STRENGTHS.size(); severity++) {
      out.printf(Locale.ROOT, "  %.4f", table.atSeverity(severity));
    }
    out.printf(Locale.ROOT, "  %.4f%n", table.mean());
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStringField("model", model);
    json.writeNumberField("images", table.images());
    json.writeNumberField("mean", table.mean());
    json.writeNumberField("meanAtPublishedSeverity", table.atSeverity(Corruptions.PUBLISHED));
    json.writeArrayFieldStart("corruptions");
    for (int kind = 0; kind < Corruptions.ALL.size(); kind++) {
      json.writeStartObject();
      json.writeStringField("corruption", Corruptions.ALL.get(kind).title());
      json.writeArrayFieldStart("accuracy");
      for (double accuracy : table.accuracy()[kind]) {
        json.writeNumber(accuracy);
      }
      json.writeEndArray();
      json.writeNumberField("mean", table.mean(kind));
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}

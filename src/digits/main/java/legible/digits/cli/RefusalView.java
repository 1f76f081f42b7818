package legible.digits.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import legible.digits.decision.Refusals;

/// The table of `legible evaluate --refusals`, for people and for programs.
record RefusalView(Refusals refusals) implements View {
  @Override
  public void print(PrintWriter out) {
    List<Refusals.Row> rows = refusals.rows();
    if (rows.isEmpty()) {
      out.println("no thresholds in this model; 'legible calibrate' makes some");
    }
    for (Refusals.Row row : rows) {
      out.printf(
          Locale.ROOT,
          "%nwanted: at most %s %% of the answers wrong; answers below %.4f %% are refused%n",
          Double.toString(100 * row.wanted()),
          100 * row.threshold());
      out.printf(Locale.ROOT, "  digits answered                %8.2f %%%n", 100 * row.readRate());
      out.printf(
          Locale.ROOT, "  of these answers wrong         %8.3f %%%n", 100 * row.misreadRate());
      row.refused()
          .forEach(
              (kind, share) ->
                  out.printf(Locale.ROOT, "  refused: %-22s%8.2f %%%n", kind, 100 * share));
    }
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("refusals");
    for (Refusals.Row row : refusals.rows()) {
      json.writeStartObject();
      json.writeNumberField("maxError", row.wanted());
      json.writeNumberField("rejectBelow", row.threshold());
      json.writeNumberField("readRate", row.readRate());
      json.writeNumberField("misreadRate", row.misreadRate());
      json.writeObjectFieldStart("strangersRefused");
      for (Map.Entry<String, Double> kind : row.refused().entrySet()) {
        json.writeNumberField(kind.getKey(), kind.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}

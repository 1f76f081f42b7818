package legible.digits.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import legible.digits.json.JsonText;

/// Prints a JSON document on one line.
final class Json {
  private Json() {}

  /// Prints one object.
  static void print(PrintWriter out, JsonText.Content content) throws IOException {
    out.print(new String(JsonText.line(content), StandardCharsets.UTF_8));
    out.flush();
  }

  /// Writes a field of numbers as they are.
  static void array(JsonGenerator json, String name, float[] values) throws IOException {
    JsonText.array(json, name, values);
  }

  /// Writes an array of whole numbers.
  static void array(JsonGenerator json, int[] values) throws IOException {
    json.writeArray(values, 0, values.length);
  }
}

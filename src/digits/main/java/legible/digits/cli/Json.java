package legible.digits.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/// Prints a JSON document on one line.
final class Json {
  private Json() {}

  /// What a document consists of.
  @FunctionalInterface
  interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  /// Prints one object.
  static void print(PrintWriter out, Content content) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      content.write(json);
      json.writeEndObject();
    }
    out.println(text);
    out.flush();
  }

  /// Writes a field of numbers as they are.
  static void array(JsonGenerator json, String name, float[] values) throws IOException {
    json.writeArrayFieldStart(name);
    for (float value : values) {
      json.writeNumber(value);
    }
    json.writeEndArray();
  }

  /// Writes an array of whole numbers.
  static void array(JsonGenerator json, int[] values) throws IOException {
    json.writeArray(values, 0, values.length);
  }
}

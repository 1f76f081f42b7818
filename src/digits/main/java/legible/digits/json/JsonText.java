package legible.digits.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;

/// Makes JSON documents on one line.
public final class JsonText {
  private JsonText() {}

  /// What a document consists of.
  @FunctionalInterface
  public interface Content {
    /// Writes the fields.
    void write(JsonGenerator json) throws IOException;
  }

  /// One object as text.
  public static String of(Content content) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      content.write(json);
      json.writeEndObject();
    }
    return text.toString();
  }

  /// Writes a field of numbers as they are.
  public static void array(JsonGenerator json, String name, float[] values) throws IOException {
    json.writeArrayFieldStart(name);
    for (float value : values) {
      json.writeNumber(value);
    }
    json.writeEndArray();
  }
}

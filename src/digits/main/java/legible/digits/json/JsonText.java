package legible.digits.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;

/// Makes JSON documents on one line.
public final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonText() {}

  /// What a document consists of.
  @FunctionalInterface
  public interface Content {
    /// Writes the fields.
    void write(JsonGenerator json) throws IOException;
  }

  /// One object as a line of text in UTF-8, its line feed included.
  public static byte[] line(Content content) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      content.write(json);
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return text.toByteArray();
  }

  /// Writes a field of bytes as Base64, padded, without line breaks.
  public static void base64(JsonGenerator json, String name, byte[] bytes) throws IOException {
    // The JDK's encoder takes many bytes at a time, Jackson's takes three.
    byte[] text = Base64.getEncoder().encode(bytes);
    json.writeFieldName(name);
    json.writeRawUTF8String(text, 0, text.length);
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

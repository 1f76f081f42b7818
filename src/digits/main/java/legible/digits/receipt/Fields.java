package legible.digits.receipt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The fields of a JSON object that nobody vouches for: each has to be asked for by its name and in
/// the form it must have, and in the end nothing may be left.
final class Fields {
  /// As [Float#toHexString] writes them; bounded, so that no text is worth a long look.
  private static final Pattern HEX_FLOAT =
      Pattern.compile("-?0x[01]\\.[0-9a-f]{1,6}p-?[0-9]{1,3}|-?Infinity|NaN");

  private static final Pattern WORD = Pattern.compile("[!-~]{1,60}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,9}");
  private static final int LONGEST_TEXT = 4096;
  private static final int DEEPEST = 8;

  private final String source;
  private final String path;
  private final Map<String, Object> values;
  private final Set<String> asked = new HashSet<>();

  private Fields(String source, String path, Map<String, Object> values) {
    this.source = source;
    this.path = path;
    this.values = values;
  }

  /// A number as it was written, in contrast to a text.
  private record Digits(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  /// Reads a document that is one object.
  static Fields parse(String source, byte[] bytes) throws ReceiptFormatException {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .build();
    try (JsonParser parser = factory.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ReceiptFormatException(source, "a JSON object expected, got something else");
      }
      Map<String, Object> values = members(parser);
      if (parser.nextToken() != null) {
        throw new ReceiptFormatException(source, "one JSON object expected, got more behind it");
      }
      return new Fields(source, "", values);
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? ""
              : " in line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw new ReceiptFormatException(source, "no JSON" + place + ": " + e.getOriginalMessage());
    } catch (ReceiptFormatException e) {
      throw e;
    } catch (IOException e) { // bytes that are no text
      throw new ReceiptFormatException(source, "JSON in UTF-8 expected: " + e.getMessage());
    }
  }

  private static Map<String, Object> members(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return members;
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield items;
      }
      case VALUE_STRING -> parser.getText();
      default -> new Digits(parser.getText()); // true, false and null are no numbers, told later
    };
  }

  ReceiptFormatException failure(String name, String reason) {
    return new ReceiptFormatException(source, "field '" + path + name + "': " + reason);
  }

  private ReceiptFormatException unexpected(String name, String expected, Object got) {
    String kind =
        switch (got) {
          case Map<?, ?> map -> "an object";
          case List<?> list -> "an array of " + list.size();
          default -> "'" + got + "'";
        };
    return failure(name, expected + " expected, got " + kind);
  }

  private Object get(String name) throws ReceiptFormatException {
    asked.add(name);
    Object value = values.get(name);
    if (value == null) {
      throw failure(name, "expected, but it is missing");
    }
    return value;
  }

  /// Any text that a path may be.
  String text(String name) throws ReceiptFormatException {
    if (get(name) instanceof String text) {
      return text;
    }
    throw unexpected(name, "a text", get(name));
  }

  /// A short text without spaces.
  String word(String name) throws ReceiptFormatException {
    return matching(name, get(name), WORD, "up to 60 printable characters without spaces");
  }

  String sha256(String name) throws ReceiptFormatException {
    return matching(name, get(name), SHA256, "a SHA-256 of 64 hexadecimal digits");
  }

  private String matching(String name, Object value, Pattern pattern, String expected)
      throws ReceiptFormatException {
    if (value instanceof String text && pattern.matcher(text).matches()) {
      return text;
    }
    throw unexpected(name, expected, value);
  }

  int integer(String name, int low, int high) throws ReceiptFormatException {
    if (get(name) instanceof Digits digits && WHOLE_NUMBER.matcher(digits.text()).matches()) {
      int value = Integer.parseInt(digits.text());
      if (value >= low && value <= high) {
        return value;
      }
    }
    throw unexpected(name, "a whole number in %d..%d".formatted(low, high), get(name));
  }

  /// A float in the one form in which it is written.
  float real(String name) throws ReceiptFormatException {
    return real(name, get(name));
  }

  private float real(String name, Object value) throws ReceiptFormatException {
    String expected = "a float as Java's Float.toHexString writes it, such as '0x1.8p-3',";
    String text = matching(name, value, HEX_FLOAT, expected);
    float number = Float.parseFloat(text);
    if (!Float.toHexString(number).equals(text)) {
      throw unexpected(name, expected, text);
    }
    return number;
  }

  float[] floats(String name, int count) throws ReceiptFormatException {
    return floats(name, get(name), count);
  }

  private float[] floats(String name, Object value, int count) throws ReceiptFormatException {
    if (!(value instanceof List<?> list) || list.size() != count) {
      throw unexpected(name, "an array of " + count, value);
    }
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = real(name + "[" + i + "]", list.get(i));
    }
    return floats;
  }

  float[][] rows(String name, int count, int length) throws ReceiptFormatException {
    if (!(get(name) instanceof List<?> list) || list.size() != count) {
      throw unexpected(name, "an array of " + count, get(name));
    }
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = floats(name + "[" + i + "]", list.get(i), length);
    }
    return rows;
  }

  Fields object(String name) throws ReceiptFormatException {
    return object(name, get(name));
  }

  private Fields object(String name, Object value) throws ReceiptFormatException {
    if (!(value instanceof Map<?, ?> map)) {
      throw unexpected(name, "an object", value);
    }
    Map<String, Object> members = new LinkedHashMap<>();
    map.forEach((key, member) -> members.put((String) key, member));
    return new Fields(source, path + name + ".", members);
  }

  List<Fields> objects(String name, int fewest, int most) throws ReceiptFormatException {
    if (!(get(name) instanceof List<?> list) || list.size() < fewest || list.size() > most) {
      throw unexpected(name, "an array of %d..%d objects".formatted(fewest, most), get(name));
    }
    List<Fields> objects = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      objects.add(object(name + "[" + i + "]", list.get(i)));
    }
    return objects;
  }

  /// All fields as short texts, whatever their names.
  SortedMap<String, String> words() throws ReceiptFormatException {
    SortedMap<String, String> words = new TreeMap<>();
    for (String name : values.keySet()) {
      if (!WORD.matcher(name).matches()) {
        throw failure(name, "a name of up to 60 printable characters expected");
      }
      words.put(name, word(name));
    }
    return words;
  }

  /// What nobody asked for is an error: it might be taken for something that was checked.
  void requireNoOthers() throws ReceiptFormatException {
    for (String name : values.keySet()) {
      if (!asked.contains(name)) {
        throw failure(name, "unknown");
      }
    }
  }
}

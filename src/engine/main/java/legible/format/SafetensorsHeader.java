package legible.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;

/// The list of the tensors in a [Safetensors] file.
///
/// @param entries by their names, in the order of the text
/// @param metadata texts by name
record SafetensorsHeader(Map<String, Entry> entries, SortedMap<String, String> metadata) {
  /// The most bytes of a header, as the format has it.
  static final int MOST = 100_000_000;

  private static final String METADATA = "__metadata__";

  /// Data begin at a multiple of this, so that elements can be used where they lie.
  private static final int ALIGNMENT = 8;

  /// The types of the format.
  enum Type {
    BOOL(1),
    U8(1),
    I8(1),
    F8_E4M3(1),
    F8_E5M2(1),
    U16(2),
    I16(2),
    F16(2),
    BF16(2),
    U32(4),
    I32(4),
    F32(4),
    U64(8),
    I64(8),
    F64(8);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }
  }

  /// One tensor.
  ///
  /// @param type of its elements
  /// @param shape its axes
  /// @param from its first byte within the data
  /// @param to the byte behind its last
  record Entry(Type type, Shape shape, long from, long to) {}

  /// The length of the header's text, from the file's first bytes.
  ///
  /// @param size bytes of the whole file
  static int length(String source, byte[] start, long size) throws ModelFormatException {
    ByteReader in = new ByteReader(source, start, 0, Math.min(start.length, Long.BYTES));
    long length = in.u64("length of the header");
    if (size > Limits.FILE_BYTES) {
      throw in.failure(0, "at most %d bytes expected, got %d".formatted(Limits.FILE_BYTES, size));
    }
    long most = Math.min(MOST, size - Long.BYTES);
    if (length < 2 || length > most) {
      throw in.failure(
          0,
          "a header of 2..%d bytes expected, got %s: this is no whole safetensors file"
              .formatted(most, Long.toUnsignedString(length)));
    }
    return (int) length;
  }

  /// Reads the text and checks that the tensors are exactly the data.
  ///
  /// @param dataOffset where the text ends
  /// @param dataLength bytes behind it
  static SafetensorsHeader read(String source, byte[] file, int dataOffset, long dataLength)
      throws ModelFormatException {
    Json json = new Json(source, Long.BYTES, utf8(source, file, dataOffset));
    Map<String, Entry> entries = new LinkedHashMap<>();
    SortedMap<String, String> metadata = new TreeMap<>();
    boolean told = false;
    json.expect('{');
    for (boolean more = !json.next('}'); more; more = json.more('}')) {
      String name = json.string();
      boolean again = name.equals(METADATA) ? told : entries.containsKey(name);
      if (again) {
        throw json.failure("each name once, '%s' came before;".formatted(name) + " something else");
      }
      json.expect(':');
      if (name.equals(METADATA)) {
        metadata(json, metadata);
        told = true;
      } else {
        entries.put(name, entry(json, name));
      }
    }
    json.end();
    checkCover(source, entries, dataOffset, dataLength);
    return new SafetensorsHeader(
        Collections.unmodifiableMap(entries), Collections.unmodifiableSortedMap(metadata));
  }

  private static String utf8(String source, byte[] file, int dataOffset)
      throws ModelFormatException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(file, Long.BYTES, dataOffset - Long.BYTES))
          .toString();
    } catch (CharacterCodingException e) {
      throw new ModelFormatException(source, Long.BYTES, "header: UTF-8 expected", e);
    }
  }

  private static void metadata(Json json, SortedMap<String, String> metadata)
      throws ModelFormatException {
    json.expect('{');
    for (boolean more = !json.next('}'); more; more = json.more('}')) {
      String name = json.string();
      json.expect(':');
      if (metadata.put(name, json.string()) != null) {
        throw json.failure("metadata '%s' once".formatted(name));
      }
    }
  }

  private static Entry entry(Json json, String name) throws ModelFormatException {
    Type type = null;
    List<Long> axes = null;
    List<Long> offsets = null;
    json.expect('{');
    for (boolean more = !json.next('}'); more; more = json.more('}')) {
      String key = json.string();
      json.expect(':');
      if (key.equals("dtype") && type == null) {
        type = type(json, name);
      } else if (key.equals("shape") && axes == null) {
        axes = numbers(json, Limits.RANK);
      } else if (key.equals("data_offsets") && offsets == null) {
        offsets = numbers(json, 2);
      } else {
        throw json.failure("tensor '%s': dtype, shape and data_offsets, once".formatted(name));
      }
    }
    if (type == null || axes == null || offsets == null || offsets.size() != 2) {
      throw json.failure("tensor '%s': dtype, shape and two data_offsets".formatted(name));
    }
    Shape shape = shape(json, name, axes);
    long length = offsets.get(1) - offsets.get(0);
    if (length != (long) shape.size() * type.bytes) {
      throw json.failure(
          "tensor '%s': %d bytes for %s of %s, not %d;"
              .formatted(name, (long) shape.size() * type.bytes, shape, type, length));
    }
    return new Entry(type, shape, offsets.get(0), offsets.get(1));
  }

  private static Type type(Json json, String name) throws ModelFormatException {
    String text = json.string();
    return Arrays.stream(Type.values())
        .filter(t -> t.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                json.failure(
                    "tensor '%s': a dtype of %s, not '%s';"
                        .formatted(name, Arrays.toString(Type.values()), text)));
  }

  private static List<Long> numbers(Json json, int most) throws ModelFormatException {
    List<Long> numbers = new ArrayList<>();
    json.expect('[');
    for (boolean more = !json.next(']'); more; more = json.more(']')) {
      if (numbers.size() == most) {
        throw json.failure("at most %d numbers".formatted(most));
      }
      numbers.add(json.number());
    }
    return numbers;
  }

  private static Shape shape(Json json, String name, List<Long> axes) throws ModelFormatException {
    try {
      return Shape.of(axes.stream().mapToInt(Math::toIntExact).toArray());
    } catch (ArithmeticException | ShapeException e) {
      throw json.failure("tensor '%s': fewer than 2^31 elements, not %s;".formatted(name, axes));
    }
  }

  /// In the order of their places each tensor begins where the one before ends.
  private static void checkCover(
      String source, Map<String, Entry> entries, int dataOffset, long dataLength)
      throws ModelFormatException {
    List<Map.Entry<String, Entry>> placed = new ArrayList<>(entries.entrySet());
    placed.sort(
        Comparator.<Map.Entry<String, Entry>>comparingLong(e -> e.getValue().from())
            .thenComparingLong(e -> e.getValue().to()));
    long next = 0;
    for (Map.Entry<String, Entry> tensor : placed) {
      Entry entry = tensor.getValue();
      if (entry.from() != next || entry.to() > dataLength) {
        throw new ModelFormatException(
            source,
            dataOffset + Math.min(next, dataLength),
            "tensor '%s': bytes from %d, up to %d at most, expected, got %d to %d"
                .formatted(tensor.getKey(), next, dataLength, entry.from(), entry.to()));
      }
      next = entry.to();
    }
    if (next != dataLength) {
      throw new ModelFormatException(
          source,
          dataOffset + next,
          "%d bytes of data expected as the header says, got %d".formatted(next, dataLength));
    }
  }

  /// The text for these tensors, one behind the other.
  static String text(Map<String, Tensor> tensors, SortedMap<String, String> metadata) {
    List<String> parts = new ArrayList<>();
    if (!metadata.isEmpty()) {
      parts.add(
          metadata.entrySet().stream()
              .map(e -> Json.quoted(e.getKey()) + ":" + Json.quoted(e.getValue()))
              .collect(Collectors.joining(",", "\"" + METADATA + "\":{", "}")));
    }
    long next = 0;
    for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
      if (tensor.getKey().equals(METADATA)) {
        throw new IllegalArgumentException(
            "Safetensors: names of tensors expected, got '" + METADATA + "'");
      }
      Shape shape = tensor.getValue().shape();
      long end = next + (long) shape.size() * Float.BYTES;
      parts.add(
          "%s:{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(
                  Json.quoted(tensor.getKey()), shape.toString().replace(" ", ""), next, end));
      next = end;
    }
    String text = "{" + String.join(",", parts) + "}";
    return text + " ".repeat(Math.floorMod(-text.length(), ALIGNMENT));
  }
}

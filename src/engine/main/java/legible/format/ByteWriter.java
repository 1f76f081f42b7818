package legible.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;

/// Writes the small values of a file, little-endian; [ByteReader] is the way back.
final class ByteWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  void u8(int value) {
    out.write(value);
  }

  void u32(int value) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.write(value >>> shift);
    }
  }

  void u64(long value) {
    u32((int) value);
    u32((int) (value >>> Integer.SIZE));
  }

  void bytes(byte[] bytes) {
    out.writeBytes(bytes);
  }

  /// A name: printable ASCII without spaces, so that no two names look alike and one line of text
  /// can hold several.
  ///
  /// @throws IllegalArgumentException if it is none
  void name(String name) {
    if (!ByteReader.isName(name)) {
      throw new IllegalArgumentException(
          "model file: a name of 1..%d printable ASCII characters without spaces expected, got '%s'"
              .formatted(Limits.NAME_BYTES, name));
    }
    text(name);
  }

  /// A length in bytes and UTF-8.
  ///
  /// @throws IllegalArgumentException if the text is too long or no Unicode
  void text(String text) {
    ByteBuffer bytes;
    try {
      bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "model file: text of whole Unicode characters expected, got half a surrogate pair", e);
    }
    if (bytes.remaining() > Limits.VALUE_BYTES) {
      throw new IllegalArgumentException(
          "model file: a text of at most %d bytes expected, got %d"
              .formatted(Limits.VALUE_BYTES, bytes.remaining()));
    }
    u32(bytes.remaining());
    out.write(bytes.array(), bytes.arrayOffset(), bytes.remaining());
  }

  /// Names and values, sorted by name.
  void pairs(SortedMap<String, String> pairs, String what, int most) {
    if (pairs.size() > most) {
      throw new IllegalArgumentException(
          "model file: %s: at most %d expected, got %d".formatted(what, most, pairs.size()));
    }
    u32(pairs.size());
    for (Map.Entry<String, String> pair : pairs.entrySet()) {
      name(pair.getKey());
      text(pair.getValue());
    }
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }
}

package legible.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the small values of a file, little-endian, and believes nothing: every length is compared
/// with what is left before anything is allocated.
final class ByteReader {
  private final String source;
  private final ByteBuffer bytes;

  /// @param source for messages
  /// @param bytes the file's first bytes; offsets count from its beginning
  /// @param from the first byte to read
  /// @param to behind the last byte to read
  ByteReader(String source, byte[] bytes, int from, int to) {
    this.source = source;
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(from).limit(to);
  }

  String source() {
    return source;
  }

  int position() {
    return bytes.position();
  }

  int remaining() {
    return bytes.remaining();
  }

  ModelFormatException failure(long byteOffset, String reason) {
    return new ModelFormatException(source, byteOffset, reason);
  }

  int u8(String what) throws ModelFormatException {
    need(Byte.BYTES, what);
    return Byte.toUnsignedInt(bytes.get());
  }

  /// A whole number in a range.
  int u32(String what, int low, int high) throws ModelFormatException {
    need(Integer.BYTES, what);
    int at = position();
    long value = Integer.toUnsignedLong(bytes.getInt());
    if (value < low || value > high) {
      throw failure(at, "%s: %d..%d expected, got %d".formatted(what, low, high, value));
    }
    return (int) value;
  }

  long u64(String what) throws ModelFormatException {
    need(Long.BYTES, what);
    return bytes.getLong();
  }

  /// How many parts follow: no more than allowed, and no more than fit into what is left.
  int count(String what, int most, int smallestPart) throws ModelFormatException {
    int at = position();
    int count = u32(what, 0, most);
    if ((long) count * smallestPart > remaining()) {
      throw failure(
          at, "%s: %d do not fit into the %d bytes left".formatted(what, count, remaining()));
    }
    return count;
  }

  byte[] bytes(String what, int length) throws ModelFormatException {
    need(length, what);
    byte[] result = new byte[length];
    bytes.get(result);
    return result;
  }

  String name(String what) throws ModelFormatException {
    int at = position();
    String name = text(what, Limits.NAME_BYTES);
    if (!isName(name)) {
      throw failure(
          at, "%s: printable ASCII without spaces expected, got '%s'".formatted(what, name));
    }
    return name;
  }

  static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= Limits.NAME_BYTES;
  }

  /// Its length in bytes, at most this, and its UTF-8.
  String text(String what, int most) throws ModelFormatException {
    int at = position();
    byte[] encoded = bytes(what, u32(what, 0, most));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(encoded)).toString();
    } catch (CharacterCodingException e) {
      throw new ModelFormatException(source, at, what + ": UTF-8 expected", e);
    }
  }

  /// Names and values; only in the order of their names, so that there is one way to write them.
  SortedMap<String, String> pairs(String what, int most) throws ModelFormatException {
    int count = count(what, most, 2 * Integer.BYTES + 1);
    SortedMap<String, String> pairs = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      int at = position();
      String key = name(what);
      if (!pairs.isEmpty() && key.compareTo(pairs.lastKey()) <= 0) {
        throw failure(
            at,
            "%s: sorted names expected, got '%s' after '%s'".formatted(what, key, pairs.lastKey()));
      }
      pairs.put(key, text(what, Limits.VALUE_BYTES));
    }
    return pairs;
  }

  /// The first byte between here and the position that is another one than expected, or -1.
  int mismatch(int from, byte[] expected) {
    int different = Arrays.mismatch(bytes.array(), from, position(), expected, 0, expected.length);
    return different < 0 ? -1 : from + different;
  }

  /// Skips bytes that have to be zero.
  void zeros(String what, int until) throws ModelFormatException {
    need(until - position(), what);
    while (position() < until) {
      if (bytes.get() != 0) {
        throw failure(position() - 1L, "%s: zero bytes expected".formatted(what));
      }
    }
  }

  private void need(int length, String what) throws ModelFormatException {
    if (length > remaining()) {
      throw failure(
          position(), "%s: %d bytes expected, %d left".formatted(what, length, remaining()));
    }
  }
}

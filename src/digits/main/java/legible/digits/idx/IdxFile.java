package legible.digits.idx;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import legible.digits.HeapShare;

/// An array of unsigned bytes in LeCun's IDX format, plain or compressed with gzip:
///
/// ```
///  offset 0   2 bytes   zero
///         2   1 byte    type, 8 for unsigned bytes
///         3   1 byte    number of dimensions d
///         4   4·d bytes lengths, big-endian
///     4+4·d             the elements, row-major, nothing after them
/// ```
///
/// @param lengths of the dimensions
/// @param bytes the whole uncompressed file
/// @param sha256 of the whole uncompressed file, hexadecimal
public record IdxFile(int[] lengths, byte[] bytes, String sha256) {
  /// As an expected length: any.
  public static final int ANY = -1;

  private static final int TYPE_UNSIGNED_BYTE = 8;

  /// No data set of small pictures of digits is larger (EMNIST's is 220 MB). A header that claims
  /// more is refused, and of a compressed file nothing is unpacked beyond what its header claims.
  private static final long MAX_ELEMENTS = 1L << 28;

  /// What is read at a time, so that memory follows what the file holds, not what it claims.
  private static final int PIECE = 1 << 16;

  /// Where the elements start.
  public int start() {
    return 4 + 4 * lengths.length;
  }

  /// Reads a file. What follows the end of a gzip stream is not data and ignored, as gzip does.
  ///
  /// @param expected the lengths that it must have, or [#ANY]; checked before the elements are read
  /// @throws IdxFormatException if its content is wrong; offsets are those of the uncompressed file
  /// @throws NoSuchFileException if there is no such file
  public static IdxFile read(Path file, int... expected) throws IOException {
    try (InputStream in = open(file)) {
      byte[] head = new byte[4 + 4 * expected.length];
      int got = fill(file, in, head, 0);
      if (got < head.length) {
        throw new IdxFormatException(
            file, got, "a header of " + head.length + " bytes expected, got the end of the file");
      }
      int[] lengths = lengths(file, head, expected);
      byte[] bytes = body(file, in, head, lengths);
      return new IdxFile(lengths, bytes, sha256(bytes));
    }
  }

  /// Unpacks what begins with gzip's magic number, whatever the file is called.
  private static InputStream open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IdxFormatException(file, 0, "a file expected, got a folder");
    }
    InputStream in = new BufferedInputStream(Files.newInputStream(file), PIECE);
    try {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return gzip ? new GZIPInputStream(in, PIECE) : in;
    } catch (ZipException | EOFException e) {
      in.close();
      throw damaged(file, 0, e);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static IdxFormatException damaged(Path file, long byteOffset, IOException cause) {
    return new IdxFormatException(
        file,
        byteOffset,
        "a whole gzip stream expected, got a damaged one (" + cause.getMessage() + ")");
  }

  /// Reads until the array is full or the file ends.
  ///
  /// @return how much of the array is filled
  private static int fill(Path file, InputStream in, byte[] bytes, int from) throws IOException {
    int filled = from;
    try {
      while (filled < bytes.length) {
        int count = in.read(bytes, filled, bytes.length - filled);
        if (count < 0) {
          return filled;
        }
        filled += count;
      }
      return filled;
    } catch (ZipException | EOFException e) {
      throw damaged(file, filled, e);
    }
  }

  /// Checks everything before the elements.
  private static int[] lengths(Path file, byte[] head, int[] expected) throws IdxFormatException {
    ByteBuffer buffer = ByteBuffer.wrap(head);
    int magic = buffer.getInt();
    int wanted = TYPE_UNSIGNED_BYTE << 8 | expected.length;
    if (magic != wanted) {
      throw new IdxFormatException(
          file, 0, "the magic number " + hex(wanted) + " expected, got " + hex(magic));
    }
    int[] lengths = new int[expected.length];
    long elements = 1;
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = buffer.getInt();
      long length = Integer.toUnsignedLong(lengths[i]);
      long byteOffset = 4 + 4L * i;
      if (expected[i] != ANY && expected[i] != length) {
        throw new IdxFormatException(
            file, byteOffset, "the length " + expected[i] + " expected, got " + length);
      }
      elements = length > MAX_ELEMENTS ? length : elements * length; // no overflow: both <= 2^28
      if (elements > MAX_ELEMENTS) {
        throw new IdxFormatException(
            file,
            byteOffset,
            "at most " + MAX_ELEMENTS + " elements expected, got a length of " + length);
      }
    }
    return lengths;
  }

  private static String hex(int value) {
    return "0x" + HexFormat.of().toHexDigits(value);
  }

  /// Reads the elements behind the header into an array that grows with them.
  private static byte[] body(Path file, InputStream in, byte[] head, int[] lengths)
      throws IOException {
    int size = head.length + Arrays.stream(lengths).reduce(1, (a, b) -> a * b);
    byte[] bytes = head;
    int filled = head.length;
    while (filled < size) {
      int longer = (int) Math.min(size, Math.max(PIECE, 2L * bytes.length));
      if (!HeapShare.allows((long) bytes.length + longer)) { // a megabyte of gzip can be a gigabyte
        throw new IdxFormatException(
            file, filled, "fewer elements expected, these need " + HeapShare.words());
      }
      bytes = Arrays.copyOf(bytes, longer);
      filled = fill(file, in, bytes, filled);
      if (filled < bytes.length) {
        throw new IdxFormatException(
            file, filled, size + " bytes expected, as its header says, got the end of the file");
      }
    }
    requireEnd(file, in, size);
    return bytes;
  }

  /// Reading to the end also lets the gzip stream compare its own checksum.
  private static void requireEnd(Path file, InputStream in, int size) throws IOException {
    try {
      if (in.read() >= 0) {
        throw new IdxFormatException(
            file, size, "the end of the file expected, as its header says, got more bytes");
      }
    } catch (ZipException | EOFException e) {
      throw damaged(file, size, e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}

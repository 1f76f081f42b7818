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
  private static final int TYPE_UNSIGNED_BYTE = 8;

  /// No data set of small pictures is larger; a header or a compressed file that claims more is
  /// refused before memory is given to it.
  private static final long MAX_BYTES = 1L << 30;

  /// What is read at a time, so that memory follows what the file holds, not what it claims.
  private static final int PIECE = 1 << 16;

  /// Where the elements start.
  public int start() {
    return 4 + 4 * lengths.length;
  }

  /// Reads a file.
  ///
  /// @param dimensions how many dimensions it must have
  /// @throws IdxFormatException if its content is wrong
  /// @throws NoSuchFileException if there is no such file
  public static IdxFile read(Path file, int dimensions) throws IOException {
    try (InputStream in = open(file)) {
      byte[] head = in.readNBytes(4 + 4 * dimensions);
      long size = checkHead(file, head, dimensions);
      byte[] bytes = readAll(file, in, head, size);
      int[] lengths = new int[dimensions];
      ByteBuffer.wrap(bytes, 4, 4 * dimensions).asIntBuffer().get(lengths);
      return new IdxFile(lengths, bytes, sha256(bytes));
    } catch (ZipException | EOFException e) {
      throw new IdxFormatException(
          file, 0, "a whole gzip stream expected, got a damaged one (" + e.getMessage() + ")");
    }
  }

  /// Unpacks what begins with gzip's magic number, whatever the file is called.
  private static InputStream open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IdxFormatException(file, 0, "a file expected, got a folder");
    }
    InputStream in = new BufferedInputStream(Files.newInputStream(file), PIECE);
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    try {
      return gzip ? new GZIPInputStream(in, PIECE) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /// Checks everything before the elements, and gives the size of the whole.
  private static long checkHead(Path file, byte[] head, int dimensions) throws IdxFormatException {
    if (head.length < 4 + 4 * dimensions) {
      throw new IdxFormatException(
          file,
          head.length,
          "a header of %d bytes expected, got the end of the file".formatted(4 + 4 * dimensions));
    }
    ByteBuffer buffer = ByteBuffer.wrap(head);
    int magic = buffer.getInt();
    int expected = TYPE_UNSIGNED_BYTE << 8 | dimensions;
    if (magic != expected) {
      throw new IdxFormatException(
          file, 0, "the magic number 0x%08x expected, got 0x%08x".formatted(expected, magic));
    }
    long size = head.length;
    long elements = 1;
    for (int i = 0; i < dimensions; i++) {
      int length = buffer.getInt();
      elements = length < 0 || length > MAX_BYTES ? MAX_BYTES + 1 : elements * length;
      if (elements > MAX_BYTES) {
        throw new IdxFormatException(
            file,
            4 + 4L * i,
            "at most %d elements expected, got a length of %d"
                .formatted(MAX_BYTES, Integer.toUnsignedLong(length)));
      }
    }
    return size + elements;
  }

  private static byte[] readAll(Path file, InputStream in, byte[] head, long size)
      throws IOException {
    byte[] bytes = head;
    int read = head.length;
    while (true) {
      if (read == bytes.length) {
        int larger = (int) Math.min(size + 1, Math.max(PIECE, 2L * bytes.length));
        bytes = Arrays.copyOf(bytes, larger);
      }
      int count = in.read(bytes, read, bytes.length - read);
      if (count < 0) {
        break;
      }
      read += count;
      if (read > size) {
        throw new IdxFormatException(
            file, size, "the end of the file expected, as its header says, got more bytes");
      }
    }
    if (read < size) {
      throw new IdxFormatException(
          file,
          read,
          "%d bytes expected, as its header says, got the end of the file".formatted(size));
    }
    return Arrays.copyOf(bytes, read);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}

package legible.format;

import java.util.Arrays;

/// The first 64 bytes of a file.
///
/// @param kind what the file is
/// @param fileLength bytes of the whole file
/// @param descriptionLength bytes from the end of the header to the end of the table of tensors
record Header(FileKind kind, long fileLength, int descriptionLength) {
  static final int BYTES = 64;

  /// The format that this engine writes, and the only one so far that it reads.
  static final int VERSION = 1;

  /// As in PNG (ISO/IEC 15948, 5.2): a byte above 127 and both kinds of line ends show a transfer
  /// that took the file for text.
  private static final byte[] MAGIC = {(byte) 0x89, 'L', 'G', 'B', 'L', '\r', '\n', '\n'};

  /// Bytes of a signature between data and checksum: room for a later version.
  private static final int NO_SIGNATURE = 0;

  byte[] toBytes() {
    ByteWriter out = new ByteWriter();
    out.bytes(MAGIC);
    out.u32(VERSION);
    out.u32(kind.code());
    out.u64(fileLength);
    out.u32(descriptionLength);
    out.u32(NO_SIGNATURE);
    return Arrays.copyOf(out.toByteArray(), BYTES);
  }

  /// Reads and checks a header.
  ///
  /// @param start the first bytes of the file, at least the header if there is one
  /// @param actualLength bytes of the whole file
  /// @param expected what the caller wants
  static Header read(String source, byte[] start, long actualLength, FileKind expected)
      throws ModelFormatException {
    ByteReader in = new ByteReader(source, start, 0, Math.min(start.length, BYTES));
    if (actualLength == 0) {
      throw in.failure(0, "the file is empty");
    }
    int known = Math.min(MAGIC.length, start.length);
    int different = Arrays.mismatch(MAGIC, 0, known, start, 0, known);
    if (different >= 0) {
      throw in.failure(different, "this is no Legible file: it does not begin like one");
    }
    in.bytes("magic", MAGIC.length);
    version(in);
    kind(in, expected);
    int at = in.position();
    long length = in.u64("length of the file");
    if (length != actualLength) {
      throw in.failure(
          at,
          "a file of %s bytes expected, got %d%s"
              .formatted(
                  Long.toUnsignedString(length),
                  actualLength,
                  Long.compareUnsigned(length, actualLength) > 0 ? ": the end is missing" : ""));
    }
    if (actualLength > Limits.FILE_BYTES || actualLength < BYTES + Sha256.BYTES) {
      throw in.failure(
          at,
          "a file of %d..%d bytes expected, got %d"
              .formatted(BYTES + Sha256.BYTES, Limits.FILE_BYTES, actualLength));
    }
    long room = actualLength - BYTES - Sha256.BYTES;
    int description =
        in.u32("length of the description", 0, (int) Math.min(room, Limits.DESCRIPTION_BYTES));
    at = in.position();
    if (in.u32("length of the signature", 0, Integer.MAX_VALUE) != NO_SIGNATURE) {
      throw in.failure(at, "the file is signed; version %d knows no signatures".formatted(VERSION));
    }
    in.zeros("reserved bytes", BYTES);
    if (TensorTable.aligned((long) BYTES + description) > actualLength - Sha256.BYTES) {
      throw in.failure(at, "no room for the padding behind the description");
    }
    return new Header(expected, length, description);
  }

  private static void version(ByteReader in) throws ModelFormatException {
    int at = in.position();
    int version = in.u32("version", 0, Integer.MAX_VALUE);
    if (version > VERSION) {
      throw in.failure(
          at,
          "format version %d; Legible %s reads version %d only, a newer Legible is needed"
              .formatted(version, EngineVersion.TEXT, VERSION));
    }
    if (version < VERSION) {
      throw in.failure(at, "format version %d expected, got %d".formatted(VERSION, version));
    }
  }

  private static void kind(ByteReader in, FileKind expected) throws ModelFormatException {
    int at = in.position();
    int code = in.u32("kind of file", 0, Integer.MAX_VALUE);
    for (FileKind kind : FileKind.values()) {
      if (kind.code() == code && kind != expected) {
        throw in.failure(at, "a %s expected, got a %s".formatted(expected, kind));
      }
    }
    if (code != expected.code()) {
      throw in.failure(at, "a %s expected, got the unknown kind %d".formatted(expected, code));
    }
  }
}

package legible.format;

import java.util.Arrays;

/// The first 64 bytes of a file.
///
/// @param kind what the file is
/// @param fileLength bytes of the whole file
/// @param descriptionLength bytes from the end of the header to the end of the table of tensors
/// @param signatureLength bytes between data and checksum: 0 or those of a [ModelSignature]
record Header(FileKind kind, long fileLength, int descriptionLength, int signatureLength) {
  static final int BYTES = 64;

  /// Files without a signature: version 1 readers stay able to read them.
  private static final int UNSIGNED = 1;

  /// Models with one.
  private static final int SIGNED = 2;

  /// As in PNG (ISO/IEC 15948, 5.2): a byte above 127 and both kinds of line ends show a transfer
  /// that took the file for text.
  private static final byte[] MAGIC = {(byte) 0x89, 'L', 'G', 'B', 'L', '\r', '\n', '\n'};

  /// The header of a file without a signature.
  Header(FileKind kind, long fileLength, int descriptionLength) {
    this(kind, fileLength, descriptionLength, 0);
  }

  byte[] toBytes() {
    ByteWriter out = new ByteWriter();
    out.bytes(MAGIC);
    out.u32(signatureLength == 0 ? UNSIGNED : SIGNED);
    out.u32(kind.code());
    out.u64(fileLength);
    out.u32(descriptionLength);
    out.u32(signatureLength);
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
    int signature = version(in) == SIGNED ? ModelSignature.BYTES : 0;
    kind(in, expected, signature > 0);
    fileLength(in, actualLength, signature);
    long room = actualLength - BYTES - Sha256.BYTES - signature;
    int description =
        in.u32("length of the description", 0, (int) Math.min(room, Limits.DESCRIPTION_BYTES));
    int at = in.position();
    signatureLength(in, signature);
    in.zeros("reserved bytes", BYTES);
    if (TensorTable.aligned((long) BYTES + description) > actualLength - Sha256.BYTES - signature) {
      throw in.failure(at, "no room for the padding behind the description");
    }
    return new Header(expected, actualLength, description, signature);
  }

  private static void fileLength(ByteReader in, long actualLength, int signature)
      throws ModelFormatException {
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
    int least = BYTES + signature + Sha256.BYTES;
    if (actualLength > Limits.FILE_BYTES || actualLength < least) {
      throw in.failure(
          at,
          "a file of %d..%d bytes expected, got %d"
              .formatted(least, Limits.FILE_BYTES, actualLength));
    }
  }

  private static void signatureLength(ByteReader in, int expected) throws ModelFormatException {
    int at = in.position();
    int length = in.u32("length of the signature", 0, Integer.MAX_VALUE);
    if (length != expected) {
      throw in.failure(
          at,
          expected == 0
              ? "the file is signed; version %d knows no signatures".formatted(UNSIGNED)
              : "a signature of %d bytes expected in version %d, got %d"
                  .formatted(expected, SIGNED, length));
    }
  }

  private static int version(ByteReader in) throws ModelFormatException {
    int at = in.position();
    int version = in.u32("version", 0, Integer.MAX_VALUE);
    if (version > SIGNED) {
      throw in.failure(
          at,
          "format version %d; Legible %s reads versions %d and %d only, a newer Legible is needed"
              .formatted(version, EngineVersion.TEXT, UNSIGNED, SIGNED));
    }
    if (version < UNSIGNED) {
      throw in.failure(
          at, "format version %d or %d expected, got %d".formatted(UNSIGNED, SIGNED, version));
    }
    return version;
  }

  private static void kind(ByteReader in, FileKind expected, boolean signed)
      throws ModelFormatException {
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
    if (signed && expected != FileKind.MODEL) {
      throw in.failure(at, "only models are signed, got a %s of version 2".formatted(expected));
    }
  }
}

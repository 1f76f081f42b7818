package legible.format;

import java.io.IOException;

/// Thrown when bytes are not a model, a checkpoint or tensors that this engine reads.
///
/// It is checked, and an [IOException] as `ZipException` is: a damaged or foreign file is no
/// mistake of the programmer, every caller that reads a file has to have an answer to it, and for
/// most it is the same answer as for a file that cannot be read at all. The message is one line.
public final class ModelFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /// Longer reasons, which only hostile files have, are cut.
  private static final int LONGEST_REASON = 500;

  private final String source;
  private final long byteOffset;
  private final String reason;

  /// @param source the file's path, or another name of where the bytes came from
  /// @param byteOffset the byte at which the reader stopped, 0 for the first
  /// @param reason what was expected and what came
  public ModelFormatException(String source, long byteOffset, String reason) {
    this(source, byteOffset, reason, null);
  }

  ModelFormatException(String source, long byteOffset, String reason, Throwable cause) {
    super("%s: byte %d: %s".formatted(source, byteOffset, oneLine(reason)), cause);
    this.source = source;
    this.byteOffset = byteOffset;
    this.reason = oneLine(reason);
  }

  /// The file's path, or another name of where the bytes came from.
  public String source() {
    return source;
  }

  /// The byte at which the reader stopped, 0 for the first.
  public long byteOffset() {
    return byteOffset;
  }

  /// What was expected and what came, without the place.
  public String reason() {
    return reason;
  }

  /// Text of a hostile file may hold line breaks and terminal commands: neither shall reach a
  /// screen.
  private static String oneLine(String text) {
    String line = text.replaceAll("\\p{C}|\\p{Zl}|\\p{Zp}", "?");
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
  }
}

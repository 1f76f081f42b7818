package legible.digits.idx;

import java.io.IOException;
import java.nio.file.Path;

/// Thrown when a data file is not what it should be; the message names the file, the offset in the
/// uncompressed data, what was expected and what came.
public final class IdxFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  public IdxFormatException(Path file, long byteOffset, String reason) {
    super(file + ": at byte " + byteOffset + ": " + reason);
  }
}

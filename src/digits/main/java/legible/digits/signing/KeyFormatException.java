package legible.digits.signing;

import java.io.IOException;

/// Thrown when a file is not the key that was expected; the message names the file, what was
/// expected and what came.
public final class KeyFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  public KeyFormatException(String source, String reason) {
    super(source + ": " + reason);
  }
}

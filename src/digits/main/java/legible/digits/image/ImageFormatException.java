package legible.digits.image;

import java.io.IOException;

/// Thrown when a picture cannot be read or shows nothing that could be a digit; the message names
/// the file, what was expected and what came.
public final class ImageFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  public ImageFormatException(String source, String reason) {
    super(source + ": " + reason);
  }
}

package legible.digits.receipt;

import java.io.IOException;

/// Thrown when a file is no receipt; the message is one line and names the file, what was expected
/// and what came.
public final class ReceiptFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /// Longer reasons, which only hostile files have, are cut.
  private static final int LONGEST_REASON = 300;

  public ReceiptFormatException(String source, String reason) {
    super(source + ": " + oneLine(reason));
  }

  /// Text without line breaks and terminal commands, which a hostile file may hold.
  static String oneLine(String text) {
    String line = text.replaceAll("\\p{C}|\\p{Zl}|\\p{Zp}", "?");
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
  }
}

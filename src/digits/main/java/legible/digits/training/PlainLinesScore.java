package legible.digits.training;

import legible.digits.compose.PlainLines;
import legible.digits.image.GrayImage;
import legible.digits.image.ImageFormatException;
import legible.digits.numbers.NumberReader;
import legible.train.Evaluation;

/// How many plain lines a reader reads without any mistake.
public final class PlainLinesScore {
  private PlainLinesScore() {}

  /// The number of lines right, of the first `count`.
  ///
  /// @param progress is told after each line
  public static int of(
      NumberReader reader, PlainLines lines, int count, Evaluation.Progress progress) {
    int right = 0;
    for (int i = 0; i < count; i++) {
      right += read(reader, lines.picture(i)).equals(lines.text(i)) ? 1 : 0;
      progress.evaluated(i + 1, count);
    }
    return right;
  }

  /// A reader that sees nothing has read nothing.
  private static String read(NumberReader reader, GrayImage line) {
    try {
      return reader.read("line", line, false).text();
    } catch (ImageFormatException e) {
      return "";
    }
  }
}

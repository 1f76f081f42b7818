package legible.digits.training;

import java.util.stream.Collectors;
import legible.digits.compose.LinePictures;
import legible.digits.decision.ReadRates;
import legible.digits.image.GrayImage;
import legible.digits.image.ImageFormatException;
import legible.digits.numbers.NumberReader;
import legible.digits.numbers.NumberReading;
import legible.digits.numbers.ReadLine;
import legible.train.Evaluation;

/// What a reader reads right of composed lines, and how sure it is.
public final class LineRates {
  private LineRates() {}

  /// Every sign counts: a line without any mistake is right.
  ///
  /// @param progress is told after each line
  public static ReadRates ofTexts(
      NumberReader reader, LinePictures lines, int count, Evaluation.Progress progress) {
    return of(reader, lines, count, false, progress);
  }

  /// Digits count, as in a reader's confidence; points, dashes and the like do not.
  ///
  /// @param progress is told after each line
  public static ReadRates ofDigits(
      NumberReader reader, LinePictures lines, int count, Evaluation.Progress progress) {
    return of(reader, lines, count, true, progress);
  }

  private static ReadRates of(
      NumberReader reader,
      LinePictures lines,
      int count,
      boolean digitsOnly,
      Evaluation.Progress progress) {
    float[] confidences = new float[count];
    boolean[] right = new boolean[count];
    for (int i = 0; i < count; i++) {
      String text = lines.text(i);
      GrayImage picture = lines.picture(i);
      try {
        NumberReading reading = reader.read("line", picture, false);
        confidences[i] = reading.confidence();
        right[i] =
            digitsOnly
                ? digits(reading).equals(text.replaceAll("[^0-9]", ""))
                : reading.text().equals(text);
      } catch (ImageFormatException e) {
        // A reader that sees nothing has read nothing, and is not sure of it.
      }
      progress.evaluated(i + 1, count);
    }
    return ReadRates.of(confidences, right);
  }

  private static String digits(NumberReading reading) {
    return reading.lines().stream().map(ReadLine::digits).collect(Collectors.joining());
  }
}

package legible.digits.photos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import legible.digits.image.ImageFile;
import legible.digits.image.ImageFormatException;
import legible.digits.numbers.NumberReader;
import legible.digits.numbers.NumberReading;
import legible.digits.numbers.ReadLine;
import legible.train.Evaluation;

/// What a reader says to photographs of numbers. A picture in which it finds nothing is read as
/// nothing.
public final class NumberAnswers {
  private NumberAnswers() {}

  /// Reads each picture.
  ///
  /// @param progress is told after each picture
  /// @throws IOException if a file cannot be read
  public static List<PhotoScore.Answer> of(
      NumberReader reader, List<Photo> photos, Evaluation.Progress progress) throws IOException {
    List<PhotoScore.Answer> answers = new ArrayList<>();
    for (Photo photo : photos) {
      byte[] bytes = ImageFile.bytes(photo.file());
      try {
        NumberReading reading = reader.read(photo.file().toString(), bytes, false);
        String digits =
            reading.lines().stream().map(ReadLine::digits).collect(Collectors.joining());
        answers.add(new PhotoScore.Answer(photo, digits, reading.confidence()));
      } catch (ImageFormatException e) {
        answers.add(new PhotoScore.Answer(photo, "", 0));
      }
      progress.evaluated(answers.size(), photos.size());
    }
    return answers;
  }
}

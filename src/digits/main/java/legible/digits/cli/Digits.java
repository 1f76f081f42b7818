package legible.digits.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import legible.digits.decision.Calibration;
import legible.digits.finetune.ClassNames;
import legible.digits.idx.Mnist;
import legible.digits.image.DigitNormalizer;
import legible.digits.image.InputFrame;
import legible.digits.numbers.NumberReader;
import legible.format.ModelFile;
import legible.tensor.Shape;

/// What the commands ask of a model.
final class Digits {
  private static final Shape PICTURE = Shape.of(DigitNormalizer.SIZE, DigitNormalizer.SIZE, 1);

  private Digits() {}

  /// Checks that a model reads pictures of digits, and that its calibration is one.
  static void require(ModelFile model, Path file) throws IOException {
    ClassNames names = classes(model, file);
    if (!names.areDigits()) {
      throw new IOException(
          "%s: a model of the digits 0 to 9 expected, got one of %s"
              .formatted(file, names.names()));
    }
  }

  /// Checks that a model tells single signs of some classes apart, and that its calibration is one.
  ///
  /// @return the classes, the digits or those that it was fine-tuned for
  static ClassNames classes(ModelFile model, Path file) throws IOException {
    Shape input = model.architecture().input();
    Shape output = model.architecture().output();
    Optional<ClassNames> names = ClassNames.of(model);
    if (!InputFrame.fitsDigits(input) || output.rank() != 1 || names.isEmpty()) {
      throw new IOException(
          "%s: a model from pictures of at least %s to %d digits expected, got one from %s to %s"
              .formatted(file, PICTURE, Mnist.CLASSES, input, output));
    }
    requireCalibration(model, file);
    return names.get();
  }

  /// Checks that a model's input is a reduced picture as it is, without a frame.
  static void requireUnframed(ModelFile model, Path file) throws IOException {
    if (!model.architecture().input().equals(PICTURE)) {
      throw new IOException(
          "%s: a model from pictures %s expected for this, got one from %s"
              .formatted(file, PICTURE, model.architecture().input()));
    }
  }

  /// Checks that a model reads lines of writing.
  static void requireReader(ModelFile model, Path file) throws IOException {
    if (!NumberReader.reads(model)) {
      throw new IOException(
          "%s: a reader of lines expected, as 'legible train reader' makes it, got a model from %s to %s"
              .formatted(file, model.architecture().input(), model.architecture().output()));
    }
    requireCalibration(model, file);
  }

  private static void requireCalibration(ModelFile model, Path file) throws IOException {
    try {
      Calibration.of(model.metadata());
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }
}

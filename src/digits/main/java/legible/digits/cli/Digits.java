package legible.digits.cli;

import java.io.IOException;
import java.nio.file.Path;
import legible.digits.idx.Mnist;
import legible.digits.image.DigitNormalizer;
import legible.format.ModelFile;
import legible.tensor.Shape;

/// What the commands ask of a model.
final class Digits {
  private static final Shape PICTURE = Shape.of(DigitNormalizer.SIZE, DigitNormalizer.SIZE, 1);

  private Digits() {}

  /// Checks that a model reads pictures of digits.
  static void require(ModelFile model, Path file) throws IOException {
    Shape input = model.architecture().input();
    Shape output = model.architecture().output();
    if (!input.equals(PICTURE) || !output.equals(Shape.of(Mnist.CLASSES))) {
      throw new IOException(
          "%s: a model from pictures %s to %d digits expected, got one from %s to %s"
              .formatted(file, PICTURE, Mnist.CLASSES, input, output));
    }
  }
}

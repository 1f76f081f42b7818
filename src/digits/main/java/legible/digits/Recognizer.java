package legible.digits;

import java.util.List;
import legible.digits.image.DigitNormalizer;
import legible.digits.image.ImageFile;
import legible.digits.image.ImageFormatException;
import legible.digits.image.Step;
import legible.format.ModelFile;
import legible.infer.Predictor;
import legible.kernel.Kernels;
import legible.tensor.Shape;

/// Reads one digit in a picture: the one way from the bytes of a file to an answer.
///
/// Any number of threads may ask at the same time.
public final class Recognizer implements AutoCloseable {
  private final Predictor predictor;

  /// A reader with this model.
  ///
  /// @throws IllegalArgumentException if the model does not read 28 x 28 grey pixels
  public Recognizer(ModelFile model, Kernels kernels) {
    Shape expected = Shape.of(DigitNormalizer.SIZE, DigitNormalizer.SIZE, 1);
    if (!model.architecture().input().equals(expected)) {
      throw new IllegalArgumentException(
          "Recognizer: a model of pictures %s expected, got %s"
              .formatted(expected, model.architecture().input()));
    }
    this.predictor =
        Predictor.create(
            model.architecture(), model.weights(), kernels.set(), kernels.parallel().threads());
  }

  /// Decodes a picture, reduces it and reads it.
  ///
  /// @param source a name for messages
  /// @param picture the bytes of a PNG, JPEG, BMP or GIF file
  /// @throws ImageFormatException if it is no picture that can be read, or shows no ink
  public Reading read(String source, byte[] picture) throws ImageFormatException {
    List<Step> steps = DigitNormalizer.steps(source, ImageFile.decode(source, picture));
    return new Reading(steps, answer(steps.getLast().result().values()));
  }

  /// The answer to pixels that are reduced already.
  ///
  /// @param pixels 784 values in [0, 1], ink bright
  public Answer answer(float[] pixels) {
    float[] logits = predictor.logits(pixels, 1);
    return new Answer(logits, predictor.softmax(logits, 1));
  }

  /// Ends the threads.
  @Override
  public void close() {
    predictor.close();
  }
}

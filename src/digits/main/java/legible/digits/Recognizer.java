package legible.digits;

import legible.digits.image.DigitNormalizer;
import legible.format.ModelFile;
import legible.infer.Predictor;
import legible.kernel.Kernels;
import legible.tensor.Shape;

/// Reads one digit in a picture that [DigitNormalizer] reduced.
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

  /// The probability of each class.
  ///
  /// @param pixels 784 values in [0, 1], ink bright
  public float[] probabilities(float[] pixels) {
    return predictor.probabilities(pixels, 1);
  }

  /// Ends the threads.
  @Override
  public void close() {
    predictor.close();
  }
}

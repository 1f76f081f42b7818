package legible.digits;

import legible.autograd.Inference;
import legible.digits.image.DigitNormalizer;
import legible.format.ModelFile;
import legible.kernel.Kernels;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// Reads one digit in a picture that [DigitNormalizer] reduced.
///
/// One instance serves one thread at a time.
public final class Recognizer {
  private final ModelFile model;
  private final Workspace workspace;

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
    this.model = model;
    this.workspace = new Workspace(kernels);
  }

  /// The probability of each class.
  ///
  /// @param pixels 784 values in [0, 1], ink bright
  public float[] probabilities(float[] pixels) {
    try (Inference inference = new Inference(workspace, model.weights())) {
      Tensor image = Tensor.of(model.architecture().input().batchOf(1), pixels);
      Tensor logits = model.architecture().forward(inference, image);
      float[] probabilities = new float[logits.size()];
      workspace.kernels().softmax().softmax(1, logits.size(), logits.data(), probabilities);
      return probabilities;
    }
  }
}

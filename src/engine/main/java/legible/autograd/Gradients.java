package legible.autograd;

import java.util.Map;
import legible.tensor.Tensor;

/// The gradients of one step, valid until its tape is closed.
public final class Gradients {
  private final Map<Tensor, Tensor> byTensor;

  Gradients(Map<Tensor, Tensor> byTensor) {
    this.byTensor = byTensor;
  }

  /// Whether the loss depends on this tensor and a gradient was asked for.
  public boolean has(Tensor tensor) {
    return byTensor.containsKey(tensor);
  }

  /// The gradient with respect to a parameter's value or a watched tensor, shaped like it.
  ///
  /// @throws IllegalArgumentException if there is none
  public Tensor of(Tensor tensor) {
    Tensor gradient = byTensor.get(tensor);
    if (gradient == null) {
      throw new IllegalArgumentException(
          "Gradients: a trainable parameter or watched tensor that the loss depends on expected,"
              + " got "
              + tensor);
    }
    return gradient;
  }
}

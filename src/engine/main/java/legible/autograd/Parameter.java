package legible.autograd;

import legible.tensor.Tensor;

/// A named tensor of a model.
///
/// @param name unique within the model: the layer's name, a dot and the tensor's role in the layer,
///     such as `conv1.weight`
/// @param role what it is for
/// @param value its elements, changed in place by training
public record Parameter(String name, Role role, Tensor value) {
  /// Whether an optimizer may change it at all.
  public boolean isTrained() {
    return role != Role.STATISTIC;
  }
}

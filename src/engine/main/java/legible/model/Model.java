package legible.model;

import legible.autograd.Weights;

/// A network with its weights.
///
/// @param architecture the layers
/// @param weights the values of their parameters
public record Model(Architecture architecture, Weights weights) {
  /// A new model with weights drawn from the seed.
  public static Model create(Architecture architecture, long seed) {
    return new Model(architecture, architecture.initialize(seed));
  }

  /// The layers as a table, as Keras prints it.
  public String summary() {
    return Summary.of(architecture);
  }
}

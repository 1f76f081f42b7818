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

  /// The same network with a new head for another number of classes, drawn from the seed; all other
  /// weights are copied.
  ///
  /// @throws IllegalArgumentException if the last layer is not dense
  public Model withNewHead(int classes, long seed) {
    Architecture changed = architecture.withClasses(classes);
    String head = changed.head().name() + ".";
    return new Model(
        changed,
        changed.weights(
            d ->
                d.name().startsWith(head)
                    ? changed.draw(d, seed)
                    : weights.get(d.name()).value().copy()));
  }

  /// The layers as a table, as Keras prints it.
  public String summary() {
    return Summary.of(architecture);
  }
}

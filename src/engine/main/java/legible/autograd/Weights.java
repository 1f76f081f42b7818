package legible.autograd;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import legible.tensor.Tensor;

/// All named tensors of a model, in the order of its layers. The architecture is elsewhere and
/// immutable; this is what training changes and a model file stores.
public final class Weights {
  private final Map<String, Parameter> byName = new LinkedHashMap<>();

  /// Weights over these parameters, in this order.
  ///
  /// @throws IllegalArgumentException if two parameters have one name
  public Weights(List<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      if (byName.put(parameter.name(), parameter) != null) {
        throw new IllegalArgumentException(
            "Weights: unique names expected, got '" + parameter.name() + "' twice");
      }
    }
  }

  /// The parameter of this name.
  ///
  /// @throws IllegalArgumentException if there is none
  public Parameter get(String name) {
    Parameter parameter = byName.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(
          "Weights: one of %s expected, got '%s'".formatted(byName.keySet(), name));
    }
    return parameter;
  }

  /// All parameters in the order of the layers, unmodifiable.
  public Collection<Parameter> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /// The parameters that an optimizer changes, in the order of the layers.
  public List<Parameter> trained() {
    return byName.values().stream().filter(Parameter::isTrained).toList();
  }

  /// The same names and roles over other tensors, for example a copy for a moving average.
  public Weights map(Function<Parameter, Tensor> value) {
    return new Weights(
        byName.values().stream()
            .map(p -> new Parameter(p.name(), p.role(), value.apply(p)))
            .toList());
  }

  /// An independent copy.
  public Weights copy() {
    return map(p -> p.value().copy());
  }

  /// Copies every element from weights of the same names and shapes.
  public void set(Weights other) {
    for (Parameter parameter : byName.values()) {
      Tensor source = other.get(parameter.name()).value();
      System.arraycopy(source.data(), 0, parameter.value().data(), 0, parameter.value().size());
    }
  }

  /// The number of elements that an optimizer changes.
  public long trainedCount() {
    return trained().stream().mapToLong(p -> p.value().size()).sum();
  }
}

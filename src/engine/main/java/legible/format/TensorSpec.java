package legible.format;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import legible.autograd.Parameter;
import legible.autograd.Role;
import legible.nn.Declaration;
import legible.tensor.Shape;

/// A tensor before it has elements, as an architecture asks for it or a file announces it.
record TensorSpec(String name, Role role, Shape shape) {
  /// Where two lists part.
  ///
  /// @param index into the list that was got; its size if something is missing there
  record Difference(int index, String reason) {}

  static TensorSpec of(Declaration declaration) {
    return new TensorSpec(declaration.name(), declaration.role(), declaration.shape());
  }

  static TensorSpec of(Parameter parameter) {
    return new TensorSpec(parameter.name(), parameter.role(), parameter.value().shape());
  }

  /// The first difference between the tensors that an architecture needs and those at hand; names
  /// that are too many or missing are told before an order that is wrong because of them.
  static Optional<Difference> difference(List<TensorSpec> expected, List<TensorSpec> got) {
    Map<String, TensorSpec> wanted = new HashMap<>();
    expected.forEach(spec -> wanted.put(spec.name(), spec));
    Map<String, TensorSpec> present = new HashMap<>();
    for (int i = 0; i < got.size(); i++) {
      String name = got.get(i).name();
      if (!wanted.containsKey(name)) {
        return different(i, "tensor '%s' is unknown to the architecture".formatted(name));
      }
      if (present.put(name, got.get(i)) != null) {
        return different(i, "tensor '%s' comes twice".formatted(name));
      }
    }
    for (TensorSpec spec : expected) {
      if (!present.containsKey(spec.name())) {
        return different(
            got.size(), "tensor '%s' %s is missing".formatted(spec.name(), spec.shape()));
      }
    }
    for (int i = 0; i < expected.size(); i++) {
      TensorSpec a = expected.get(i);
      TensorSpec b = got.get(i);
      if (!a.name().equals(b.name())) {
        return different(i, "tensor '%s' expected here, got '%s'".formatted(a.name(), b.name()));
      }
      if (!a.shape().equals(b.shape())) {
        return different(
            i, "tensor '%s': shape %s expected, got %s".formatted(a.name(), a.shape(), b.shape()));
      }
      if (a.role() != b.role()) {
        return different(
            i, "tensor '%s': role %s expected, got %s".formatted(a.name(), a.role(), b.role()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Difference> different(int index, String reason) {
    return Optional.of(new Difference(index, reason));
  }
}

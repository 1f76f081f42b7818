package legible.digits.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import legible.autograd.Parameter;
import legible.autograd.Weights;
import legible.format.ModelFile;
import legible.nn.LayerConfig;

/// Two models side by side: layers, provenance, tensors.
///
/// @param architecture the layers by their path, in the order of the network
/// @param provenance the metadata by name, and the key of the signature
/// @param tensors those that both have in the same shape, in the order of the network
/// @param otherTensors shapes of those that only one has, or both in different shapes
public record ModelComparison(
    List<Line> architecture,
    List<Line> provenance,
    List<TensorComparison> tensors,
    List<Line> otherTensors) {
  public ModelComparison {
    architecture = List.copyOf(architecture);
    provenance = List.copyOf(provenance);
    tensors = List.copyOf(tensors);
    otherTensors = List.copyOf(otherTensors);
  }

  /// Something that both models may have.
  ///
  /// @param name of it
  /// @param a what the first model has
  /// @param b what the second one has
  public record Line(String name, Optional<String> a, Optional<String> b) {
    /// Whether both have it, and the same.
    public boolean isEqual() {
      return a.equals(b);
    }
  }

  /// Compares two models.
  public static ModelComparison of(ModelFile a, ModelFile b) {
    List<TensorComparison> tensors = new ArrayList<>();
    SequencedMap<String, String> othersA = new LinkedHashMap<>();
    SequencedMap<String, String> othersB = new LinkedHashMap<>();
    Map<String, Parameter> tensorsB = byName(b.weights());
    for (Parameter tensor : a.weights().all()) {
      Parameter other = tensorsB.get(tensor.name());
      if (other != null && other.value().shape().equals(tensor.value().shape())) {
        tensors.add(TensorComparison.of(tensor, other));
        tensorsB.remove(tensor.name());
      } else {
        othersA.put(tensor.name(), tensor.value().shape().toString());
      }
    }
    tensorsB.values().forEach(t -> othersB.put(t.name(), t.value().shape().toString()));
    return new ModelComparison(
        architecture(a, b), lines(provenance(a), provenance(b)), tensors, lines(othersA, othersB));
  }

  private static Map<String, Parameter> byName(Weights weights) {
    Map<String, Parameter> byName = new LinkedHashMap<>();
    weights.all().forEach(tensor -> byName.put(tensor.name(), tensor));
    return byName;
  }

  /// The union in the first one's order, then what only the second one has.
  private static List<Line> lines(Map<String, String> a, Map<String, String> b) {
    SequencedMap<String, String> all = new LinkedHashMap<>(a);
    b.forEach(all::putIfAbsent);
    return all.keySet().stream()
        .map(
            name ->
                new Line(name, Optional.ofNullable(a.get(name)), Optional.ofNullable(b.get(name))))
        .toList();
  }

  private static SequencedMap<String, String> layers(ModelFile model) {
    SequencedMap<String, String> layers = new LinkedHashMap<>();
    layers.put("(input)", model.architecture().input().toString());
    layers.put("(name)", model.architecture().name());
    model.architecture().body().config().children().forEach(child -> add(layers, "", child));
    return layers;
  }

  private static void add(Map<String, String> layers, String path, LayerConfig layer) {
    String name = path + layer.name();
    String unique = name;
    for (int i = 2; layers.containsKey(unique); i++) {
      unique = name + "#" + i;
    }
    String settings = layer.sortedSettings().toString().replaceAll("[{},]", "");
    layers.put(unique, (layer.kind() + " " + settings).strip());
    layer.children().forEach(child -> add(layers, name + "/", child));
  }

  /// Layers by name, and the order of those that both have: an exchange of two is a difference.
  private static List<Line> architecture(ModelFile a, ModelFile b) {
    SequencedMap<String, String> layersA = layers(a);
    SequencedMap<String, String> layersB = layers(b);
    List<String> orderA = new ArrayList<>(layersA.keySet());
    orderA.retainAll(layersB.keySet());
    List<String> orderB = new ArrayList<>(layersB.keySet());
    orderB.retainAll(layersA.keySet());
    layersA.put("(order)", String.join(" ", orderA));
    layersB.put("(order)", String.join(" ", orderB));
    return lines(layersA, layersB);
  }

  private static SequencedMap<String, String> provenance(ModelFile model) {
    SequencedMap<String, String> provenance = new LinkedHashMap<>(model.metadata());
    provenance.put(
        "(signature)",
        model
            .signature()
            .map(s -> "key " + s.fingerprint() + ", signature " + s.signature())
            .orElse("none"));
    return provenance;
  }

  /// Whether both models are the same to the last bit.
  public boolean isIdentical() {
    return architecture.stream().allMatch(Line::isEqual)
        && provenance.stream().allMatch(Line::isEqual)
        && weightsAreIdentical();
  }

  /// Whether the weights are, wherever they come from.
  public boolean weightsAreIdentical() {
    return otherTensors.isEmpty() && tensors.stream().allMatch(t -> t.different() == 0);
  }
}

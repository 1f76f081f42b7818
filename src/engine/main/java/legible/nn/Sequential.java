package legible.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import legible.autograd.Pass;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// Layers one after the other: the output of each is the input of the next.
///
/// @param name the layer's name
/// @param layers in the order of computation; none at all is the identity
public record Sequential(String name, List<Layer> layers) implements Layer {
  static final String KIND = "sequential";

  public Sequential {
    layers = List.copyOf(layers);
  }

  public Sequential(String name, Layer... layers) {
    this(name, List.of(layers));
  }

  static Sequential of(LayerConfig config) {
    return new Sequential(config.name(), config.children().stream().map(Layers::of).toList());
  }

  @Override
  public Shape outputShape(Shape x) {
    Shape shape = x;
    for (Layer layer : layers) {
      shape = layer.outputShape(shape);
    }
    return shape;
  }

  @Override
  public List<Declaration> declare(Shape x) {
    return inside(x).flatMap(p -> p.layer().declare(p.input()).stream()).toList();
  }

  /// Returns the tensors between the layers, unless their arrays are still in use as x or as a view.
  @Override
  public Tensor forward(Pass pass, Tensor x) {
    Tensor y = x;
    for (Layer layer : layers) {
      Tensor input = y;
      pass.enter(layer.name());
      y = layer.forward(pass, input);
      if (!input.sharesArrayWith(x) && !input.sharesArrayWith(y)) {
        pass.done(input);
      }
    }
    return y;
  }

  @Override
  public Stream<Placed> inside(Shape x) {
    List<Placed> placed = new ArrayList<>();
    Shape shape = x;
    for (Layer layer : layers) {
      placed.add(new Placed(layer, shape));
      shape = layer.outputShape(shape);
    }
    return placed.stream();
  }

  /// The layers with those of sequences inside of this one in their sequences' places: the same
  /// computation as one plain row.
  public List<Layer> row() {
    return layers.stream()
        .flatMap(l -> l instanceof Sequential inner ? inner.row().stream() : Stream.of(l))
        .toList();
  }

  /// The same layers but for the last one of the [#row].
  ///
  /// @throws IllegalArgumentException if there is no layer
  public Sequential withLast(Layer last) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("layer '%s': at least one layer expected".formatted(name));
    }
    List<Layer> changed = new ArrayList<>(layers);
    Layer old = changed.removeLast();
    changed.add(old instanceof Sequential inner ? inner.withLast(last) : last);
    return new Sequential(name, changed);
  }

  @Override
  public LayerConfig config() {
    return new LayerConfig(KIND, name, Map.of(), layers.stream().map(Layer::config).toList());
  }
}

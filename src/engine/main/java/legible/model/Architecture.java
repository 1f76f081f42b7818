package legible.model;

import java.util.List;
import java.util.function.Function;
import legible.autograd.Parameter;
import legible.autograd.Pass;
import legible.autograd.Weights;
import legible.nn.Declaration;
import legible.nn.DenseLayer;
import legible.nn.Layer;
import legible.nn.Sequential;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// A network without its weights: immutable data.
///
/// @param name the network's name, such as `cnn`
/// @param input the shape of one sample, without the batch axis
/// @param body the layers
public record Architecture(String name, Shape input, Sequential body) {
  /// Every parameter that the network needs, in the order of the layers.
  ///
  /// @throws legible.tensor.ShapeException if the layers do not fit together
  public List<Declaration> declarations() {
    return body.declare(input.batchOf(1));
  }

  /// The shape of one sample's output, without the batch axis.
  public Shape output() {
    return body.outputShape(input.batchOf(1)).withoutFirst();
  }

  /// New weights, drawn from the seed: each parameter from a stream of its own name.
  public Weights initialize(long seed) {
    return weights(d -> draw(d, seed));
  }

  /// One new parameter, the one that [#initialize] would draw.
  Tensor draw(Declaration declaration, long seed) {
    CounterRandom random = new CounterRandom(seed).split("initialize").split(declaration.name());
    return declaration.initializer().create(declaration.shape(), random);
  }

  /// The network's first layers, counted along the [Sequential#row].
  public Architecture first(int layers) {
    return part(input, body.row().subList(0, layers));
  }

  /// The network without its first layers; what those give is its input.
  public Architecture without(int layers) {
    List<Layer> row = body.row();
    return part(first(layers).output(), row.subList(layers, row.size()));
  }

  private Architecture part(Shape from, List<Layer> layers) {
    return new Architecture(name, from, new Sequential(body.name(), layers));
  }

  /// The layer that gives a logit for each class: the last one.
  ///
  /// @throws IllegalArgumentException if the last layer is not dense
  public DenseLayer head() {
    List<Layer> row = body.row();
    if (row.isEmpty() || !(row.getLast() instanceof DenseLayer head)) {
      throw new IllegalArgumentException(
          "network '%s': a dense layer expected at the end, got %s"
              .formatted(name, row.isEmpty() ? "no layer" : "'" + row.getLast().name() + "'"));
    }
    return head;
  }

  /// The same network for another number of classes.
  ///
  /// @throws IllegalArgumentException if the last layer is not dense
  public Architecture withClasses(int classes) {
    DenseLayer head = head();
    return new Architecture(
        name,
        input,
        body.withLast(new DenseLayer(head.name(), classes, head.activation(), head.initializer())));
  }

  /// Weights whose tensors come from elsewhere, for example a file.
  public Weights weights(Function<Declaration, Tensor> source) {
    return new Weights(
        declarations().stream()
            .map(d -> new Parameter(d.name(), d.role(), source.apply(d)))
            .toList());
  }

  /// Walks through the layers.
  ///
  /// @param x a batch, `[N, input...]`
  public Tensor forward(Pass pass, Tensor x) {
    return body.forward(pass, x);
  }
}

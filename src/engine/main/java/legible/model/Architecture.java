package legible.model;

import java.util.List;
import java.util.function.Function;
import legible.autograd.Parameter;
import legible.autograd.Pass;
import legible.autograd.Weights;
import legible.nn.Declaration;
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
    CounterRandom random = new CounterRandom(seed).split("initialize");
    return weights(d -> d.initializer().create(d.shape(), random.split(d.name())));
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

package legible.nn;

import java.util.List;
import java.util.stream.Stream;
import legible.autograd.Pass;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// A building block of a model: operations, and the names and shapes of the parameters they need.
///
/// Layers are immutable records of settings. The parameters' elements live in
/// [legible.autograd.Weights], so one architecture serves a model, its moving average and its
/// checkpoints alike, and the whole of it can be checked before anything is allocated.
public sealed interface Layer
    permits AveragePoolLayer,
        BatchNormLayer,
        ConvLayer,
        DenseLayer,
        DropoutLayer,
        FlattenLayer,
        GlobalAveragePoolLayer,
        MaxPoolLayer,
        ReluLayer,
        ResidualBlock,
        Sequential {

  /// Unique within the model; parameters are named after it.
  String name();

  /// The shape of the output for inputs of this shape, batch axis included.
  ///
  /// @throws legible.tensor.ShapeException if the layer cannot take such inputs
  Shape outputShape(Shape x);

  /// The parameters that the layer needs for inputs of this shape.
  default List<Declaration> declare(Shape x) {
    return List.of();
  }

  /// Computes the layer's output within a walk through the model.
  Tensor forward(Pass pass, Tensor x);

  /// The layers inside of this one, with the shapes of their inputs, in the order of computation.
  default Stream<Placed> inside(Shape x) {
    return Stream.empty();
  }

  /// This layer as data; [Layers#of] is the way back.
  LayerConfig config();

  /// A layer at its place in a model.
  ///
  /// @param layer the layer
  /// @param input the shape of its input
  record Placed(Layer layer, Shape input) {}
}

package legible.nn;

import java.util.List;
import legible.autograd.Pass;
import legible.autograd.Role;
import legible.kernel.Activation;
import legible.op.Dense;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;

/// A fully connected layer: [Dense] with its weight and bias.
///
/// Shapes: x `[N,I]`, y `[N,units]`. Parameters: `weight [I,units]`, `bias [units]`.
///
/// @param name the layer's name
/// @param units outputs, >= 1
/// @param activation applied to each output
/// @param initializer of the weight; the bias starts at zero
public record DenseLayer(String name, int units, Activation activation, Initializer initializer)
    implements Layer {
  static final String KIND = "dense";

  public DenseLayer {
    Layers.check(name, "units", units);
  }

  /// With the initializer that fits the activation.
  public DenseLayer(String name, int units, Activation activation) {
    this(name, units, activation, Layers.initializerFor(activation));
  }

  static DenseLayer of(LayerConfig config) {
    return new DenseLayer(
        config.name(),
        config.integer("units", 1, Layers.MAX_CHANNELS),
        config.activation(),
        config.constant(Initializer.class, "initializer"));
  }

  @Override
  public Shape outputShape(Shape x) {
    if (x.rank() != 2) {
      throw new ShapeException("layer '%s': input [N,I] expected, got %s".formatted(name, x));
    }
    return Shape.of(x.dimension(0), units);
  }

  @Override
  public List<Declaration> declare(Shape x) {
    outputShape(x);
    return List.of(
        new Declaration(
            name + ".weight", Role.WEIGHT, Shape.of(x.dimension(1), units), initializer),
        new Declaration(name + ".bias", Role.BIAS, Shape.of(units), Initializer.ZEROS));
  }

  @Override
  public Tensor forward(Pass pass, Tensor x) {
    Tensor weight = pass.parameter(name + ".weight");
    Tensor bias = pass.parameter(name + ".bias");
    return pass.apply(new Dense(activation), x, weight, bias).y();
  }

  @Override
  public LayerConfig config() {
    return LayerConfig.of(
        KIND, name, "units", units, "activation", activation, "initializer", initializer);
  }
}

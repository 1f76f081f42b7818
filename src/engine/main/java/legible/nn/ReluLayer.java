package legible.nn;

import legible.autograd.Pass;
import legible.op.Relu;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// The rectifier as a layer of its own, see [Relu]; most layers can do it themselves.
///
/// Shapes: x and y alike. No parameters.
///
/// @param name the layer's name
public record ReluLayer(String name) implements Layer {
  static final String KIND = "relu";

  static ReluLayer of(LayerConfig config) {
    return new ReluLayer(config.name());
  }

  @Override
  public Shape outputShape(Shape x) {
    return x;
  }

  @Override
  public Tensor forward(Pass pass, Tensor x) {
    return pass.apply(new Relu(), x).y();
  }

  @Override
  public LayerConfig config() {
    return LayerConfig.of(KIND, name);
  }
}

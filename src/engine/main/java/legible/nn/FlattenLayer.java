package legible.nn;

import legible.autograd.Pass;
import legible.op.Reshape;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// Makes one vector of each sample, in row-major order.
///
/// Shapes: x `[N,...]`, y `[N,I]`. No parameters.
///
/// @param name the layer's name
public record FlattenLayer(String name) implements Layer {
  static final String KIND = "flatten";

  static FlattenLayer of(LayerConfig config) {
    return new FlattenLayer(config.name());
  }

  @Override
  public Shape outputShape(Shape x) {
    return Shape.of(x.dimension(0), x.withoutFirst().size());
  }

  @Override
  public Tensor forward(Pass pass, Tensor x) {
    return pass.apply(new Reshape(Shape.of(x.shape().withoutFirst().size())), x).y();
  }

  @Override
  public LayerConfig config() {
    return LayerConfig.of(KIND, name);
  }
}

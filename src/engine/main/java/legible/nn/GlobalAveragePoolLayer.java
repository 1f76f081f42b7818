package legible.nn;

import java.util.List;
import legible.autograd.Pass;
import legible.op.GlobalAveragePool;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// The mean of each channel over the whole image, see [GlobalAveragePool].
///
/// Shapes: x `[N,H,W,C]`, y `[N,C]`. No parameters.
///
/// @param name the layer's name
public record GlobalAveragePoolLayer(String name) implements Layer {
  static final String KIND = "global-average-pool";

  static GlobalAveragePoolLayer of(LayerConfig config) {
    return new GlobalAveragePoolLayer(config.name());
  }

  @Override
  public Shape outputShape(Shape x) {
    return new GlobalAveragePool().outputShape(List.of(x));
  }

  @Override
  public Tensor forward(Pass pass, Tensor x) {
    return pass.apply(new GlobalAveragePool(), x).y();
  }

  @Override
  public LayerConfig config() {
    return LayerConfig.of(KIND, name);
  }
}

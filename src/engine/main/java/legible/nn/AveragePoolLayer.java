package legible.nn;

import java.util.List;
import legible.autograd.Pass;
import legible.op.AveragePool2d;
import legible.op.Padding;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// A pooling layer: the mean of each window, see [AveragePool2d].
///
/// Shapes: x `[N,H,W,C]`, y `[N,outH,outW,C]`. No parameters.
///
/// @param name the layer's name
/// @param size rows and columns of the window, >= 1
/// @param stride step of the window in pixels, >= 1
/// @param padding pixels around the image that take no part
public record AveragePoolLayer(String name, int size, int stride, Padding padding)
    implements Layer {
  static final String KIND = "average-pool2d";

  public AveragePoolLayer {
    Layers.check(name, "size", size);
    Layers.check(name, "stride", stride);
  }

  /// Windows side by side: the stride is the size, without padding.
  public AveragePoolLayer(String name, int size) {
    this(name, size, size, Padding.VALID);
  }

  static AveragePoolLayer of(LayerConfig config) {
    return new AveragePoolLayer(
        config.name(),
        config.integer("size", 1, Layers.MAX_WINDOW),
        config.integer("stride", 1, Layers.MAX_WINDOW),
        Padding.parse(config.text("padding")));
  }

  @Override
  public Shape outputShape(Shape x) {
    return operation().outputShape(List.of(x));
  }

  @Override
  public Tensor forward(Pass pass, Tensor x) {
    return pass.apply(operation(), x).y();
  }

  @Override
  public LayerConfig config() {
    return LayerConfig.of(KIND, name, "size", size, "stride", stride, "padding", padding);
  }

  private AveragePool2d operation() {
    return new AveragePool2d(size, stride, padding);
  }
}

package legible.nn;

import legible.autograd.Inference;
import legible.autograd.Pass;
import legible.autograd.Tape;
import legible.autograd.Trace;
import legible.op.Dropout;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// Dropout in training, nothing in inference; see [Dropout].
///
/// Shapes: x and y alike. No parameters.
///
/// @param name the layer's name
/// @param rate share of zeros, in [0, 1)
public record DropoutLayer(String name, float rate) implements Layer {
  static final String KIND = "dropout";

  public DropoutLayer {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "layer '%s': rate expected in [0, 1), got %s".formatted(name, rate));
    }
  }

  static DropoutLayer of(LayerConfig config) {
    return new DropoutLayer(config.name(), config.real("rate"));
  }

  @Override
  public Shape outputShape(Shape x) {
    return x;
  }

  @Override
  public Tensor forward(Pass pass, Tensor x) {
    return switch (pass) {
      case Tape tape -> tape.apply(new Dropout(rate, tape.nextKey()), x).y();
      case Inference inference -> x;
      case Trace trace -> x;
    };
  }

  @Override
  public LayerConfig config() {
    return LayerConfig.of(KIND, name, "rate", rate);
  }
}

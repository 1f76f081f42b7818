package legible.nn;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import legible.autograd.Pass;
import legible.kernel.Activation;
import legible.op.Add;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// A block that learns what to add to its input: `y = f(body(x) + shortcut(x))`.
///
/// Shapes: body and shortcut give the same shape; a shortcut without layers is the identity.
///
/// Source: He et al. 2016, "Deep residual learning for image recognition", equations 1 and 2.
///
/// @param name the layer's name
/// @param body the residual function
/// @param shortcut the identity, or a projection where the shape changes
/// @param activation applied to the sum
public record ResidualBlock(
    String name, Sequential body, Sequential shortcut, Activation activation) implements Layer {
  static final String KIND = "residual";

  static ResidualBlock of(LayerConfig config) {
    List<LayerConfig> children = config.children();
    if (children.size() != 2) {
      throw new IllegalArgumentException(
          "layer '%s' (%s): 2 children, body and shortcut, expected, got %d"
              .formatted(config.name(), KIND, children.size()));
    }
    return new ResidualBlock(
        config.name(),
        Sequential.of(children.get(0)),
        Sequential.of(children.get(1)),
        config.activation());
  }

  @Override
  public Shape outputShape(Shape x) {
    return new Add(activation).outputShape(List.of(body.outputShape(x), shortcut.outputShape(x)));
  }

  @Override
  public List<Declaration> declare(Shape x) {
    return inside(x).flatMap(p -> p.layer().declare(p.input()).stream()).toList();
  }

  @Override
  public Tensor forward(Pass pass, Tensor x) {
    Tensor residual = body.forward(pass, x);
    Tensor kept = shortcut.forward(pass, x);
    pass.enter(name);
    Tensor y = pass.apply(new Add(activation), residual, kept).y();
    for (Tensor used : List.of(residual, kept)) {
      if (!used.sharesArrayWith(x)) {
        pass.done(used);
      }
    }
    return y;
  }

  @Override
  public Stream<Placed> inside(Shape x) {
    return Stream.of(new Placed(body, x), new Placed(shortcut, x));
  }

  @Override
  public LayerConfig config() {
    return new LayerConfig(
        KIND,
        name,
        Map.of("activation", Layers.lowerCase(activation)),
        List.of(body.config(), shortcut.config()));
  }
}

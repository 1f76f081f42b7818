package legible.nn;

import java.util.ArrayList;
import java.util.List;
import legible.autograd.Pass;
import legible.autograd.Role;
import legible.kernel.Activation;
import legible.op.Conv2d;
import legible.op.Padding;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;

/// A convolution layer: [Conv2d] with its weight and, if wanted, its bias.
///
/// Shapes: x `[N,H,W,C]`, y `[N,outH,outW,filters]`. Parameters: `weight [kernel,kernel,C,filters]`,
/// `bias [filters]`.
///
/// @param name the layer's name
/// @param filters output channels, >= 1
/// @param kernel rows and columns of the window, >= 1
/// @param stride step of the window in pixels, >= 1
/// @param padding zero pixels around the image
/// @param bias whether there is a bias; a batch normalisation behind the layer makes it useless
/// @param activation applied to each output
/// @param initializer of the weight; the bias starts at zero
public record ConvLayer(
    String name,
    int filters,
    int kernel,
    int stride,
    Padding padding,
    boolean bias,
    Activation activation,
    Initializer initializer)
    implements Layer {
  static final String KIND = "conv2d";

  public ConvLayer {
    Layers.check(name, "filters", filters);
    Layers.check(name, "kernel", kernel);
    Layers.check(name, "stride", stride);
  }

  /// A convolution with bias and stride 1, with the initializer that fits the activation.
  public ConvLayer(String name, int filters, int kernel, Padding padding, Activation activation) {
    this(name, filters, kernel, 1, padding, true, activation, Layers.initializerFor(activation));
  }

  static ConvLayer of(LayerConfig config) {
    return new ConvLayer(
        config.name(),
        config.integer("filters", 1, Layers.MAX_CHANNELS),
        config.integer("kernel", 1, Layers.MAX_WINDOW),
        config.integer("stride", 1, Layers.MAX_WINDOW),
        Padding.parse(config.text("padding")),
        config.flag("bias"),
        config.activation(),
        config.constant(Initializer.class, "initializer"));
  }

  @Override
  public Shape outputShape(Shape x) {
    return operation().outputShape(List.of(x, weightShape(x), Shape.of(filters)));
  }

  @Override
  public List<Declaration> declare(Shape x) {
    List<Declaration> declarations = new ArrayList<>();
    declarations.add(new Declaration(name + ".weight", Role.WEIGHT, weightShape(x), initializer));
    if (bias) {
      declarations.add(
          new Declaration(name + ".bias", Role.BIAS, Shape.of(filters), Initializer.ZEROS));
    }
    return declarations;
  }

  @Override
  public Tensor forward(Pass pass, Tensor x) {
    Tensor weight = pass.parameter(name + ".weight");
    Tensor start =
        bias ? pass.parameter(name + ".bias") : pass.workspace().zeros(Shape.of(filters));
    return pass.apply(operation(), x, weight, start).y();
  }

  @Override
  public LayerConfig config() {
    return LayerConfig.of(
        KIND,
        name,
        "filters",
        filters,
        "kernel",
        kernel,
        "stride",
        stride,
        "padding",
        padding,
        "bias",
        bias,
        "activation",
        activation,
        "initializer",
        initializer);
  }

  private Conv2d operation() {
    return new Conv2d(stride, padding, activation);
  }

  private Shape weightShape(Shape x) {
    if (x.rank() != 4) {
      throw new ShapeException("layer '%s': input [N,H,W,C] expected, got %s".formatted(name, x));
    }
    return Shape.of(kernel, kernel, x.dimension(3), filters);
  }
}

package legible.model;

import legible.kernel.Activation;
import legible.nn.BatchNormLayer;
import legible.nn.ConvLayer;
import legible.nn.Initializer;
import legible.nn.ResidualBlock;
import legible.nn.Sequential;
import legible.op.Padding;

/// The bottleneck block of residual networks.
///
/// ```
///  y = ReLU(x + 1x1, 4·filters (3x3, filters (1x1, filters (x))))
/// ```
///
/// Each convolution is without bias and followed by a batch normalisation, the first two also by a
/// ReLU. The last normalisation begins with the scale 0, so that the whole block begins as its
/// shortcut (Goyal et al. 2017, section 5.1). The stride is in the 3x3 convolution, not in the first
/// 1x1: "version 1.5", as torchvision has it.
///
/// Source: He, Zhang, Ren & Sun 2016, "Deep residual learning for image recognition", figure 5.
final class Bottleneck {
  /// A block gives this many times the filters of its 3x3 convolution.
  private static final int EXPANSION = 4;

  private Bottleneck() {}

  /// @param name the block's name, a prefix of its layers'
  /// @param filters of the 3x3 convolution
  /// @param stride of the 3x3 convolution
  /// @param projects whether the shortcut is a 1x1 convolution instead of x itself
  static ResidualBlock block(String name, int filters, int stride, boolean projects) {
    Sequential body =
        new Sequential(
            name + ".body",
            convolution(name + ".conv1", filters, 1, 1),
            new BatchNormLayer(name + ".norm1", Activation.RELU),
            convolution(name + ".conv2", filters, 3, stride),
            new BatchNormLayer(name + ".norm2", Activation.RELU),
            convolution(name + ".conv3", EXPANSION * filters, 1, 1),
            BatchNormLayer.startingAtZero(name + ".norm3", Activation.NONE));
    Sequential shortcut =
        projects
            ? new Sequential(
                name + ".shortcut",
                convolution(name + ".shortcut.conv", EXPANSION * filters, 1, stride),
                new BatchNormLayer(name + ".shortcut.norm", Activation.NONE))
            : new Sequential(name + ".shortcut");
    return new ResidualBlock(name, body, shortcut, Activation.RELU);
  }

  /// A convolution without bias whose padding keeps the image's size, but for the stride.
  static ConvLayer convolution(String name, int filters, int kernel, int stride) {
    Padding padding = Padding.pixels(kernel / 2);
    return new ConvLayer(
        name, filters, kernel, stride, padding, false, Activation.NONE, Initializer.HE);
  }
}

package legible.model;

import legible.kernel.Activation;
import legible.nn.ConvLayer;
import legible.nn.DenseLayer;
import legible.nn.DropoutLayer;
import legible.nn.FlattenLayer;
import legible.nn.MaxPoolLayer;
import legible.nn.Sequential;
import legible.op.Padding;
import legible.tensor.Shape;

/// The networks that read one digit in a grey picture of 28 x 28 pixels.
public final class Networks {
  /// One grey picture `[28,28,1]`, ink 1 and ground 0.
  private static final Shape DIGIT = Shape.of(28, 28, 1);

  private static final int CLASSES = 10;

  private Networks() {}

  /// Logistic regression: one dense layer, 7,850 parameters.
  public static Architecture logistic() {
    return new Architecture(
        "logistic",
        DIGIT,
        new Sequential(
            "logistic",
            new FlattenLayer("flatten"),
            new DenseLayer("dense", CLASSES, Activation.NONE)));
  }

  /// Two convolutions and two dense layers, 206,922 parameters.
  public static Architecture cnn() {
    return new Architecture(
        "cnn",
        DIGIT,
        new Sequential(
            "cnn",
            new ConvLayer("conv1", 16, 3, Padding.SAME, Activation.RELU), // [28,28,16]
            new MaxPoolLayer("pool1", 2), //                                 [14,14,16]
            new ConvLayer("conv2", 32, 3, Padding.SAME, Activation.RELU), // [14,14,32]
            new MaxPoolLayer("pool2", 2), //                                 [7,7,32]
            new FlattenLayer("flatten"), //                                  [1568]
            new DenseLayer("dense1", 128, Activation.RELU),
            new DenseLayer("dense2", CLASSES, Activation.NONE)));
  }

  /// The example network of Keras' documentation, 34,826 parameters; for comparisons of speed.
  public static Architecture kerasExample() {
    return new Architecture(
        "keras-example",
        DIGIT,
        new Sequential(
            "keras-example",
            new ConvLayer("conv1", 32, 3, Padding.VALID, Activation.RELU), // [26,26,32]
            new MaxPoolLayer("pool1", 2), //                                  [13,13,32]
            new ConvLayer("conv2", 64, 3, Padding.VALID, Activation.RELU), // [11,11,64]
            new MaxPoolLayer("pool2", 2), //                                  [5,5,64]
            new FlattenLayer("flatten"), //                                   [1600]
            new DropoutLayer("dropout", 0.5f),
            new DenseLayer("dense", CLASSES, Activation.NONE)));
  }
}

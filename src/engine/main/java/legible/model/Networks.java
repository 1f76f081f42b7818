package legible.model;

import legible.kernel.Activation;
import legible.nn.BatchNormLayer;
import legible.nn.ConvLayer;
import legible.nn.DenseLayer;
import legible.nn.DropoutLayer;
import legible.nn.FlattenLayer;
import legible.nn.Initializer;
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

  /// Four convolutions and two dense layers, 435,370 parameters; for pictures that are
  /// not as tidy as MNIST's.
  public static Architecture robust() {
    return new Architecture(
        "cnn-robust",
        DIGIT,
        new Sequential(
            "cnn-robust",
            new ConvLayer("conv1", 16, 3, Padding.SAME, Activation.RELU), // [28,28,16]
            new MaxPoolLayer("pool1", 2), //                                 [14,14,16]
            new ConvLayer("conv2", 32, 3, Padding.SAME, Activation.RELU), // [14,14,32]
            new ConvLayer("conv3", 32, 3, Padding.SAME, Activation.RELU), // [14,14,32]
            new MaxPoolLayer("pool2", 2), //                                 [7,7,32]
            new ConvLayer("conv4", 64, 3, Padding.SAME, Activation.RELU), // [7,7,64]
            new FlattenLayer("flatten"), //                                  [3136]
            new DenseLayer("dense1", 128, Activation.RELU),
            new DenseLayer("dense2", CLASSES, Activation.NONE)));
  }

  /// Reads the signs along a line of writing in a picture of 32 rows and any number of columns: a
  /// window of 32 x 32 pixels with its surroundings, moved on by 4 pixels from frame to frame. Each
  /// frame gives logits of its own, so the network is trained with [legible.op.CtcLoss].
  ///
  /// @param width columns, a multiple of 4, >= 32; the parameters do not depend on it
  /// @param classes of signs, the blank included
  public static Architecture reader(int width, int classes) {
    return new Architecture(
        "reader",
        Shape.of(32, width, 1),
        new Sequential(
            "reader",
            block("conv1", 16, 3, Padding.SAME), //  [32,W,16]
            new MaxPoolLayer("pool1", 2), //         [16,W/2,16]
            block("conv2", 32, 3, Padding.SAME), //  [16,W/2,32]
            new MaxPoolLayer("pool2", 2), //         [8,W/4,32]
            block("conv3", 64, 3, Padding.SAME), //  [8,W/4,64]
            block("conv4", 64, 3, Padding.VALID), // [6,W/4-2,64]
            block("conv5", 96, 3, Padding.VALID), // [4,W/4-4,96]
            block("conv6", 128, 4, Padding.VALID), // [1,W/4-7,128]
            new ConvLayer("signs", classes, 1, Padding.VALID, Activation.NONE)));
  }

  /// A convolution, a batch normalisation and a ReLU.
  private static Sequential block(String name, int filters, int kernel, Padding padding) {
    return new Sequential(
        name + ".block",
        new ConvLayer(name, filters, kernel, 1, padding, false, Activation.NONE, Initializer.HE),
        new BatchNormLayer(name + ".norm", Activation.RELU));
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

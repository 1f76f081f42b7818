package legible.audit;

import java.util.List;
import java.util.stream.Stream;
import legible.kernel.Activation;
import legible.op.Add;
import legible.op.AveragePool2d;
import legible.op.BatchNorm;
import legible.op.Conv2d;
import legible.op.CtcLoss;
import legible.op.Dense;
import legible.op.Dropout;
import legible.op.FixedBatchNorm;
import legible.op.GlobalAveragePool;
import legible.op.MaxPool2d;
import legible.op.MeanSquaredError;
import legible.op.Op;
import legible.op.Padding;
import legible.op.Relu;
import legible.op.Reshape;
import legible.op.SoftmaxCrossEntropy;
import legible.tensor.Shape;

/// The cases of every operation: what the audit and the tests run. A test fails when an operation has
/// none.
public final class OpCases {
  private static final Activation NONE = Activation.NONE;
  private static final Activation RELU = Activation.RELU;

  private OpCases() {}

  /// Cases small enough for central differences: each element of each input costs two runs of the
  /// oracle.
  public static List<OpCase> small() {
    return Stream.of(smallLayers(), smallConvolutions(), smallPools(), smallRest())
        .flatMap(List::stream)
        .toList();
  }

  private static List<OpCase> smallLayers() {
    return List.of(
        OpCase.of(new Add(NONE)).input("a", 3, 7, 5).input("b", 3, 7, 5),
        OpCase.of(new Add(RELU)).input("a", 3, 7, 5).input("b", 3, 7, 5).beforeKink(new Add(NONE)),
        dense(new Dense(NONE), 5, 11, 9),
        dense(new Dense(RELU), 5, 11, 9).beforeKink(new Dense(NONE)),
        batchNorm(new BatchNorm(1e-5f, NONE), 2, 4, 3, 5),
        batchNorm(new BatchNorm(1e-5f, RELU), 2, 4, 3, 5).beforeKink(new BatchNorm(1e-5f, NONE)),
        fixedBatchNorm(new FixedBatchNorm(1e-5f, NONE), 2, 4, 3, 5),
        fixedBatchNorm(new FixedBatchNorm(1e-5f, RELU), 2, 4, 3, 5)
            .beforeKink(new FixedBatchNorm(1e-5f, NONE)));
  }

  private static List<OpCase> smallConvolutions() {
    return List.of(
        convolution(new Conv2d(1, Padding.SAME, NONE), images(1), 3, 3, 9),
        convolution(new Conv2d(1, Padding.VALID, NONE), images(3), 3, 3, 4),
        convolution(new Conv2d(2, Padding.SAME, NONE), images(2), 3, 3, 5),
        convolution(new Conv2d(2, Padding.pixels(1), NONE), images(3), 3, 3, 3),
        convolution(new Conv2d(1, Padding.pixels(2), NONE), images(2), 5, 3, 2),
        convolution(new Conv2d(1, Padding.VALID, NONE), images(5), 1, 1, 7),
        convolution(new Conv2d(2, Padding.VALID, NONE), images(3), 1, 1, 4),
        convolution(new Conv2d(2, Padding.pixels(3), NONE), images(1), 7, 7, 3),
        convolution(new Conv2d(3, Padding.SAME, NONE), images(2), 2, 2, 3),
        convolution(new Conv2d(1, Padding.pixels(1), RELU), images(2), 3, 3, 3)
            .beforeKink(new Conv2d(1, Padding.pixels(1), NONE)));
  }

  /// Different numbers: where two pixels tie, the maximum has no derivative.
  private static List<OpCase> smallPools() {
    return Stream.of(
            new AveragePool2d(2, 2, Padding.VALID),
            new AveragePool2d(3, 2, Padding.pixels(1)),
            new AveragePool2d(3, 1, Padding.SAME),
            new AveragePool2d(2, 3, Padding.SAME),
            new GlobalAveragePool(),
            new MaxPool2d(2, 2, Padding.VALID),
            new MaxPool2d(3, 2, Padding.pixels(1)),
            new MaxPool2d(3, 1, Padding.SAME),
            new MaxPool2d(2, 3, Padding.SAME),
            new MaxPool2d(1, 2, Padding.VALID))
        .map(op -> OpCase.of(op).input("x", Draw.DISTINCT, images(3)))
        .toList();
  }

  private static List<OpCase> smallRest() {
    return List.of(
        ctcLoss(4),
        OpCase.of(new Dropout(0.3f, 99)).input("x", 3, 7, 5),
        OpCase.of(new Relu()).input("x", Draw.AWAY_FROM_ZERO, 3, 7, 5),
        OpCase.of(new Reshape(Shape.of(5, 7))).input("x", 3, 7, 5),
        meanSquaredError(5, 7),
        crossEntropy(0f, 7, 11),
        crossEntropy(0.1f, 7, 11));
  }

  /// Odd sizes, and some beyond the chunks that threads share.
  public static List<OpCase> large() {
    int[] images = {5, 11, 9, 7};
    int[] wide = {11, 14, 14, 16};
    return List.of(
        OpCase.of(new Add(NONE)).input("a", wide).input("b", wide),
        OpCase.of(new Add(RELU)).input("a", wide).input("b", wide),
        OpCase.of(new AveragePool2d(3, 2, Padding.pixels(1))).input("x", images),
        batchNorm(new BatchNorm(1e-5f, RELU), images),
        batchNorm(new BatchNorm(1e-3f, NONE), wide),
        convolution(new Conv2d(1, Padding.SAME, RELU), images, 3, 3, 13),
        convolution(new Conv2d(2, Padding.pixels(2), NONE), images, 5, 3, 2),
        convolution(new Conv2d(1, Padding.VALID, NONE), wide, 1, 1, 32),
        ctcLoss(37),
        dense(new Dense(RELU), 37, 53, 19),
        dense(new Dense(NONE), 37, 11, 130),
        dense(new Dense(NONE), 64, 300, 10),
        OpCase.of(new Dropout(0.4f, 77)).input("x", wide),
        fixedBatchNorm(new FixedBatchNorm(1e-5f, RELU), images),
        fixedBatchNorm(new FixedBatchNorm(1e-3f, NONE), wide),
        OpCase.of(new GlobalAveragePool()).input("x", wide),
        OpCase.of(new MaxPool2d(3, 2, Padding.SAME)).input("x", images),
        OpCase.of(new MaxPool2d(2, 2, Padding.VALID)).input("x", wide),
        meanSquaredError(wide),
        OpCase.of(new Relu()).input("x", wide),
        OpCase.of(new Reshape(Shape.of(9, 77))).input("x", images),
        crossEntropy(0.1f, 37, 11),
        crossEntropy(0f, 1500, 10));
  }

  private static int[] images(int channels) {
    return new int[] {2, 7, 6, channels};
  }

  private static OpCase dense(Op<?> op, int rows, int in, int out) {
    return OpCase.of(op).input("x", rows, in).input("w", in, out).input("b", out);
  }

  private static OpCase convolution(
      Op<?> op, int[] images, int kernelHeight, int kernelWidth, int filters) {
    return OpCase.of(op)
        .input("x", images)
        .input("w", kernelHeight, kernelWidth, images[3], filters)
        .input("b", filters);
  }

  private static OpCase batchNorm(Op<?> op, int... x) {
    int channels = x[x.length - 1];
    return OpCase.of(op)
        .input("x", x)
        .input("gamma", Draw.POSITIVE, channels)
        .input("beta", channels);
  }

  private static OpCase fixedBatchNorm(Op<?> op, int... x) {
    int channels = x[x.length - 1];
    return batchNorm(op, x)
        .constant("mean", Draw.UNIFORM, channels)
        .constant("variance", Draw.POSITIVE, channels);
  }

  /// Few frames: the oracle tries every path.
  private static OpCase ctcLoss(int lines) {
    return OpCase.of(new CtcLoss(3))
        .input("z", lines, 5, 4)
        .constant("labels", Draw.LABELS, lines, 3);
  }

  private static OpCase meanSquaredError(int... x) {
    return OpCase.of(new MeanSquaredError()).input("x", x).constant("t", Draw.UNIFORM, x);
  }

  private static OpCase crossEntropy(float labelSmoothing, int rows, int classes) {
    return OpCase.of(new SoftmaxCrossEntropy(labelSmoothing))
        .input("z", rows, classes)
        .constant("t", Draw.DISTRIBUTION, rows, classes);
  }

  /// The small cases of one operation.
  public static List<OpCase> small(Class<?> op) {
    return small().stream().filter(c -> c.op().getClass() == op).toList();
  }
}

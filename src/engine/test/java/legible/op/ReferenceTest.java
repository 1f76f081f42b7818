package legible.op;

import java.util.List;
import legible.KernelVariant;
import legible.Reference;
import legible.kernel.Activation;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Operations against PyTorch: outputs and gradients within a few float roundings of its double ones.
class ReferenceTest {
  private static final double TOLERANCE = 1e-6;

  private static void check(
      KernelVariant variant, String file, Op<?> op, List<String> inputs, List<String> gradients) {
    Reference reference = Reference.read(file);
    Tensor[] in = inputs.stream().map(reference::get).toArray(Tensor[]::new);
    reference.assertNear("y", OneOp.forward(variant, op, in), TOLERANCE);
    List<Tensor> actual = OneOp.gradients(variant, op, reference.get("dy"), in);
    for (int i = 0; i < gradients.size(); i++) {
      reference.assertNear(gradients.get(i), actual.get(i), TOLERANCE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void conv2d(KernelVariant variant) {
    List<String> in = List.of("x", "w", "b");
    List<String> gradients = List.of("dx", "dw", "db");
    Conv2d plain = new Conv2d(1, Padding.VALID, Activation.RELU);
    check(variant, "conv2d", plain, in, gradients);
    check(variant, "conv2d-1x1", plain, in, gradients);
    Conv2d strided = new Conv2d(2, Padding.pixels(1), Activation.RELU);
    check(variant, "conv2d-stride-padding", strided, in, gradients);
  }

  @ParameterizedTest
  @EnumSource
  void dense(KernelVariant variant) {
    Dense op = new Dense(Activation.RELU);
    check(variant, "dense", op, List.of("x", "w", "b"), List.of("dx", "dw", "db"));
  }

  @ParameterizedTest
  @EnumSource
  void pools(KernelVariant variant) {
    MaxPool2d max = new MaxPool2d(3, 2, Padding.pixels(1));
    check(variant, "max-pool2d", max, List.of("x"), List.of("dx"));
    AveragePool2d average = new AveragePool2d(3, 2, Padding.pixels(1));
    check(variant, "average-pool2d", average, List.of("x"), List.of("dx"));
  }

  @ParameterizedTest
  @EnumSource
  void batchNorm(KernelVariant variant) {
    Reference reference = Reference.read("batch-norm");
    Tensor x = reference.get("x");
    Tensor gamma = reference.get("gamma");
    Tensor beta = reference.get("beta");
    Tensor[] batch = {x, gamma, beta};
    Tensor[] fixed = {x, gamma, beta, reference.get("mean"), reference.get("variance")};
    normalization(variant, reference, "train.", new BatchNorm(1e-5f, Activation.NONE), batch);
    normalization(variant, reference, "eval.", new FixedBatchNorm(1e-5f, Activation.NONE), fixed);
  }

  private static void normalization(
      KernelVariant variant, Reference reference, String mode, Op<?> op, Tensor... in) {
    reference.assertNear(mode + "y", OneOp.forward(variant, op, in), TOLERANCE);
    List<Tensor> gradients = OneOp.gradients(variant, op, reference.get("dy"), in);
    reference.assertNear(mode + "dx", gradients.get(0), TOLERANCE);
    reference.assertNear(mode + "dgamma", gradients.get(1), TOLERANCE);
    reference.assertNear(mode + "dbeta", gradients.get(2), TOLERANCE);
  }

  @ParameterizedTest
  @EnumSource
  void crossEntropy(KernelVariant variant) {
    Reference reference = Reference.read("cross-entropy");
    Tensor[] in = {reference.get("z"), reference.get("t")};
    Tensor dy = Tensor.of(Shape.of(), 1f);
    for (String name : List.of("plain", "smoothed")) {
      SoftmaxCrossEntropy op = new SoftmaxCrossEntropy(name.equals("plain") ? 0f : 0.1f);
      reference.assertNear(name + ".y", OneOp.forward(variant, op, in), TOLERANCE);
      Tensor dz = OneOp.gradients(variant, op, dy, in).get(0);
      reference.assertNear(name + ".dz", dz, TOLERANCE);
    }
  }
}

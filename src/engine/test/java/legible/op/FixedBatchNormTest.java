package legible.op;

import static legible.op.GradientCheck.gradCheck;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import legible.KernelVariant;
import legible.audit.Draw;
import legible.kernel.Activation;
import legible.oracle.Closeness;
import legible.oracle.DoubleTensor;
import legible.oracle.FixedBatchNormOracle;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FixedBatchNormTest {
  private static final FixedBatchNorm LINEAR = new FixedBatchNorm(1e-5f, Activation.NONE);
  private static final FixedBatchNorm RECTIFIED = new FixedBatchNorm(1e-5f, Activation.RELU);

  /// ```
  ///  x = 1 6   mean = 0 4   var = 3 15   ε = 1: invStd = 1/2 1/4   γ = 2 8   β = 0 -5
  ///      3 2
  ///  y = 1  8·2/4-5 = -1     relu: 1 0     dy = 1 1   dx = γ·invStd·dz = 1 0
  ///      3 -8·2/4-5 = -9           3 0          1 1                      1 0
  ///  dγ = Σ dz·x̂ = 1/2 + 3/2, 0     dβ = 2, 0
  /// ```
  @ParameterizedTest
  @EnumSource
  void valueByHand(KernelVariant variant) {
    FixedBatchNorm op = new FixedBatchNorm(1f, Activation.RELU);
    Tensor x = Tensor.of(Shape.of(2, 2), 1, 6, 3, 2);
    Tensor[] in = {
      x,
      Tensor.of(Shape.of(2), 2, 8),
      Tensor.of(Shape.of(2), 0, -5),
      Tensor.of(Shape.of(2), 0, 4),
      Tensor.of(Shape.of(2), 3, 15)
    };
    assertArrayEquals(new float[] {1, 0, 3, 0}, OneOp.forward(variant, op, in).data());
    Tensor dy = Tensor.of(Shape.of(2, 2), 1, 1, 1, 1);
    List<Tensor> gradients = OneOp.gradients(variant, op, dy, in);
    assertArrayEquals(new float[] {1, 0, 1, 0}, gradients.get(0).data());
    assertArrayEquals(new float[] {2, 0}, gradients.get(1).data());
    assertArrayEquals(new float[] {2, 0}, gradients.get(2).data());
    assertArrayEquals(new float[] {0, 0}, gradients.get(3).data());
    assertArrayEquals(new float[] {0, 0}, gradients.get(4).data());
  }

  @ParameterizedTest
  @EnumSource
  void forwardIsWithinTheBound(KernelVariant variant) {
    CounterRandom random = new CounterRandom(1);
    Tensor x = Draw.UNIFORM.tensor(random.split("x"), 3, 7, 6, 11);
    Tensor gamma = Draw.UNIFORM.tensor(random.split("gamma"), 11);
    Tensor beta = Draw.UNIFORM.tensor(random.split("beta"), 11);
    Tensor mean = Draw.UNIFORM.tensor(random.split("mean"), 11);
    Tensor variance = Draw.POSITIVE.tensor(random.split("variance"), 11);
    List<DoubleTensor> exact =
        List.of(
            DoubleTensor.of(x),
            DoubleTensor.of(gamma),
            DoubleTensor.of(beta),
            DoubleTensor.of(mean),
            DoubleTensor.of(variance));
    for (FixedBatchNorm op : List.of(LINEAR, RECTIFIED)) {
      Closeness.assertWithin(
          FixedBatchNormOracle.forward(op, exact),
          FixedBatchNormOracle.bound(op, exact),
          OneOp.forward(variant, op, x, gamma, beta, mean, variance));
    }
  }

  @Test
  void gradient() {
    gradCheck(FixedBatchNorm.class);
  }

  @Test
  void shapesAndSettingsThatDoNotFit() {
    refused(
        "FixedBatchNorm: mean expected [3] to match x [2, 3], got [2]", "2,3", "3", "3", "2", "3");
    refused(
        "FixedBatchNorm: variance expected [3] to match x [2, 3], got [4]",
        "2,3",
        "3",
        "3",
        "3",
        "4");
    refused("FixedBatchNorm: 5 inputs expected, got 3: [[2, 3], [3], [3]]", "2,3", "3", "3");
    assertEquals(
        "FixedBatchNorm: epsilon expected > 0 and finite, got 0.0",
        assertThrows(IllegalArgumentException.class, () -> new FixedBatchNorm(0f, Activation.NONE))
            .getMessage());
  }

  private static void refused(String message, String... shapes) {
    assertEquals(
        message,
        assertThrows(ShapeException.class, () -> LINEAR.outputShape(Texts.shapes(shapes)))
            .getMessage());
  }
}

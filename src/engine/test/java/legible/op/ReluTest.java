package legible.op;

import static legible.op.GradientCheck.gradCheck;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import legible.KernelVariant;
import legible.audit.Draw;
import legible.oracle.Closeness;
import legible.oracle.DoubleTensor;
import legible.oracle.ReluOracle;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReluTest {
  /// `relu(1, -2, 0, 3) = (1, 0, 0, 3)`; the gradient passes where x > 0, and not at 0.
  @ParameterizedTest
  @EnumSource
  void valueByHand(KernelVariant variant) {
    Tensor x = Tensor.of(Shape.of(2, 2), 1, -2, 0, 3);
    assertArrayEquals(new float[] {1, 0, 0, 3}, OneOp.forward(variant, new Relu(), x).data());
    Tensor dy = Tensor.of(Shape.of(2, 2), 5, 6, 7, 8);
    assertArrayEquals(
        new float[] {5, 0, 0, 8}, OneOp.gradients(variant, new Relu(), dy, x).get(0).data());
  }

  /// The contract of [legible.kernel.Activation]: f(-0) = +0, f(NaN) = NaN, f(∞) = ∞.
  @ParameterizedTest
  @EnumSource
  void specialValues(KernelVariant variant) {
    float infinity = Float.POSITIVE_INFINITY;
    Tensor x = Tensor.of(Shape.of(5), -0f, Float.NaN, infinity, -infinity, Float.MIN_VALUE);
    assertArrayEquals(
        new float[] {0f, Float.NaN, infinity, 0f, Float.MIN_VALUE},
        OneOp.forward(variant, new Relu(), x).data());
  }

  @ParameterizedTest
  @EnumSource
  void forwardIsTheOracle(KernelVariant variant) {
    Tensor x = Draw.UNIFORM.tensor(new CounterRandom(1), 3, 7, 5);
    Closeness.assertRoundedOnce(
        ReluOracle.forward(List.of(DoubleTensor.of(x))), OneOp.forward(variant, new Relu(), x));
  }

  @Test
  void gradient() {
    gradCheck(Relu.class);
  }

  @Test
  void inputsThatDoNotFit() {
    assertEquals(
        "Relu: 1 inputs expected, got 0: []",
        assertThrows(ShapeException.class, () -> new Relu().outputShape(List.of())).getMessage());
  }
}

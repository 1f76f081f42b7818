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
import legible.oracle.MeanSquaredErrorOracle;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeanSquaredErrorTest {
  private static final MeanSquaredError OP = new MeanSquaredError();

  /// ```
  ///  x - t = 1 -2   y = (1 + 4 + 9 + 0)/4 = 3.5    dx = dy·(2/4)·(x - t) = 1 -2   for dy = 2
  ///          3  0                                                          3  0
  /// ```
  @ParameterizedTest
  @EnumSource
  void valueByHand(KernelVariant variant) {
    Tensor x = Tensor.of(Shape.of(2, 2), 2, 0, 6, 4);
    Tensor t = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
    assertArrayEquals(new float[] {3.5f}, OneOp.forward(variant, OP, x, t).data());
    List<Tensor> gradients = OneOp.gradients(variant, OP, Tensor.of(Shape.of(), 2f), x, t);
    assertArrayEquals(new float[] {1, -2, 3, 0}, gradients.get(0).data());
    assertArrayEquals(new float[] {0, 0, 0, 0}, gradients.get(1).data());
  }

  @ParameterizedTest
  @EnumSource
  void forwardIsWithinFourRoundings(KernelVariant variant) {
    Tensor x = Draw.UNIFORM.tensor(new CounterRandom(1), 37, 41);
    Tensor t = Draw.UNIFORM.tensor(new CounterRandom(2), 37, 41);
    List<DoubleTensor> exact = List.of(DoubleTensor.of(x), DoubleTensor.of(t));
    Closeness.assertWithin(
        MeanSquaredErrorOracle.forward(exact),
        MeanSquaredErrorOracle.bound(exact),
        OneOp.forward(variant, OP, x, t));
  }

  @Test
  void gradient() {
    gradCheck(MeanSquaredError.class);
  }

  @Test
  void shapesThatDoNotFit() {
    assertEquals(
        "MeanSquaredError: t expected [2, 3] to match x, got [3, 2]",
        assertThrows(ShapeException.class, () -> OP.outputShape(Texts.shapes("2,3", "3,2")))
            .getMessage());
    assertEquals(
        "MeanSquaredError: x expected not empty, got [0, 2]",
        assertThrows(ShapeException.class, () -> OP.outputShape(Texts.shapes("0,2", "0,2")))
            .getMessage());
  }
}

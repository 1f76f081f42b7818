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
import legible.oracle.GlobalAveragePoolOracle;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GlobalAveragePoolTest {
  private static final GlobalAveragePool OP = new GlobalAveragePool();

  /// Two channels of four pixels: (1 + 2 + 3 + 6)/4 = 3 and (0 + 0 + 4 + 4)/4 = 2; dy = (4, 8) goes
  /// back as 1 and 2.
  @ParameterizedTest
  @EnumSource
  void valueByHand(KernelVariant variant) {
    Tensor x = Tensor.of(Shape.of(1, 2, 2, 2), 1, 0, 2, 0, 3, 4, 6, 4);
    assertArrayEquals(new float[] {3, 2}, OneOp.forward(variant, OP, x).data());
    Tensor dy = Tensor.of(Shape.of(1, 2), 4, 8);
    assertArrayEquals(
        new float[] {1, 2, 1, 2, 1, 2, 1, 2}, OneOp.gradients(variant, OP, dy, x).get(0).data());
  }

  @ParameterizedTest
  @EnumSource
  void forwardIsWithinHighamsBound(KernelVariant variant) {
    Tensor x = Draw.UNIFORM.tensor(new CounterRandom(1), 3, 7, 6, 19);
    List<DoubleTensor> exact = List.of(DoubleTensor.of(x));
    Closeness.assertWithin(
        GlobalAveragePoolOracle.forward(exact),
        GlobalAveragePoolOracle.bound(exact),
        OneOp.forward(variant, OP, x));
  }

  @Test
  void gradient() {
    gradCheck(GlobalAveragePool.class);
  }

  @Test
  void shapesThatDoNotFit() {
    assertEquals(
        "GlobalAveragePool: x expected [N,H,W,C], got [4, 4, 1]",
        assertThrows(ShapeException.class, () -> OP.outputShape(Texts.shapes("4,4,1")))
            .getMessage());
    assertEquals(
        "GlobalAveragePool: 1 inputs expected, got 0: []",
        assertThrows(ShapeException.class, () -> OP.outputShape(List.of())).getMessage());
  }
}

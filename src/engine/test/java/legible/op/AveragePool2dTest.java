package legible.op;

import static legible.op.GradientCheck.gradCheck;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import legible.KernelVariant;
import legible.audit.Draw;
import legible.oracle.AveragePool2dOracle;
import legible.oracle.Closeness;
import legible.oracle.DoubleTensor;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AveragePool2dTest {
  private static final List<AveragePool2d> POOLS =
      List.of(
          new AveragePool2d(2, 2, Padding.VALID),
          new AveragePool2d(3, 2, Padding.pixels(1)),
          new AveragePool2d(3, 1, Padding.SAME),
          new AveragePool2d(2, 3, Padding.SAME));

  /// ```
  ///  x = 1 2   size 2, stride 2, padding 1: each window sees one pixel       y = 1 2
  ///      3 6                                                                     3 6
  ///  without padding: y = 12/4 = 3, dy = 8: dx = 8/4 = 2 everywhere
  /// ```
  @ParameterizedTest
  @EnumSource
  void valueByHand(KernelVariant variant) {
    Tensor x = Tensor.of(Shape.of(1, 2, 2, 1), 1, 2, 3, 6);
    assertArrayEquals(
        new float[] {1, 2, 3, 6},
        OneOp.forward(variant, new AveragePool2d(2, 2, Padding.pixels(1)), x).data());
    AveragePool2d op = new AveragePool2d(2, 2, Padding.VALID);
    assertArrayEquals(new float[] {3}, OneOp.forward(variant, op, x).data());
    Tensor dy = Tensor.of(Shape.of(1, 1, 1, 1), 8);
    assertArrayEquals(new float[] {2, 2, 2, 2}, OneOp.gradients(variant, op, dy, x).get(0).data());
  }

  @ParameterizedTest
  @EnumSource
  void forwardIsWithinHighamsBound(KernelVariant variant) {
    Tensor x = Draw.UNIFORM.tensor(new CounterRandom(1), 3, 9, 8, 5);
    List<DoubleTensor> exact = List.of(DoubleTensor.of(x));
    for (AveragePool2d op : POOLS) {
      Closeness.assertWithin(
          AveragePool2dOracle.forward(op, exact),
          AveragePool2dOracle.bound(op, exact),
          OneOp.forward(variant, op, x));
    }
  }

  @Test
  void gradient() {
    gradCheck(AveragePool2d.class);
  }

  @Test
  void shapesAndSettingsThatDoNotFit() {
    AveragePool2d op = new AveragePool2d(3, 2, Padding.VALID);
    assertEquals(
        "AveragePool2d: x expected at least 3x3 pixels with padding 0, got [1, 2, 5, 1]",
        assertThrows(ShapeException.class, () -> op.outputShape(Texts.shapes("1,2,5,1")))
            .getMessage());
    assertEquals(
        "AveragePool2d: x expected [N,H,W,C], got [4, 4, 1]",
        assertThrows(ShapeException.class, () -> op.outputShape(Texts.shapes("4,4,1")))
            .getMessage());
    assertEquals(
        "AveragePool2d: size >= 1, stride >= 1 and padding <= size/2 expected,"
            + " got size 0, stride 1, padding 0",
        assertThrows(IllegalArgumentException.class, () -> new AveragePool2d(0, 1, Padding.VALID))
            .getMessage());
  }
}

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
import legible.oracle.MaxPool2dOracle;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MaxPool2dTest {
  private static final List<MaxPool2d> POOLS =
      List.of(
          new MaxPool2d(2, 2, Padding.VALID),
          new MaxPool2d(3, 2, Padding.pixels(1)),
          new MaxPool2d(3, 1, Padding.SAME),
          new MaxPool2d(2, 3, Padding.SAME),
          new MaxPool2d(1, 2, Padding.VALID));

  /// ```
  ///  x = 1 5 | 2 2      y = 5 2     dy = 10 20     dx = 0 10 | 20 0     first of the equals wins
  ///      3 4 | 2 0                                      0  0 |  0 0
  /// ```
  @ParameterizedTest
  @EnumSource
  void valueByHand(KernelVariant variant) {
    MaxPool2d op = new MaxPool2d(2, 2, Padding.VALID);
    Tensor x = Tensor.of(Shape.of(1, 2, 4, 1), 1, 5, 2, 2, 3, 4, 2, 0);
    assertArrayEquals(new float[] {5, 2}, OneOp.forward(variant, op, x).data());
    Tensor dy = Tensor.of(Shape.of(1, 1, 2, 1), 10, 20);
    assertArrayEquals(
        new float[] {0, 10, 20, 0, 0, 0, 0, 0}, OneOp.gradients(variant, op, dy, x).get(0).data());
  }

  /// Pixels outside take no part: they are not zeros that could win over negative pixels.
  @ParameterizedTest
  @EnumSource
  void paddingNeverWins(KernelVariant variant) {
    Tensor x = Tensor.of(Shape.of(1, 2, 2, 1), -1, -2, -3, -4);
    MaxPool2d op = new MaxPool2d(3, 1, Padding.pixels(1));
    assertArrayEquals(new float[] {-1, -1, -1, -1}, OneOp.forward(variant, op, x).data());
  }

  @ParameterizedTest
  @EnumSource
  void forwardIsTheOracle(KernelVariant variant) {
    Tensor x = Draw.UNIFORM.tensor(new CounterRandom(1), 3, 9, 8, 5);
    for (MaxPool2d op : POOLS) {
      Closeness.assertRoundedOnce(
          MaxPool2dOracle.forward(op, List.of(DoubleTensor.of(x))), OneOp.forward(variant, op, x));
    }
  }

  @Test
  void gradient() {
    gradCheck(MaxPool2d.class);
  }

  @Test
  void shapesAndSettingsThatDoNotFit() {
    MaxPool2d op = new MaxPool2d(3, 2, Padding.VALID);
    assertEquals(
        "MaxPool2d: x expected at least 3x3 pixels with padding 0, got [1, 2, 5, 1]",
        assertThrows(ShapeException.class, () -> op.outputShape(Texts.shapes("1,2,5,1")))
            .getMessage());
    assertEquals(
        "MaxPool2d: x expected [N,H,W,C], got [4, 4, 1]",
        assertThrows(ShapeException.class, () -> op.outputShape(Texts.shapes("4,4,1")))
            .getMessage());
    assertEquals(
        "MaxPool2d: size >= 1, stride >= 1 and padding <= size/2 expected,"
            + " got size 3, stride 1, padding 2",
        assertThrows(IllegalArgumentException.class, () -> new MaxPool2d(3, 1, Padding.pixels(2)))
            .getMessage());
  }
}

package legible.op;

import static legible.op.GradientCheck.gradCheck;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import legible.KernelVariant;
import legible.audit.Draw;
import legible.kernel.Activation;
import legible.oracle.AddOracle;
import legible.oracle.Closeness;
import legible.oracle.DoubleTensor;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AddTest {
  private static final Add SUM = new Add(Activation.NONE);
  private static final Add RECTIFIED = new Add(Activation.RELU);

  /// ```
  ///  1 -2     4  1      5 -1           5 0
  ///  3  0  + -5  0  =  -2  0    relu   0 0
  /// ```
  @ParameterizedTest
  @EnumSource
  void valueByHand(KernelVariant variant) {
    Tensor a = Tensor.of(Shape.of(2, 2), 1, -2, 3, 0);
    Tensor b = Tensor.of(Shape.of(2, 2), 4, 1, -5, 0);
    assertArrayEquals(new float[] {5, -1, -2, 0}, OneOp.forward(variant, SUM, a, b).data());
    assertArrayEquals(new float[] {5, 0, 0, 0}, OneOp.forward(variant, RECTIFIED, a, b).data());
    Tensor dy = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
    for (Tensor gradient : OneOp.gradients(variant, RECTIFIED, dy, a, b)) {
      assertArrayEquals(new float[] {1, 0, 0, 0}, gradient.data());
    }
  }

  /// A sum of two floats is rounded once, so the oracle gives the very bits.
  @ParameterizedTest
  @EnumSource
  void forwardIsTheOracleRounded(KernelVariant variant) {
    CounterRandom random = new CounterRandom(1);
    Tensor a = Draw.UNIFORM.tensor(random.split("a"), 3, 7, 5);
    Tensor b = Draw.UNIFORM.tensor(random.split("b"), 3, 7, 5);
    List<DoubleTensor> exact = List.of(DoubleTensor.of(a), DoubleTensor.of(b));
    for (Add op : List.of(SUM, RECTIFIED)) {
      Closeness.assertRoundedOnce(AddOracle.forward(op, exact), OneOp.forward(variant, op, a, b));
    }
  }

  @Test
  void gradient() {
    gradCheck(Add.class);
  }

  @Test
  void shapesThatDoNotFit() {
    assertEquals(
        "Add: b expected [2, 3] to match a, got [3, 2]",
        assertThrows(
                ShapeException.class,
                () -> SUM.outputShape(List.of(Shape.of(2, 3), Shape.of(3, 2))))
            .getMessage());
    assertEquals(
        "Add: 2 inputs expected, got 1: [[2, 3]]",
        assertThrows(ShapeException.class, () -> SUM.outputShape(List.of(Shape.of(2, 3))))
            .getMessage());
  }
}

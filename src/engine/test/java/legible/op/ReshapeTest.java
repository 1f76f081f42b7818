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
import legible.oracle.ReshapeOracle;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReshapeTest {
  private static final Reshape FLAT = new Reshape(Shape.of(4));

  /// One sample `[[1, 2], [3, 4]]` becomes `[1, 2, 3, 4]`; the gradient goes back to the same places.
  @ParameterizedTest
  @EnumSource
  void valueByHand(KernelVariant variant) {
    Tensor x = Tensor.of(Shape.of(1, 2, 2), 1, 2, 3, 4);
    Tensor y = OneOp.forward(variant, FLAT, x);
    assertEquals(Shape.of(1, 4), y.shape());
    assertArrayEquals(new float[] {1, 2, 3, 4}, y.data());
    Tensor dx = OneOp.gradients(variant, FLAT, Tensor.of(Shape.of(1, 4), 5, 6, 7, 8), x).get(0);
    assertEquals(x.shape(), dx.shape());
    assertArrayEquals(new float[] {5, 6, 7, 8}, dx.data());
  }

  @ParameterizedTest
  @EnumSource
  void forwardIsTheOracle(KernelVariant variant) {
    Reshape op = new Reshape(Shape.of(5, 7));
    Tensor x = Draw.UNIFORM.tensor(new CounterRandom(1), 3, 7, 5);
    Closeness.assertRoundedOnce(
        ReshapeOracle.forward(op, List.of(DoubleTensor.of(x))), OneOp.forward(variant, op, x));
  }

  @Test
  void gradient() {
    gradCheck(Reshape.class);
  }

  @Test
  void shapesThatDoNotFit() {
    assertEquals(
        "Reshape: x expected [N, ...] with 4 elements a sample to fit [4], got [2, 5]",
        assertThrows(ShapeException.class, () -> FLAT.outputShape(List.of(Shape.of(2, 5))))
            .getMessage());
    assertThrows(ShapeException.class, () -> FLAT.outputShape(List.of(Shape.of())));
  }
}

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
import legible.oracle.DenseOracle;
import legible.oracle.DoubleTensor;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DenseTest {
  private static final Dense LINEAR = new Dense(Activation.NONE);
  private static final Dense RECTIFIED = new Dense(Activation.RELU);

  /// ```
  ///  x = 1 2   w = 5 6   b = 1 -50     z = 1+5+14   -50+6+16  =  20 -28
  ///      3 4       7 8                     1+15+28  -50+18+32    44   0
  ///
  ///  dy = 1 1   dz = 1 0   dx = dz·wᵀ = 5 7   dw = xᵀ·dz = 4 0   db = 2 0
  ///       1 1        1 0                5 7                6 0
  /// ```
  @ParameterizedTest
  @EnumSource
  void valueByHand(KernelVariant variant) {
    Tensor x = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
    Tensor w = Tensor.of(Shape.of(2, 2), 5, 6, 7, 8);
    Tensor b = Tensor.of(Shape.of(2), 1, -50);
    assertArrayEquals(new float[] {20, -28, 44, 0}, OneOp.forward(variant, LINEAR, x, w, b).data());
    assertArrayEquals(
        new float[] {20, 0, 44, 0}, OneOp.forward(variant, RECTIFIED, x, w, b).data());
    Tensor dy = Tensor.of(Shape.of(2, 2), 1, 1, 1, 1);
    List<Tensor> gradients = OneOp.gradients(variant, RECTIFIED, dy, x, w, b);
    assertArrayEquals(new float[] {5, 7, 5, 7}, gradients.get(0).data());
    assertArrayEquals(new float[] {4, 0, 6, 0}, gradients.get(1).data());
    assertArrayEquals(new float[] {2, 0}, gradients.get(2).data());
  }

  @ParameterizedTest
  @EnumSource
  void forwardIsWithinHighamsBound(KernelVariant variant) {
    for (int[] size : new int[][] {{1, 1, 1}, {5, 33, 17}, {2, 300, 10}, {64, 7, 3}}) {
      CounterRandom random = new CounterRandom(size[1]);
      Tensor x = Draw.UNIFORM.tensor(random.split("x"), size[0], size[1]);
      Tensor w = Draw.UNIFORM.tensor(random.split("w"), size[1], size[2]);
      Tensor b = Draw.UNIFORM.tensor(random.split("b"), size[2]);
      List<DoubleTensor> exact =
          List.of(DoubleTensor.of(x), DoubleTensor.of(w), DoubleTensor.of(b));
      for (Dense op : List.of(LINEAR, RECTIFIED)) {
        Closeness.assertWithin(
            DenseOracle.forward(op, exact),
            DenseOracle.bound(op, exact),
            OneOp.forward(variant, op, x, w, b));
      }
    }
  }

  @Test
  void gradient() {
    gradCheck(Dense.class);
  }

  @Test
  void shapesThatDoNotFit() {
    refused("Dense: w expected [3, J] to match x [2, 3], got [4, 5]", "2,3", "4,5", "5");
    refused("Dense: b expected [5] to match w [3, 5], got [3]", "2,3", "3,5", "3");
    refused("Dense: x expected [N,I], got [2, 3, 4]", "2,3,4", "4,5", "5");
    refused("Dense: w expected [I,J], got [3]", "2,3", "3", "3");
    refused("Dense: 3 inputs expected, got 2: [[2, 3], [3, 5]]", "2,3", "3,5");
  }

  private static void refused(String message, String... shapes) {
    assertEquals(
        message,
        assertThrows(ShapeException.class, () -> LINEAR.outputShape(Texts.shapes(shapes)))
            .getMessage());
  }
}

package legible.op;

import static legible.op.GradientCheck.gradCheck;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import legible.KernelVariant;
import legible.audit.Draw;
import legible.oracle.Closeness;
import legible.oracle.CtcLossOracle;
import legible.oracle.DoubleTensor;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CtcLossTest {
  private static final CtcLoss OP = new CtcLoss(3);

  /// Two frames, classes a and blank of equal probability, text "a": aa, a-, -a of four paths.
  ///
  /// ```
  ///  y = log 4/3      share of a in frame 1: 2/3, so dz = 1/2 - 2/3 = -1/6, blank 1/6; frame 2 alike
  /// ```
  @ParameterizedTest
  @EnumSource
  void valueByHand(KernelVariant variant) {
    CtcLoss op = new CtcLoss(1);
    Tensor z = Tensor.zeros(Shape.of(1, 2, 2));
    Tensor labels = Tensor.of(Shape.of(1, 1), 0);
    assertEquals(Math.log(4 / 3.0), OneOp.forward(variant, op, z, labels).data()[0], 1e-7);
    List<Tensor> gradients = OneOp.gradients(variant, op, Tensor.of(Shape.of(), 1f), z, labels);
    float sixth = 1 / 6f;
    assertArrayEquals(new float[] {-sixth, sixth, -sixth, sixth}, gradients.get(0).data(), 1e-7f);
    assertArrayEquals(new float[] {0}, gradients.get(1).data());
  }

  /// Texts of 0 to 3 labels, some of them with equal neighbours, against all paths one by one.
  @Test
  void forwardIsTheSumOverAllPaths() {
    for (int seed = 0; seed < 5; seed++) {
      Tensor z = Draw.UNIFORM.tensor(new CounterRandom(seed), 4, 6, 4);
      Tensor labels = Draw.LABELS.tensor(new CounterRandom(seed), 4, 3);
      List<DoubleTensor> exact = List.of(DoubleTensor.of(z), DoubleTensor.of(labels));
      Closeness.assertWithin(
          CtcLossOracle.forward(OP, exact),
          CtcLossOracle.bound(OP, exact),
          OneOp.forward(KernelVariant.SCALAR_1, OP, z, labels));
    }
  }

  @Test
  void gradient() {
    gradCheck(CtcLoss.class);
  }

  /// 2,000 frames whose paths are far below the smallest double.
  @Test
  void longLines() {
    Tensor z = Draw.UNIFORM.tensor(new CounterRandom(1), 1, 2000, 4);
    Tensor labels = Draw.LABELS.tensor(new CounterRandom(1), 2, 1);
    Tensor one = Tensor.of(Shape.of(1, 1), labels.data()[1]);
    float loss = OneOp.forward(KernelVariant.SCALAR_1, OP, z, one).data()[0];
    assertTrue(loss > 1000 && loss < 6000, "loss " + loss);
  }

  @Test
  void whatCannotBe() {
    assertEquals(
        "CtcLoss: blank expected >= 0, got -1",
        assertThrows(IllegalArgumentException.class, () -> new CtcLoss(-1)).getMessage());
    refused("CtcLoss: z expected [N,T,K], got [2, 3]", "2,3", "2,1");
    refused(
        "CtcLoss: z [N,T,K] not empty with K > blank 3, labels [N,L] expected, got [2, 3, 3], [2,"
            + " 1]",
        "2,3,3",
        "2,1");
    Tensor z = Tensor.zeros(Shape.of(1, 3, 4));
    Tensor twice = Tensor.of(Shape.of(1, 2), 1, 1);
    OneOp.forward(KernelVariant.SCALAR_1, OP, z, twice);
    Tensor long4 = Tensor.of(Shape.of(1, 3), 1, 1, 2);
    assertEquals(
        "CtcLoss: at least 4 frames for the 3 labels of sample 0 expected, got 3",
        assertThrows(
                IllegalArgumentException.class,
                () -> OneOp.forward(KernelVariant.SCALAR_1, OP, z, long4))
            .getMessage());
    Tensor blank = Tensor.of(Shape.of(1, 1), 3);
    assertThrows(
        IllegalArgumentException.class, () -> OneOp.forward(KernelVariant.SCALAR_1, OP, z, blank));
  }

  private static void refused(String message, String... shapes) {
    assertEquals(
        message,
        assertThrows(ShapeException.class, () -> OP.outputShape(Texts.shapes(shapes)))
            .getMessage());
  }
}

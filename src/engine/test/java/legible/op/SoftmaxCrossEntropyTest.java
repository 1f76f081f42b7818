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
import legible.oracle.Roundoff;
import legible.oracle.SoftmaxCrossEntropyOracle;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SoftmaxCrossEntropyTest {
  private static final SoftmaxCrossEntropy PLAIN = new SoftmaxCrossEntropy(0f);
  private static final SoftmaxCrossEntropy SMOOTHED = new SoftmaxCrossEntropy(0.1f);

  /// ```
  ///  z = 0 0        p = 1/2 1/2    t = 1 0     y = (ln 2 + ln 4/3)/2 = ln(8/3)/2 = 0.49041...
  ///      ln 3 0         3/4 1/4        1 0     dz = dy/2·(p - t) = -1/2  1/2   for dy = 2
  ///                                                                -1/4  1/4
  /// ```
  @ParameterizedTest
  @EnumSource
  void valueByHand(KernelVariant variant) {
    Tensor z = Tensor.of(Shape.of(2, 2), 0, 0, (float) Math.log(3), 0);
    Tensor t = Tensor.of(Shape.of(2, 2), 1, 0, 1, 0);
    assertEquals(Math.log(8 / 3.0) / 2, OneOp.forward(variant, PLAIN, z, t).data()[0], 1e-7);
    List<Tensor> gradients = OneOp.gradients(variant, PLAIN, Tensor.of(Shape.of(), 2f), z, t);
    assertArrayEquals(new float[] {-0.5f, 0.5f, -0.25f, 0.25f}, gradients.get(0).data(), 1e-7f);
    assertArrayEquals(new float[] {0, 0, 0, 0}, gradients.get(1).data());
  }

  /// Logits that exp alone could not take: the maximum is subtracted first.
  @ParameterizedTest
  @EnumSource
  void hugeLogits(KernelVariant variant) {
    Tensor z = Tensor.of(Shape.of(2, 2), 1000, 0, -1e30f, 1e30f);
    Tensor t = Tensor.of(Shape.of(2, 2), 1, 0, 0, 1);
    assertEquals(0f, OneOp.forward(variant, PLAIN, z, t).data()[0]);
    Tensor wrong = Tensor.of(Shape.of(2, 2), 0, 1, 0, 1);
    assertEquals(500f, OneOp.forward(variant, PLAIN, z, wrong).data()[0]);
  }

  /// A shift of all logits of a row changes nothing: bit for bit where the shifted logits are exact.
  @ParameterizedTest
  @EnumSource
  void shiftInvariant(KernelVariant variant) {
    Tensor z = Tensor.of(Shape.of(1, 4), 0.5f, -1.25f, 2f, 0.75f);
    Tensor shifted = Tensor.of(Shape.of(1, 4), 8.5f, 6.75f, 10f, 8.75f);
    Tensor t = Tensor.of(Shape.of(1, 4), 0.25f, 0.25f, 0.5f, 0);
    Closeness.assertSameBits(
        OneOp.forward(variant, SMOOTHED, z, t), OneOp.forward(variant, SMOOTHED, shifted, t), "y");
  }

  @ParameterizedTest
  @EnumSource
  void forwardIsWithinTheBound(KernelVariant variant) {
    for (int[] size : new int[][] {{1, 1}, {7, 10}, {3, 33}, {500, 11}}) {
      CounterRandom random = new CounterRandom(size[1]);
      Tensor z = Draw.UNIFORM.tensor(random.split("z"), size);
      for (int i = 0; i < z.size(); i++) {
        z.data()[i] *= 5;
      }
      Tensor t = Draw.DISTRIBUTION.tensor(random.split("t"), size);
      List<DoubleTensor> exact = List.of(DoubleTensor.of(z), DoubleTensor.of(t));
      for (SoftmaxCrossEntropy op : List.of(PLAIN, SMOOTHED)) {
        Closeness.assertWithin(
            SoftmaxCrossEntropyOracle.forward(op, exact),
            SoftmaxCrossEntropyOracle.bound(op, exact),
            OneOp.forward(variant, op, z, t));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void savedAreTheProbabilities(KernelVariant variant) {
    Tensor z = Draw.UNIFORM.tensor(new CounterRandom(1), 9, 10);
    Tensor t = Draw.DISTRIBUTION.tensor(new CounterRandom(2), 9, 10);
    DoubleTensor expected = SoftmaxCrossEntropyOracle.probabilities(DoubleTensor.of(z));
    variant.with(
        workspace -> {
          Tensor actual = PLAIN.forward(workspace, List.of(z, t)).saved().probabilities();
          // exp of a rounded z - max (|z - max| <= 2), K additions, a division.
          Closeness.assertWithin(
              expected, expected.map(p -> (10 + 2 + 2 + 2) * Roundoff.UNIT * p), actual);
          return null;
        });
  }

  @Test
  void gradient() {
    gradCheck(SoftmaxCrossEntropy.class);
  }

  @Test
  void shapesAndSettingsThatDoNotFit() {
    refused("SoftmaxCrossEntropy: t expected [2, 3] to match z, got [3, 2]", "2,3", "3,2");
    refused("SoftmaxCrossEntropy: z expected [N,K], got [2, 3, 1]", "2,3,1", "2,3,1");
    refused("SoftmaxCrossEntropy: z expected not empty, got [0, 3]", "0,3", "0,3");
    for (float smoothing : new float[] {-0.1f, 1f, Float.NaN}) {
      assertEquals(
          "SoftmaxCrossEntropy: labelSmoothing expected in [0, 1), got " + smoothing,
          assertThrows(IllegalArgumentException.class, () -> new SoftmaxCrossEntropy(smoothing))
              .getMessage());
    }
  }

  private static void refused(String message, String... shapes) {
    assertEquals(
        message,
        assertThrows(ShapeException.class, () -> PLAIN.outputShape(Texts.shapes(shapes)))
            .getMessage());
  }
}

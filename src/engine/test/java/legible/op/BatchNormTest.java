package legible.op;

import static legible.op.GradientCheck.gradCheck;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import legible.KernelVariant;
import legible.audit.Draw;
import legible.kernel.Activation;
import legible.oracle.BatchNormOracle;
import legible.oracle.Closeness;
import legible.oracle.DoubleTensor;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchNormTest {
  private static final BatchNorm LINEAR = new BatchNorm(1e-5f, Activation.NONE);
  private static final BatchNorm RECTIFIED = new BatchNorm(1e-5f, Activation.RELU);

  /// ```
  ///  x = 1  6     mean = 2 4     var = 1 4     ε = 12: invStd = 1/√13 and 1/4
  ///      3  2
  ///  γ = √13 2    β = 0 5        y = -1  2·(2/4)+5 = 6
  ///                                   1  2·(-2/4)+5 = 4
  ///  dy = 1 1: a constant shift of y is taken back by the mean, so dx = 0; dγ = 0; dβ = 2
  /// ```
  @ParameterizedTest
  @EnumSource
  void valueByHand(KernelVariant variant) {
    BatchNorm op = new BatchNorm(12f, Activation.NONE);
    Tensor x = Tensor.of(Shape.of(2, 2), 1, 6, 3, 2);
    Tensor gamma = Tensor.of(Shape.of(2), (float) Math.sqrt(13), 2);
    Tensor beta = Tensor.of(Shape.of(2), 0, 5);
    assertArrayEquals(
        new float[] {-1, 6, 1, 4}, OneOp.forward(variant, op, x, gamma, beta).data(), 2e-7f);
    Tensor dy = Tensor.of(Shape.of(2, 2), 1, 1, 1, 1);
    List<Tensor> gradients = OneOp.gradients(variant, op, dy, x, gamma, beta);
    assertArrayEquals(new float[] {0, 0, 0, 0}, gradients.get(0).data());
    assertArrayEquals(new float[] {0, 0}, gradients.get(1).data());
    assertArrayEquals(new float[] {2, 2}, gradients.get(2).data());
  }

  @ParameterizedTest
  @EnumSource
  void savedIsTheBatch(KernelVariant variant) {
    Tensor x = Tensor.of(Shape.of(2, 2), 1, 6, 3, 2);
    Tensor ones = Tensor.of(Shape.of(2), 1, 1);
    variant.with(
        workspace -> {
          BatchNorm.Saved saved =
              new BatchNorm(12f, Activation.NONE)
                  .forward(workspace, List.of(x, ones, ones))
                  .saved();
          assertArrayEquals(new float[] {2, 4}, saved.mean().data());
          assertArrayEquals(new float[] {1, 4}, saved.variance().data());
          assertArrayEquals(
              new float[] {(float) (1 / Math.sqrt(13)), 0.25f}, saved.invStd().data());
          return null;
        });
  }

  @ParameterizedTest
  @EnumSource
  void forwardIsWithinTheBound(KernelVariant variant) {
    for (int[] shape : new int[][] {{16, 5}, {3, 7, 6, 11}, {2, 3}, {700, 33}}) {
      Tensor x = Draw.UNIFORM.tensor(new CounterRandom(1), shape);
      int channels = shape[shape.length - 1];
      Tensor gamma = Draw.POSITIVE.tensor(new CounterRandom(2), channels);
      Tensor beta = Draw.UNIFORM.tensor(new CounterRandom(3), channels);
      List<DoubleTensor> exact =
          List.of(DoubleTensor.of(x), DoubleTensor.of(gamma), DoubleTensor.of(beta));
      for (BatchNorm op : List.of(LINEAR, RECTIFIED)) {
        Closeness.assertWithin(
            BatchNormOracle.forward(op, exact),
            BatchNormOracle.bound(op, exact),
            OneOp.forward(variant, op, x, gamma, beta));
      }
    }
  }

  @Test
  void gradient() {
    gradCheck(BatchNorm.class);
  }

  @Test
  void shapesAndSettingsThatDoNotFit() {
    refused(
        "BatchNorm: x expected [..., C] with two axes or more, none empty, got [5]", "5", "5", "5");
    refused("BatchNorm: gamma expected [3] to match x [2, 3], got [2]", "2,3", "2", "3");
    refused("BatchNorm: beta expected [3] to match x [2, 3], got [3, 1]", "2,3", "3", "3,1");
    for (float epsilon : new float[] {0f, -1f, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertEquals(
          "BatchNorm: epsilon expected > 0 and finite, got " + epsilon,
          assertThrows(
                  IllegalArgumentException.class, () -> new BatchNorm(epsilon, Activation.NONE))
              .getMessage());
    }
  }

  private static void refused(String message, String... shapes) {
    assertEquals(
        message,
        assertThrows(ShapeException.class, () -> LINEAR.outputShape(Texts.shapes(shapes)))
            .getMessage());
  }
}

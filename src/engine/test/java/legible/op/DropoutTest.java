package legible.op;

import static legible.op.GradientCheck.gradCheck;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import legible.KernelVariant;
import legible.audit.Draw;
import legible.oracle.Closeness;
import legible.oracle.DoubleTensor;
import legible.oracle.DropoutOracle;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DropoutTest {
  private static final Dropout HALF = new Dropout(0.5f, 17);

  private static Tensor ones(int n) {
    Tensor x = Tensor.zeros(Shape.of(n));
    Arrays.fill(x.data(), 1f);
    return x;
  }

  /// Whatever is dropped, y is 0 or 2x with rate 1/2, and the gradient has the same mask.
  @ParameterizedTest
  @EnumSource
  void valueByHand(KernelVariant variant) {
    Tensor x = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
    float[] y = OneOp.forward(variant, HALF, x).data();
    float[] dx = OneOp.gradients(variant, HALF, ones(4).reshape(x.shape()), x).get(0).data();
    for (int i = 0; i < y.length; i++) {
      assertEquals(y[i] == 0 ? 0f : 2f, dx[i]);
      assertEquals(dx[i] * x.data()[i], y[i]);
    }
  }

  /// The share of zeros of n = 100,000 elements has the standard deviation √(r(1-r)/n) < 0.0016; the
  /// mean of the mask is 1 within as much.
  @ParameterizedTest
  @EnumSource
  void aShareOfRateIsDropped(KernelVariant variant) {
    int n = 100_000;
    for (float rate : new float[] {0f, 0.1f, 0.5f, 0.9f}) {
      float[] y = OneOp.forward(variant, new Dropout(rate, 5), ones(n)).data();
      double dropped = 0;
      for (float v : y) {
        dropped += v == 0 ? 1.0 / n : 0;
      }
      assertEquals(rate, dropped, 4 * 0.0016);
      assertEquals(rate == 0, Arrays.equals(ones(n).data(), y));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherKeyDropsOthers(KernelVariant variant) {
    Tensor x = ones(1000);
    float[] first = OneOp.forward(variant, HALF, x).data();
    for (long key : new long[] {18, 1L << 40}) {
      float[] second = OneOp.forward(variant, new Dropout(0.5f, key), x).data();
      int equal = 0;
      for (int i = 0; i < first.length; i++) {
        equal += first[i] == second[i] ? 1 : 0;
      }
      assertNotEquals(first.length, equal);
      assertEquals(500, equal, 4 * 16, "independent masks agree in about half of the places");
    }
  }

  @ParameterizedTest
  @EnumSource
  void forwardIsNearTheOracle(KernelVariant variant) {
    Dropout op = new Dropout(0.3f, -123_456_789_123L);
    Tensor x = Draw.UNIFORM.tensor(new CounterRandom(1), 3, 7, 5);
    List<DoubleTensor> exact = List.of(DoubleTensor.of(x));
    Closeness.assertWithin(
        DropoutOracle.forward(op, exact),
        DropoutOracle.bound(op, exact),
        OneOp.forward(variant, op, x));
  }

  @Test
  void gradient() {
    gradCheck(Dropout.class);
  }

  @Test
  void settingsAndInputsThatDoNotFit() {
    for (float rate : new float[] {-0.1f, 1f, Float.NaN}) {
      assertEquals(
          "Dropout: rate expected in [0, 1), got " + rate,
          assertThrows(IllegalArgumentException.class, () -> new Dropout(rate, 0)).getMessage());
    }
    assertThrows(ShapeException.class, () -> HALF.outputShape(List.of(Shape.of(1), Shape.of(1))));
    assertArrayEquals(new int[] {3}, HALF.outputShape(List.of(Shape.of(3))).toArray());
  }
}

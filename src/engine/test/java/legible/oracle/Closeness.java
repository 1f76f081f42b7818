package legible.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import legible.tensor.Tensor;

/// Compares float results with an oracle's, element by element and with a derived bound.
public final class Closeness {
  private Closeness() {}

  /// Checks `|actual - expected| <= bound` for each element.
  public static void assertWithin(DoubleTensor expected, DoubleTensor bound, Tensor actual) {
    assertEquals(expected.shape(), actual.shape());
    for (int i = 0; i < expected.size(); i++) {
      double difference = Math.abs(actual.data()[i] - expected.data()[i]);
      if (!(difference <= bound.data()[i])) {
        fail(
            "%s: expected %s within %s, got %s"
                .formatted(
                    expected.position(i), expected.data()[i], bound.data()[i], actual.data()[i]));
      }
    }
  }

  /// Checks that each element is the oracle's, rounded once.
  public static void assertRoundedOnce(DoubleTensor expected, Tensor actual) {
    assertEquals(expected.shape(), actual.shape());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals((float) expected.data()[i], actual.data()[i], 0f, expected.position(i));
    }
  }

  /// Checks that two tensors have the same shape and bits.
  public static void assertSameBits(Tensor expected, Tensor actual, String what) {
    assertEquals(expected.shape(), actual.shape(), what);
    int different = Arrays.mismatch(bits(expected), bits(actual));
    if (different >= 0) {
      fail(
          "%s at %s: expected %s, got %s"
              .formatted(
                  what,
                  DoubleTensor.of(expected).position(different),
                  expected.data()[different],
                  actual.data()[different]));
    }
  }

  private static int[] bits(Tensor tensor) {
    int[] bits = new int[tensor.size()];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(tensor.data()[i]));
    return bits;
  }
}

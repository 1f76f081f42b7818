package legible.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The stated bounds, against [StrictMath] in double precision, whose own error of one double ULP is
/// 2⁻²⁹ of a float's.
class ElementaryTest {
  /// A prime, so that all low bits take part: some two million floats. The slow test takes all.
  private static final int STRIDE = 1009;

  @Test
  void expByHand() {
    assertEquals(1f, Elementary.exp(0f));
    assertEquals(1f, Elementary.exp(-0f));
    assertEquals((float) Math.E, Elementary.exp(1f));
    assertEquals(0f, Elementary.exp(Float.NEGATIVE_INFINITY));
    assertEquals(Float.POSITIVE_INFINITY, Elementary.exp(Float.POSITIVE_INFINITY));
    assertTrue(Float.isNaN(Elementary.exp(Float.NaN)));
  }

  /// The largest finite and the smallest positive result, and what lies beyond.
  @Test
  void expAtTheEdges() {
    float highest = 88.72283f;
    assertTrue(Elementary.exp(highest) < Float.POSITIVE_INFINITY);
    assertEquals(Float.POSITIVE_INFINITY, Elementary.exp(Math.nextUp(highest)));
    assertEquals(Float.POSITIVE_INFINITY, Elementary.exp(Float.MAX_VALUE));
    assertEquals(Float.MIN_VALUE, Elementary.exp(-103.97f));
    assertEquals(0f, Elementary.exp(-103.98f));
    assertEquals(0f, Elementary.exp(-Float.MAX_VALUE));
  }

  @Test
  void expWithinItsBound() {
    sweepExp(STRIDE);
  }

  @Test
  @Tag("slow")
  void expWithinItsBoundForAllFloats() {
    sweepExp(1);
  }

  private static void sweepExp(int stride) {
    for (long bits = 0; bits < 1L << 32; bits += stride) {
      float x = Float.intBitsToFloat((int) bits);
      if (x > -104 && x <= 88.72283f) {
        double exact = StrictMath.exp(x);
        assertWithin(x, exact, exact < Float.MIN_NORMAL ? 0.76 : 1.02, Elementary.exp(x));
      }
    }
  }

  @Test
  void logByHand() {
    assertEquals(0f, Elementary.log(1f));
    assertEquals((float) Math.log(2), Elementary.log(2f));
    assertEquals((float) Math.log(10), Elementary.log(10f));
    assertEquals(Float.NEGATIVE_INFINITY, Elementary.log(0f));
    assertEquals(Float.NEGATIVE_INFINITY, Elementary.log(-0f));
    assertEquals(Float.POSITIVE_INFINITY, Elementary.log(Float.POSITIVE_INFINITY));
    assertTrue(Float.isNaN(Elementary.log(-Float.MIN_VALUE)));
    assertTrue(Float.isNaN(Elementary.log(-1f)));
    assertTrue(Float.isNaN(Elementary.log(Float.NEGATIVE_INFINITY)));
    assertTrue(Float.isNaN(Elementary.log(Float.NaN)));
  }

  @Test
  void logWithinItsBound() {
    sweepLog(STRIDE);
  }

  @Test
  @Tag("slow")
  void logWithinItsBoundForAllFloats() {
    sweepLog(1);
  }

  private static void sweepLog(int stride) {
    for (int bits = 1; bits < 0x7f800000; bits += stride) {
      float x = Float.intBitsToFloat(bits);
      assertWithin(x, StrictMath.log(x), 0.89, Elementary.log(x));
    }
    // Around 1, where the result is small and cancellation would show.
    for (int bits = 0x3f7f0000; bits < 0x3f810000; bits++) {
      float x = Float.intBitsToFloat(bits);
      assertWithin(x, StrictMath.log(x), 0.89, Elementary.log(x));
    }
  }

  private static void assertWithin(float x, double exact, double ulps, float actual) {
    if (!(Math.abs(actual - exact) <= ulps * Math.ulp((float) exact))) {
      Twins.assertWithin("x = " + x, exact, ulps * Math.ulp((float) exact), actual);
    }
  }
}

package legible.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// `exp` and `log` against [StrictMath] in double precision, over their whole ranges.
class ElementaryTest {
  @Test
  void expIsWithinItsBound() {
    float worst = 0;
    for (float x = -87.3f; x < Elementary.EXP_HIGHEST; x += 0.000731f) {
      worst = Math.max(worst, ulps(StrictMath.exp(x), Elementary.exp(x)));
    }
    assertTrue(worst <= 1, "ULP: " + worst);
  }

  @Test
  void expOfSubnormalResultsIsWithinTwoUlps() {
    for (float x = Elementary.EXP_LOWEST; x < -87.3f; x += 0.000731f) {
      float error = ulps(StrictMath.exp(x), Elementary.exp(x));
      assertTrue(error <= 2, x + ": ULP " + error);
    }
  }

  @Test
  void expAtTheEdges() {
    assertEquals(1f, Elementary.exp(0f));
    assertEquals(1f, Elementary.exp(-0f));
    assertEquals(0f, Elementary.exp(Float.NEGATIVE_INFINITY));
    assertEquals(0f, Elementary.exp(-1000f));
    assertEquals(Float.POSITIVE_INFINITY, Elementary.exp(Float.POSITIVE_INFINITY));
    assertEquals(Float.POSITIVE_INFINITY, Elementary.exp(89f));
    assertTrue(Float.isFinite(Elementary.exp(Elementary.EXP_HIGHEST)));
    assertTrue(Float.isNaN(Elementary.exp(Float.NaN)));
  }

  /// Every 331st of all positive floats, subnormal ones included.
  @Test
  void logIsWithinItsBound() {
    float worst = 0;
    for (int bits = 1; bits < Float.floatToIntBits(Float.POSITIVE_INFINITY); bits += 331) {
      float x = Float.intBitsToFloat(bits);
      worst = Math.max(worst, ulps(StrictMath.log(x), Elementary.log(x)));
    }
    assertTrue(worst <= 1, "ULP: " + worst);
  }

  @Test
  void logAtTheEdges() {
    assertEquals(0f, Elementary.log(1f));
    assertEquals(Float.NEGATIVE_INFINITY, Elementary.log(0f));
    assertEquals(Float.POSITIVE_INFINITY, Elementary.log(Float.POSITIVE_INFINITY));
    assertTrue(Float.isNaN(Elementary.log(-1f)));
    assertTrue(Float.isNaN(Elementary.log(Float.NaN)));
  }

  /// The distance in units of the last place of the exact value.
  private static float ulps(double exact, float actual) {
    return (float) (Math.abs(actual - exact) / Math.ulp((float) exact));
  }
}

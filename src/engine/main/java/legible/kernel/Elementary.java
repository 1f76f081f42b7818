package legible.kernel;

/// The exponential and the logarithm for float, from additions, multiplications and fma only: the
/// same bits on every machine, in scalar and in vector form. (`Math.exp` may differ by platform.)
@SuppressWarnings("FloatingPointLiteralPrecision") // the coefficients as they were published
public final class Elementary {
  /// 1/ln 2, the first of the constants by which [#exp] is defined; the vector twin uses them too.
  public static final float LOG2_E = 1.44269504f;

  /// ln 2 as a sum of two floats; the first has 9 significant bits, so that n·LN2_HIGH is exact.
  public static final float LN2_HIGH = 0.693359375f;

  public static final float LN2_LOW = -2.12194440e-4f;

  /// Adding and subtracting 1.5·2²³ rounds a small float to the nearest integer, ties to even.
  public static final float ROUND = 0x1.8p23f;

  /// Below this, exp is less than half of the smallest float.
  public static final float EXP_LOWEST = -104f;

  /// The largest float whose exponential is finite: ln of the largest float is 88.7228391.
  public static final float EXP_HIGHEST = 88.72283f;

  /// The polynomial of exp on [-ln 2/2, ln 2/2] behind 1 + r: r²·(E0·r⁴ + ... + E5·...), highest power
  /// first; source: Moshier's Cephes library, expf.
  public static final float E0 = 1.9875691500e-4f;

  public static final float E1 = 1.3981999507e-3f;
  public static final float E2 = 8.3334519073e-3f;
  public static final float E3 = 4.1665795894e-2f;
  public static final float E4 = 1.6666665459e-1f;
  public static final float E5 = 5.0000001201e-1f;

  /// The polynomial of log on [√½ - 1, √2 - 1], highest power first; source: Cephes, logf.
  private static final float[] LOG = {
    7.0376836292e-2f,
    -1.1514610310e-1f,
    1.1676998740e-1f,
    -1.2420140846e-1f,
    1.4249322787e-1f,
    -1.6668057665e-1f,
    2.0000714765e-1f,
    -2.4999993993e-1f,
    3.3333331174e-1f
  };

  private static final float SQRT_HALF = 0.70710678f;

  private Elementary() {}

  /// eˣ, within 1.02 ULP of the exact value (0.76 where that is subnormal) for every float, and the
  /// nearest float to it for 97 of 100. 0 below -104 and for -∞, +∞ above 88.72283, NaN for NaN.
  ///
  /// `x = n·ln 2 + r` with an integer n and |r| <= ln 2/2 gives `eˣ = 2ⁿ·eʳ`. The power of two is
  /// applied in two halves, since 2ⁿ itself may leave the range of normal floats.
  public static float exp(float x) {
    if (!(x <= EXP_HIGHEST)) {
      return x > EXP_HIGHEST ? Float.POSITIVE_INFINITY : x;
    }
    float clamped = Math.max(x, EXP_LOWEST);
    float n = clamped * LOG2_E + ROUND - ROUND;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, clamped));
    float p = Math.fma(E0, r, E1);
    p = Math.fma(p, r, E2);
    p = Math.fma(p, r, E3);
    p = Math.fma(p, r, E4);
    p = Math.fma(p, r, E5);
    p = Math.fma(p, r * r, r) + 1f;
    int power = (int) n;
    int half = power >> 1;
    return p * powerOfTwo(half) * powerOfTwo(power - half);
  }

  /// ln x, within 0.89 ULP of the exact value for every positive float, subnormal ones included; -∞ for
  /// 0 and -0, NaN for x < 0 and NaN, +∞ for +∞.
  ///
  /// `x = 2ᵉ·m` with m in [√½, √2) gives `ln x = e·ln 2 + ln(1 + (m - 1))`.
  public static float log(float x) {
    if (!(x > 0) || x == Float.POSITIVE_INFINITY) {
      return x == 0 ? Float.NEGATIVE_INFINITY : x < 0 ? Float.NaN : x;
    }
    boolean subnormal = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(subnormal ? x * 0x1.0p24f : x);
    int exponent = (bits >>> 23) - 126 - (subnormal ? 24 : 0);
    float m = Float.intBitsToFloat((bits & 0x7fffff) | 0x3f000000); // in [½, 1)
    if (m < SQRT_HALF) {
      exponent--;
      m += m;
    }
    float r = m - 1f;
    float square = r * r;
    float p = LOG[0];
    for (int i = 1; i < LOG.length; i++) {
      p = Math.fma(p, r, LOG[i]);
    }
    float e = exponent;
    float tail = Math.fma(e, LN2_LOW, Math.fma(-0.5f, square, p * r * square));
    return Math.fma(e, LN2_HIGH, r + tail);
  }

  private static float powerOfTwo(int exponent) {
    return Float.intBitsToFloat((exponent + 127) << 23);
  }
}

package legible.kernel;

/// Tells whether this CPU computes `a·b + c` with one rounding in hardware.
///
/// Where it cannot, `Math.fma` falls back to decimal arithmetic: the same bits, up to 2500 times
/// slower. Java offers no question for it, so the answer is measured.
public final class FusedMultiplyAdd {
  private static final int CALLS = 50;

  /// In hardware a call takes 1 ns compiled and about 50 ns interpreted; the fallback takes more than
  /// a microsecond even when it is compiled.
  private static final long SLOW_NANOS_PER_CALL = 600;

  /// The best of a few rounds, since a thread may be interrupted in one.
  private static final int ROUNDS = 3;

  private FusedMultiplyAdd() {}

  /// Measures for a few microseconds where the answer is yes, some milliseconds otherwise.
  public static boolean inHardware() {
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      float sum = chain();
      long nanos = System.nanoTime() - start;
      if (Float.isFinite(sum) && nanos < CALLS * SLOW_NANOS_PER_CALL) {
        return true;
      }
    }
    return false;
  }

  /// The sum depends on every call, so that none can be left out.
  private static float chain() {
    float sum = 0.1f;
    for (int i = 0; i < CALLS; i++) {
      sum = Math.fma(sum, 0.999f, 0.0001f);
    }
    return sum;
  }
}

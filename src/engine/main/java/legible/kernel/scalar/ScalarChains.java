package legible.kernel.scalar;

/// Steps of many fma chains at once, one chain for each index of an array.
final class ScalarChains {
  private ScalarChains() {}

  /// `acc[o] = fma(a, b[o], acc[o])` for o in `[from, to)`.
  static void one(int from, int to, float a, float[] b, float[] acc) {
    for (int o = from; o < to; o++) {
      acc[o] = Math.fma(a, b[o], acc[o]);
    }
  }

  /// Four steps of each chain, first a0·b0, then a1·b1 and so on: one load and store of the chain
  /// for four products.
  static void four(
      int from,
      int to,
      float a0,
      float[] b0,
      float a1,
      float[] b1,
      float a2,
      float[] b2,
      float a3,
      float[] b3,
      float[] acc) {
    for (int o = from; o < to; o++) {
      float sum = Math.fma(a0, b0[o], acc[o]);
      sum = Math.fma(a1, b1[o], sum);
      sum = Math.fma(a2, b2[o], sum);
      acc[o] = Math.fma(a3, b3[o], sum);
    }
  }

  /// `acc[o] = max(acc[o], 0)`
  static void relu(int from, int to, float[] acc) {
    for (int o = from; o < to; o++) {
      acc[o] = Math.max(acc[o], 0f);
    }
  }
}

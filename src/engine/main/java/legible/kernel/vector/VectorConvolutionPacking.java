package legible.kernel.vector;

/// Copies of weights into panels.
final class VectorConvolutionPacking {
  private VectorConvolutionPacking() {}

  /// `panel[to + d·width + o] = w[from + o·laneStep + d]` for o in `[0, count)`, zero above.
  static void transpose(
      int depth, int count, float[] w, int from, int laneStep, float[] panel, int to, int width) {
    for (int o = 0; o < width; o++) {
      int source = from + o * laneStep;
      for (int d = 0; d < depth; d++) {
        panel[to + d * width + o] = o < count ? w[source + d] : 0f;
      }
    }
  }
}

package legible.kernel.loops;

/// The single-threaded loops behind [legible.kernel.Updates], over the elements `[from, to)`; each
/// twin implements them. The operations and their order are as [legible.kernel.Updates] gives them.
public interface UpdateLoops {
  /// See [legible.kernel.Updates#sgd].
  void sgd(
      int from,
      int to,
      float[] w,
      float[] g,
      float[] velocity,
      float gradientScale,
      float learningRate,
      float momentum,
      boolean nesterov,
      float l2);

  /// See [legible.kernel.Updates#adam].
  void adam(
      int from,
      int to,
      float[] w,
      float[] g,
      float[] m,
      float[] v,
      float gradientScale,
      float l2,
      float keep,
      float stepSize,
      float beta1,
      float beta2,
      float invSqrtCorrection2,
      float epsilon);

  /// See [legible.kernel.Updates#movingAverage]; `share` is `1 - decay`.
  void movingAverage(int from, int to, float[] w, float[] average, float share);
}

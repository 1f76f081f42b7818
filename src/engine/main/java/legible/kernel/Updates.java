package legible.kernel;

import legible.kernel.loops.UpdateLoops;

/// The element loops of the optimizers. `g` is the gradient, multiplied by `gradientScale` first (1
/// unless gradients are clipped).
public final class Updates {
  /// Elements of one task: some microseconds of work, so that handing it over pays.
  private static final int CHUNK = 1 << 14;

  private final Parallel parallel;
  private final UpdateLoops loops;

  Updates(Parallel parallel, UpdateLoops loops) {
    this.parallel = parallel;
    this.loops = loops;
  }

  /// SGD with momentum, as PyTorch defines it:
  ///
  /// ```
  ///  g ← gradientScale·g + l2·w      v ← momentum·v + g
  ///  w ← w - learningRate·(nesterov ? g + momentum·v : v)
  /// ```
  public void sgd(
      int n,
      float[] w,
      float[] g,
      float[] velocity,
      float gradientScale,
      float learningRate,
      float momentum,
      boolean nesterov,
      float l2) {
    parallel.run(
        chunks(n),
        (chunk, worker) ->
            loops.sgd(
                from(chunk),
                to(chunk, n),
                w,
                g,
                velocity,
                gradientScale,
                learningRate,
                momentum,
                nesterov,
                l2));
  }

  /// Adam (Kingma & Ba 2015, algorithm 1) with decoupled weight decay (Loshchilov & Hutter 2019):
  ///
  /// ```
  ///  g ← gradientScale·g + l2·w
  ///  m ← β₁·m + (1-β₁)·g             v ← β₂·v + (1-β₂)·g²
  ///  w ← w·keep - stepSize·m / (√v·invSqrtCorrection2 + ε)
  /// ```
  ///
  /// with `keep = 1 - learningRate·weightDecay`, `stepSize = learningRate/(1-β₁ᵗ)` and
  /// `invSqrtCorrection2 = 1/√(1-β₂ᵗ)`, all computed by the caller.
  public void adam(
      int n,
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
      float epsilon) {
    parallel.run(
        chunks(n),
        (chunk, worker) ->
            loops.adam(
                from(chunk),
                to(chunk, n),
                w,
                g,
                m,
                v,
                gradientScale,
                l2,
                keep,
                stepSize,
                beta1,
                beta2,
                invSqrtCorrection2,
                epsilon));
  }

  /// `average[i] = fma(1 - decay, w[i] - average[i], average[i])`: an exponential moving average.
  public void movingAverage(int n, float[] w, float[] average, float decay) {
    parallel.run(
        chunks(n),
        (chunk, worker) -> loops.movingAverage(from(chunk), to(chunk, n), w, average, 1 - decay));
  }

  private static int chunks(int n) {
    return Math.ceilDiv(n, CHUNK);
  }

  private static int from(int chunk) {
    return chunk * CHUNK;
  }

  private static int to(int chunk, int n) {
    return Math.min(n, from(chunk) + CHUNK);
  }
}

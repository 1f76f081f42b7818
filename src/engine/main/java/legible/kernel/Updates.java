package legible.kernel;

import legible.kernel.loops.UpdateLoops;

/// The element loops of the optimizers. `g` is the gradient, multiplied by `gradientScale` first (1
/// unless gradients are clipped).
///
/// Each method gives the mathematics first and then the very operations, of which every one rounds
/// once; division and square root are those of IEEE 754. Where an output is NaN, any NaN is meant.
///
/// `normal(x)` is 0 where x is subnormal (below 2⁻¹²⁶), else x. A weight whose gradient has become 0, as
/// those of a pixel that is always white, keeps averages that shrink until rounding holds them at some
/// subnormal number for ever, and a processor takes some hundred times as long for such a number as
/// for others: training was 7 % slower after a thousand steps. No weight above 10⁻²⁶ sees the
/// difference.
public final class Updates {
  private final Parallel parallel;
  private final UpdateLoops loops;

  private final Parallel.Task sgd = this::sgd;
  private final Parallel.Task adam = this::adam;
  private final Parallel.Task movingAverage = this::movingAverage;

  /// The job at hand, in fields so that a call allocates nothing.
  private int n;

  private float[] w;
  private float[] g;
  private float[] first;
  private float[] second;
  private float gradientScale;
  private float l2;
  private float learningRate;
  private float momentum;
  private boolean nesterov;
  private float keep;
  private float stepSize;
  private float beta1;
  private float beta2;
  private float invSqrtCorrection2;
  private float epsilon;
  private float share;

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
  ///
  /// computed as
  ///
  /// ```
  ///  g' = fma(l2, w, gradientScale·g)      v ← normal(fma(momentum, v, g'))
  ///  w ← fma(-learningRate, nesterov ? fma(momentum, v, g') : v, w)
  /// ```
  ///
  /// @param w the weights, modified
  /// @param g the gradient, not modified
  /// @param velocity v, modified; zeros at first
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
    this.w = w;
    this.g = g;
    this.first = velocity;
    this.gradientScale = gradientScale;
    this.learningRate = learningRate;
    this.momentum = momentum;
    this.nesterov = nesterov;
    this.l2 = l2;
    run(n, sgd);
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
  /// `invSqrtCorrection2 = 1/√(1-β₂ᵗ)`, all computed by the caller. Computed as
  ///
  /// ```
  ///  g' = fma(l2, w, gradientScale·g)
  ///  m ← normal(fma(1-β₁, g' - m, m))        v ← normal(fma(1-β₂, g'·g' - v, v))
  ///  w ← w·keep - (stepSize·m) / fma(√v, invSqrtCorrection2, ε)
  /// ```
  ///
  /// The form with a difference needs one constant instead of two that must add up to 1.
  ///
  /// @param w the weights, modified
  /// @param g the gradient, not modified
  /// @param m the moving average of g, modified; zeros at first
  /// @param v the moving average of g², modified; zeros at first
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
    this.w = w;
    this.g = g;
    this.first = m;
    this.second = v;
    this.gradientScale = gradientScale;
    this.l2 = l2;
    this.keep = keep;
    this.stepSize = stepSize;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.invSqrtCorrection2 = invSqrtCorrection2;
    this.epsilon = epsilon;
    run(n, adam);
  }

  /// `average[i] = fma(1 - decay, w[i] - average[i], average[i])`: an exponential moving average.
  ///
  /// @param w not modified
  /// @param average modified
  public void movingAverage(int n, float[] w, float[] average, float decay) {
    this.w = w;
    this.first = average;
    this.share = 1 - decay;
    run(n, movingAverage);
  }

  private void run(int n, Parallel.Task task) {
    this.n = n;
    parallel.run(Chunks.count(n), task);
  }

  private void sgd(int chunk, int worker) {
    loops.sgd(
        Chunks.from(chunk),
        Chunks.to(chunk, n),
        w,
        g,
        first,
        gradientScale,
        learningRate,
        momentum,
        nesterov,
        l2);
  }

  private void adam(int chunk, int worker) {
    loops.adam(
        Chunks.from(chunk),
        Chunks.to(chunk, n),
        w,
        g,
        first,
        second,
        gradientScale,
        l2,
        keep,
        stepSize,
        beta1,
        beta2,
        invSqrtCorrection2,
        epsilon);
  }

  private void movingAverage(int chunk, int worker) {
    loops.movingAverage(Chunks.from(chunk), Chunks.to(chunk, n), w, first, share);
  }
}

package legible.kernel.scalar;

import legible.kernel.loops.UpdateLoops;

/// [UpdateLoops] in plain Java.
public final class ScalarUpdate implements UpdateLoops {
  @Override
  public void sgd(
      int from,
      int to,
      float[] w,
      float[] g,
      float[] velocity,
      float gradientScale,
      float learningRate,
      float momentum,
      boolean nesterov,
      float l2) {
    for (int i = from; i < to; i++) {
      float gradient = Math.fma(l2, w[i], gradientScale * g[i]);
      float next = normal(Math.fma(momentum, velocity[i], gradient));
      velocity[i] = next;
      float step = nesterov ? Math.fma(momentum, next, gradient) : next;
      w[i] = Math.fma(-learningRate, step, w[i]);
    }
  }

  @Override
  public void adam(
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
      float epsilon) {
    float share1 = 1 - beta1;
    float share2 = 1 - beta2;
    for (int i = from; i < to; i++) {
      float gradient = Math.fma(l2, w[i], gradientScale * g[i]);
      float first = normal(Math.fma(share1, gradient - m[i], m[i]));
      float second = normal(Math.fma(share2, gradient * gradient - v[i], v[i]));
      m[i] = first;
      v[i] = second;
      float root = Math.fma((float) Math.sqrt(second), invSqrtCorrection2, epsilon);
      w[i] = w[i] * keep - stepSize * first / root;
    }
  }

  @Override
  public void movingAverage(int from, int to, float[] w, float[] average, float share) {
    for (int i = from; i < to; i++) {
      average[i] = Math.fma(share, w[i] - average[i], average[i]);
    }
  }

  /// x, or 0 where it is subnormal.
  private static float normal(float x) {
    return Math.abs(x) < Float.MIN_NORMAL ? 0f : x;
  }
}

package legible.kernel.scalar;

import legible.kernel.Elementary;
import legible.kernel.loops.SoftmaxLoops;

/// [SoftmaxLoops] in plain Java.
public final class ScalarSoftmax implements SoftmaxLoops {
  @Override
  public float maximum(int n, float[] x, int offset) {
    float maximum = Float.NEGATIVE_INFINITY;
    for (int k = offset; k < offset + n; k++) {
      maximum = Math.max(maximum, x[k]);
    }
    return maximum;
  }

  @Override
  public void subtract(int n, float[] x, int offset, float maximum, float[] y) {
    for (int k = offset; k < offset + n; k++) {
      y[k] = x[k] - maximum;
    }
  }

  @Override
  public void exponentials(int n, float[] y, int offset) {
    for (int k = offset; k < offset + n; k++) {
      y[k] = Elementary.exp(y[k]);
    }
  }

  @Override
  public float sum(int n, float[] x, int offset) {
    float sum = 0;
    for (int k = offset; k < offset + n; k++) {
      sum += x[k];
    }
    return sum;
  }

  @Override
  public void divide(int n, float[] y, int offset, float divisor) {
    for (int k = offset; k < offset + n; k++) {
      y[k] /= divisor;
    }
  }

  @Override
  public float loss(int n, float[] z, float[] t, int offset, float maximum, float logSum) {
    float sum = 0;
    for (int k = offset; k < offset + n; k++) {
      sum = Math.fma(-t[k], z[k] - maximum - logSum, sum);
    }
    return sum;
  }

  @Override
  public void gradient(
      int n, float factor, float sum, float[] p, float[] t, int offset, float[] dz) {
    for (int k = offset; k < offset + n; k++) {
      dz[k] = Math.fma(factor, Math.fma(p[k], sum, -t[k]), dz[k]);
    }
  }
}

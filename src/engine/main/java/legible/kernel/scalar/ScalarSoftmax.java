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
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int end = offset + n;
    int k = offset;
    for (; k <= end - 4; k += 4) {
      sum0 += x[k];
      sum1 += x[k + 1];
      sum2 += x[k + 2];
      sum3 += x[k + 3];
    }
    for (; k < end; k++) {
      sum0 += x[k];
    }
    return (sum0 + sum2) + (sum1 + sum3);
  }

  @Override
  public void divide(int n, float[] y, int offset, float divisor) {
    for (int k = offset; k < offset + n; k++) {
      y[k] /= divisor;
    }
  }

  @Override
  public float loss(int n, float[] z, float[] t, int offset, float maximum, float logSum) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int end = offset + n;
    int k = offset;
    for (; k <= end - 4; k += 4) {
      sum0 = Math.fma(-t[k], z[k] - maximum - logSum, sum0);
      sum1 = Math.fma(-t[k + 1], z[k + 1] - maximum - logSum, sum1);
      sum2 = Math.fma(-t[k + 2], z[k + 2] - maximum - logSum, sum2);
      sum3 = Math.fma(-t[k + 3], z[k + 3] - maximum - logSum, sum3);
    }
    for (; k < end; k++) {
      sum0 = Math.fma(-t[k], z[k] - maximum - logSum, sum0);
    }
    return (sum0 + sum2) + (sum1 + sum3);
  }

  @Override
  public void gradient(
      int n, float factor, float sum, float[] p, float[] t, int offset, float[] dz) {
    for (int k = offset; k < offset + n; k++) {
      dz[k] = Math.fma(factor, Math.fma(p[k], sum, -t[k]), dz[k]);
    }
  }
}

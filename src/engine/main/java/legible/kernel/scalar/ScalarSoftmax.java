package legible.kernel.scalar;

import legible.kernel.Elementary;
import legible.kernel.loops.SoftmaxLoops;

/// [SoftmaxLoops] in plain Java.
public final class ScalarSoftmax implements SoftmaxLoops {
  @Override
  public float maximum(int n, float[] x, int offset) {
    float maximum = Float.NEGATIVE_INFINITY;
    for (int k = 0; k < n; k++) {
      maximum = Math.max(maximum, x[offset + k]);
    }
    return maximum;
  }

  @Override
  public void exponentials(int n, float[] x, int offset, float maximum, float[] y) {
    for (int k = 0; k < n; k++) {
      y[offset + k] = Elementary.exp(x[offset + k] - maximum);
    }
  }

  @Override
  public void divide(int n, float[] y, int offset, float divisor) {
    for (int k = 0; k < n; k++) {
      y[offset + k] /= divisor;
    }
  }
}

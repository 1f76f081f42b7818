package legible.kernel.scalar;

import java.util.Arrays;
import legible.kernel.Activation;
import legible.kernel.RandomBits;
import legible.kernel.loops.ElementwiseLoops;

/// [ElementwiseLoops] in plain Java.
public final class ScalarElementwise implements ElementwiseLoops {
  @Override
  public void add(
      int count,
      float[] a,
      int aStart,
      float[] b,
      int bStart,
      Activation f,
      float[] y,
      int yStart) {
    for (int i = 0; i < count; i++) {
      y[yStart + i] = f.of(a[aStart + i] + b[bStart + i]);
    }
  }

  @Override
  public void accumulate(int from, int to, float[] x, float[] y) {
    for (int i = from; i < to; i++) {
      y[i] += x[i];
    }
  }

  @Override
  public void multiply(int from, int to, float[] x, float[] scale, float[] y) {
    for (int i = from; i < to; i++) {
      y[i] = x[i] * scale[i];
    }
  }

  @Override
  public void accumulateProduct(int from, int to, float[] x, float[] scale, float[] y) {
    for (int i = from; i < to; i++) {
      y[i] = Math.fma(x[i], scale[i], y[i]);
    }
  }

  @Override
  public void accumulateScaled(int from, int to, float factor, float[] x, float[] y) {
    for (int i = from; i < to; i++) {
      y[i] = Math.fma(factor, x[i], y[i]);
    }
  }

  @Override
  public void scaledDifference(int from, int to, float factor, float[] a, float[] b, float[] y) {
    for (int i = from; i < to; i++) {
      y[i] = factor * (a[i] - b[i]);
    }
  }

  @Override
  public void relu(int from, int to, float[] x, float[] y) {
    for (int i = from; i < to; i++) {
      y[i] = Math.max(x[i], 0f);
    }
  }

  @Override
  public void reluGradient(int from, int to, float[] y, float[] dy, float[] dz) {
    for (int i = from; i < to; i++) {
      dz[i] = y[i] > 0 ? dy[i] : 0f;
    }
  }

  @Override
  public void sumRows(int from, int to, int columns, float[] x, float[] sums, int offset) {
    Arrays.fill(sums, offset, offset + columns, 0f);
    for (int r = from; r < to; r++) {
      for (int c = 0; c < columns; c++) {
        sums[offset + c] += x[r * columns + c];
      }
    }
  }

  @Override
  public double sumOfSquares(int from, int to, float[] x) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    double sum4 = 0;
    double sum5 = 0;
    double sum6 = 0;
    double sum7 = 0;
    int i = from;
    for (; i <= to - 8; i += 8) {
      sum0 += square(x[i]);
      sum1 += square(x[i + 1]);
      sum2 += square(x[i + 2]);
      sum3 += square(x[i + 3]);
      sum4 += square(x[i + 4]);
      sum5 += square(x[i + 5]);
      sum6 += square(x[i + 6]);
      sum7 += square(x[i + 7]);
    }
    for (; i < to; i++) {
      sum0 += square(x[i]);
    }
    return ((sum0 + sum4) + (sum2 + sum6)) + ((sum1 + sum5) + (sum3 + sum7));
  }

  private static double square(double value) {
    return value * value;
  }

  @Override
  public void dropoutMask(int from, int to, float rate, long key, float[] mask) {
    float kept = 1 / (1 - rate);
    int threshold = RandomBits.threshold(rate);
    for (int i = from; i < to; i++) {
      mask[i] = RandomBits.of(key, i) < threshold ? 0f : kept;
    }
  }
}

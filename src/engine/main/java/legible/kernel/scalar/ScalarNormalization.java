package legible.kernel.scalar;

import java.util.Arrays;
import legible.kernel.Activation;
import legible.kernel.loops.NormalizationLoops;

/// [NormalizationLoops] in plain Java.
public final class ScalarNormalization implements NormalizationLoops {
  @Override
  public void statistics(int from, int to, int channels, float[] x, float[] sums, int offset) {
    int deviations = offset + channels;
    int squares = deviations + channels;
    Arrays.fill(sums, offset, squares + channels, 0f);
    for (int r = from; r < to; r++) {
      for (int c = 0; c < channels; c++) {
        sums[offset + c] += x[r * channels + c];
      }
    }
    for (int c = offset; c < deviations; c++) {
      sums[c] /= to - from;
    }
    for (int r = from; r < to; r++) {
      for (int c = 0; c < channels; c++) {
        float deviation = x[r * channels + c] - sums[offset + c];
        sums[deviations + c] += deviation;
        sums[squares + c] = Math.fma(deviation, deviation, sums[squares + c]);
      }
    }
  }

  @Override
  public void normalize(
      int from,
      int to,
      int channels,
      float[] x,
      float[] mean,
      float[] scale,
      float[] shift,
      Activation f,
      float[] y) {
    for (int r = from; r < to; r++) {
      for (int c = 0; c < channels; c++) {
        y[r * channels + c] = f.of(Math.fma(x[r * channels + c] - mean[c], scale[c], shift[c]));
      }
    }
  }

  @Override
  public void gradientSums(
      int from,
      int to,
      int channels,
      float[] x,
      float[] mean,
      float[] invStd,
      float[] dy,
      float[] sums,
      int offset) {
    int products = offset + channels;
    Arrays.fill(sums, offset, products + channels, 0f);
    for (int r = from; r < to; r++) {
      for (int c = 0; c < channels; c++) {
        int i = r * channels + c;
        float xHat = (x[i] - mean[c]) * invStd[c];
        sums[offset + c] += dy[i];
        sums[products + c] = Math.fma(dy[i], xHat, sums[products + c]);
      }
    }
  }

  @Override
  public void inputGradient(
      int from,
      int to,
      int channels,
      float[] x,
      float[] mean,
      float[] scale,
      float[] meanDy,
      float[] slope,
      float[] dy,
      float[] dx) {
    for (int r = from; r < to; r++) {
      for (int c = 0; c < channels; c++) {
        int i = r * channels + c;
        float centred = Math.fma(mean[c] - x[i], slope[c], dy[i] - meanDy[c]);
        dx[i] = Math.fma(scale[c], centred, dx[i]);
      }
    }
  }
}

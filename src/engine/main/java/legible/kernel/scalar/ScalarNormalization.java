package legible.kernel.scalar;

import java.util.Arrays;
import legible.kernel.Activation;
import legible.kernel.loops.NormalizationLoops;

/// [NormalizationLoops] in plain Java.
public final class ScalarNormalization implements NormalizationLoops {
  @Override
  public void squaredDeviations(
      int from, int to, int channels, float[] x, float[] mean, float[] squares, int offset) {
    Arrays.fill(squares, offset, offset + channels, 0f);
    for (int r = from; r < to; r++) {
      for (int c = 0; c < channels; c++) {
        float deviation = x[r * channels + c] - mean[c];
        squares[offset + c] = Math.fma(deviation, deviation, squares[offset + c]);
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
  public void gradientProducts(
      int from,
      int to,
      int channels,
      float[] x,
      float[] mean,
      float[] invStd,
      float[] dy,
      float[] sums,
      int offset) {
    Arrays.fill(sums, offset, offset + channels, 0f);
    for (int r = from; r < to; r++) {
      for (int c = 0; c < channels; c++) {
        float xHat = (x[r * channels + c] - mean[c]) * invStd[c];
        sums[offset + c] = Math.fma(dy[r * channels + c], xHat, sums[offset + c]);
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

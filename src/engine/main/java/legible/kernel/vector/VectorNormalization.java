package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.Activation;
import legible.kernel.loops.NormalizationLoops;

/// [NormalizationLoops] on `jdk.incubator.vector`: a column of vectors at a time, so that what belongs
/// to its channels stays in registers. Channels beyond the last whole vector are done one by one.
final class VectorNormalization implements NormalizationLoops {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  @Override
  public void squaredDeviations(
      int from, int to, int channels, float[] x, float[] mean, float[] squares, int offset) {
    int c = 0;
    for (; c <= channels - LANES; c += LANES) {
      FloatVector m = load(mean, c);
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int r = from; r < to; r++) {
        FloatVector deviation = load(x, r * channels + c).sub(m);
        sum = deviation.fma(deviation, sum);
      }
      sum.intoArray(squares, offset + c);
    }
    for (; c < channels; c++) { // scalar tail
      float sum = 0;
      for (int r = from; r < to; r++) {
        float deviation = x[r * channels + c] - mean[c];
        sum = Math.fma(deviation, deviation, sum);
      }
      squares[offset + c] = sum;
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
    float limit = VectorActivation.limit(f);
    int c = 0;
    for (; c <= channels - LANES; c += LANES) {
      FloatVector m = load(mean, c);
      FloatVector s = load(scale, c);
      FloatVector b = load(shift, c);
      for (int i = from * channels + c; i < to * channels; i += channels) {
        VectorActivation.apply(load(x, i).sub(m).fma(s, b), limit).intoArray(y, i);
      }
    }
    for (; c < channels; c++) { // scalar tail
      for (int i = from * channels + c; i < to * channels; i += channels) {
        y[i] = f.of(Math.fma(x[i] - mean[c], scale[c], shift[c]));
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
    int c = 0;
    for (; c <= channels - LANES; c += LANES) {
      FloatVector m = load(mean, c);
      FloatVector s = load(invStd, c);
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = from * channels + c; i < to * channels; i += channels) {
        sum = load(dy, i).fma(load(x, i).sub(m).mul(s), sum);
      }
      sum.intoArray(sums, offset + c);
    }
    for (; c < channels; c++) { // scalar tail
      float sum = 0;
      for (int i = from * channels + c; i < to * channels; i += channels) {
        sum = Math.fma(dy[i], (x[i] - mean[c]) * invStd[c], sum);
      }
      sums[offset + c] = sum;
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
    int c = 0;
    for (; c <= channels - LANES; c += LANES) {
      FloatVector m = load(mean, c);
      FloatVector s = load(scale, c);
      FloatVector d = load(meanDy, c);
      FloatVector k = load(slope, c);
      for (int i = from * channels + c; i < to * channels; i += channels) {
        FloatVector centred = m.sub(load(x, i)).fma(k, load(dy, i).sub(d));
        s.fma(centred, load(dx, i)).intoArray(dx, i);
      }
    }
    for (; c < channels; c++) { // scalar tail
      for (int i = from * channels + c; i < to * channels; i += channels) {
        float centred = Math.fma(mean[c] - x[i], slope[c], dy[i] - meanDy[c]);
        dx[i] = Math.fma(scale[c], centred, dx[i]);
      }
    }
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(SPECIES, array, index);
  }
}

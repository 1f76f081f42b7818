package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.Activation;
import legible.kernel.loops.NormalizationLoops;

/// [NormalizationLoops] on `jdk.incubator.vector`. What a channel is multiplied with stays in
/// registers while its rows pass; the sums are in [VectorNormalizationSums].
final class VectorNormalization implements NormalizationLoops {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  @Override
  public void statistics(int from, int to, int channels, float[] x, float[] sums, int offset) {
    VectorNormalizationSums.statistics(from, to, channels, x, sums, offset);
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
    VectorNormalizationSums.gradientSums(from, to, channels, x, mean, invStd, dy, sums, offset);
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
    for (; c <= channels - 2 * LANES; c += 2 * LANES) {
      FloatVector m0 = load(mean, c);
      FloatVector m1 = load(mean, c + LANES);
      FloatVector s0 = load(scale, c);
      FloatVector s1 = load(scale, c + LANES);
      FloatVector b0 = load(shift, c);
      FloatVector b1 = load(shift, c + LANES);
      for (int i = from * channels + c; i < to * channels; i += channels) {
        FloatVector y0 = load(x, i).sub(m0).fma(s0, b0);
        FloatVector y1 = load(x, i + LANES).sub(m1).fma(s1, b1);
        VectorActivation.apply(y0, limit).intoArray(y, i);
        VectorActivation.apply(y1, limit).intoArray(y, i + LANES);
      }
    }
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
    for (; c <= channels - 2 * LANES; c += 2 * LANES) {
      FloatVector m0 = load(mean, c);
      FloatVector m1 = load(mean, c + LANES);
      FloatVector s0 = load(scale, c);
      FloatVector s1 = load(scale, c + LANES);
      FloatVector d0 = load(meanDy, c);
      FloatVector d1 = load(meanDy, c + LANES);
      FloatVector k0 = load(slope, c);
      FloatVector k1 = load(slope, c + LANES);
      for (int i = from * channels + c; i < to * channels; i += channels) {
        FloatVector g0 = m0.sub(load(x, i)).fma(k0, load(dy, i).sub(d0));
        FloatVector g1 = m1.sub(load(x, i + LANES)).fma(k1, load(dy, i + LANES).sub(d1));
        s0.fma(g0, load(dx, i)).intoArray(dx, i);
        s1.fma(g1, load(dx, i + LANES)).intoArray(dx, i + LANES);
      }
    }
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

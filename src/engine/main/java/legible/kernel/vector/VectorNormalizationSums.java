package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The sums over rows of [VectorNormalization]: two vectors of channels at a time, then one, with the
/// sums in registers. The last vector may overlap the one before: it gives the shared channels the
/// same sums again. `from` and `to` count elements: a row's first channel and the end of the rows.
final class VectorNormalizationSums {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorNormalizationSums() {}

  static void statistics(int from, int to, int channels, float[] x, float[] sums, int offset) {
    int start = from * channels;
    int end = to * channels;
    int c = 0;
    for (; c <= channels - 2 * LANES; c += 2 * LANES) {
      statisticsOfTwo(start + c, end, channels, x, to - from, sums, offset + c);
    }
    for (; c <= channels - LANES; c += LANES) {
      statisticsOfOne(start + c, end, channels, x, to - from, sums, offset + c);
    }
    if (c < channels && channels >= LANES) {
      c = channels - LANES;
      statisticsOfOne(start + c, end, channels, x, to - from, sums, offset + c);
      return;
    }
    for (; c < channels; c++) { // fewer channels than lanes
      float pivot = 0;
      for (int i = start + c; i < end; i += channels) {
        pivot += x[i];
      }
      pivot /= to - from;
      float deviation = 0;
      float square = 0;
      for (int i = start + c; i < end; i += channels) {
        float d = x[i] - pivot;
        deviation += d;
        square = Math.fma(d, d, square);
      }
      sums[offset + c] = pivot;
      sums[offset + channels + c] = deviation;
      sums[offset + 2 * channels + c] = square;
    }
  }

  private static void statisticsOfTwo(
      int from, int to, int channels, float[] x, int rows, float[] sums, int offset) {
    FloatVector pivot0 = FloatVector.zero(SPECIES);
    FloatVector pivot1 = FloatVector.zero(SPECIES);
    for (int i = from; i < to; i += channels) {
      pivot0 = pivot0.add(load(x, i));
      pivot1 = pivot1.add(load(x, i + LANES));
    }
    pivot0 = pivot0.div(rows);
    pivot1 = pivot1.div(rows);
    FloatVector deviation0 = FloatVector.zero(SPECIES);
    FloatVector deviation1 = FloatVector.zero(SPECIES);
    FloatVector square0 = FloatVector.zero(SPECIES);
    FloatVector square1 = FloatVector.zero(SPECIES);
    for (int i = from; i < to; i += channels) {
      FloatVector d0 = load(x, i).sub(pivot0);
      FloatVector d1 = load(x, i + LANES).sub(pivot1);
      deviation0 = deviation0.add(d0);
      deviation1 = deviation1.add(d1);
      square0 = d0.fma(d0, square0);
      square1 = d1.fma(d1, square1);
    }
    pivot0.intoArray(sums, offset);
    pivot1.intoArray(sums, offset + LANES);
    deviation0.intoArray(sums, offset + channels);
    deviation1.intoArray(sums, offset + channels + LANES);
    square0.intoArray(sums, offset + 2 * channels);
    square1.intoArray(sums, offset + 2 * channels + LANES);
  }

  private static void statisticsOfOne(
      int from, int to, int channels, float[] x, int rows, float[] sums, int offset) {
    FloatVector pivot = FloatVector.zero(SPECIES);
    for (int i = from; i < to; i += channels) {
      pivot = pivot.add(load(x, i));
    }
    pivot = pivot.div(rows);
    FloatVector deviation = FloatVector.zero(SPECIES);
    FloatVector square = FloatVector.zero(SPECIES);
    for (int i = from; i < to; i += channels) {
      FloatVector d = load(x, i).sub(pivot);
      deviation = deviation.add(d);
      square = d.fma(d, square);
    }
    pivot.intoArray(sums, offset);
    deviation.intoArray(sums, offset + channels);
    square.intoArray(sums, offset + 2 * channels);
  }

  static void gradientSums(
      int from,
      int to,
      int channels,
      float[] x,
      float[] mean,
      float[] invStd,
      float[] dy,
      float[] sums,
      int offset) {
    int start = from * channels;
    int end = to * channels;
    int c = 0;
    for (; c <= channels - 2 * LANES; c += 2 * LANES) {
      gradientsOfTwo(start + c, end, channels, x, mean, invStd, c, dy, sums, offset + c);
    }
    for (; c <= channels - LANES; c += LANES) {
      gradientsOfOne(start + c, end, channels, x, mean, invStd, c, dy, sums, offset + c);
    }
    if (c < channels && channels >= LANES) {
      c = channels - LANES;
      gradientsOfOne(start + c, end, channels, x, mean, invStd, c, dy, sums, offset + c);
      return;
    }
    for (; c < channels; c++) { // fewer channels than lanes
      float sum = 0;
      float product = 0;
      for (int i = start + c; i < end; i += channels) {
        sum += dy[i];
        product = Math.fma(dy[i], (x[i] - mean[c]) * invStd[c], product);
      }
      sums[offset + c] = sum;
      sums[offset + channels + c] = product;
    }
  }

  private static void gradientsOfTwo(
      int from,
      int to,
      int channels,
      float[] x,
      float[] mean,
      float[] invStd,
      int channel,
      float[] dy,
      float[] sums,
      int offset) {
    FloatVector mean0 = load(mean, channel);
    FloatVector mean1 = load(mean, channel + LANES);
    FloatVector invStd0 = load(invStd, channel);
    FloatVector invStd1 = load(invStd, channel + LANES);
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    FloatVector product0 = FloatVector.zero(SPECIES);
    FloatVector product1 = FloatVector.zero(SPECIES);
    for (int i = from; i < to; i += channels) {
      FloatVector dy0 = load(dy, i);
      FloatVector dy1 = load(dy, i + LANES);
      sum0 = sum0.add(dy0);
      sum1 = sum1.add(dy1);
      product0 = dy0.fma(load(x, i).sub(mean0).mul(invStd0), product0);
      product1 = dy1.fma(load(x, i + LANES).sub(mean1).mul(invStd1), product1);
    }
    sum0.intoArray(sums, offset);
    sum1.intoArray(sums, offset + LANES);
    product0.intoArray(sums, offset + channels);
    product1.intoArray(sums, offset + channels + LANES);
  }

  private static void gradientsOfOne(
      int from,
      int to,
      int channels,
      float[] x,
      float[] mean,
      float[] invStd,
      int channel,
      float[] dy,
      float[] sums,
      int offset) {
    FloatVector means = load(mean, channel);
    FloatVector factors = load(invStd, channel);
    FloatVector sum = FloatVector.zero(SPECIES);
    FloatVector product = FloatVector.zero(SPECIES);
    for (int i = from; i < to; i += channels) {
      FloatVector gradient = load(dy, i);
      sum = sum.add(gradient);
      product = gradient.fma(load(x, i).sub(means).mul(factors), product);
    }
    sum.intoArray(sums, offset);
    product.intoArray(sums, offset + channels);
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(SPECIES, array, index);
  }
}

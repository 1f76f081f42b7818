package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.PoolingPart;

/// The maximum over windows of 2 x 2 taps, the most common ones, without loops over the taps.
///
/// ```
///  tap 0   tap 1        x, x + channels
///  tap 2   tap 3        x + xKernelRow, x + xKernelRow + channels
/// ```
final class VectorPooling2x2 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorPooling2x2() {}

  /// Whether a part's windows and channels are of this form.
  static boolean fits(PoolingPart part) {
    return part.kernelRows == 2 && part.kernelColumns == 2 && part.channels % LANES == 0;
  }

  static void maxForward(PoolingPart part) {
    for (int n = 0; n < part.images; n++) {
      for (int r = 0; r < part.rows; r++) {
        forwardRow(part, part.input(n, r, 0), part.output(n, r, 0));
      }
    }
  }

  private static void forwardRow(PoolingPart part, int xo, int yo) {
    float[] x = part.x;
    float[] y = part.y;
    float[] index = part.index;
    int channels = part.channels;
    int below = part.xKernelRow;
    int step = part.xColumn;
    FloatVector number0 = FloatVector.broadcast(SPECIES, part.firstTap);
    FloatVector number1 = number0.add(1f);
    FloatVector number2 = number0.add(part.tapRow);
    FloatVector number3 = number2.add(1f);
    for (int c = 0; c < part.columns; c++, xo += step, yo += channels) {
      for (int o = 0; o < channels; o += LANES) {
        FloatVector best = load(x, xo + o);
        FloatVector value = load(x, xo + o + channels);
        VectorMask<Float> keep = keeps(best, value);
        FloatVector winner = number1.blend(number0, keep);
        best = value.blend(best, keep);
        value = load(x, xo + o + below);
        keep = keeps(best, value);
        winner = number2.blend(winner, keep);
        best = value.blend(best, keep);
        value = load(x, xo + o + below + channels);
        keep = keeps(best, value);
        number3.blend(winner, keep).intoArray(index, yo + o);
        value.blend(best, keep).intoArray(y, yo + o);
      }
    }
  }

  static void maxForwardValues(PoolingPart part) {
    for (int n = 0; n < part.images; n++) {
      for (int r = 0; r < part.rows; r++) {
        valuesRow(part, part.input(n, r, 0), part.output(n, r, 0));
      }
    }
  }

  private static void valuesRow(PoolingPart part, int xo, int yo) {
    float[] x = part.x;
    float[] y = part.y;
    int channels = part.channels;
    int below = part.xKernelRow;
    int step = part.xColumn;
    for (int c = 0; c < part.columns; c++, xo += step, yo += channels) {
      for (int o = 0; o < channels; o += LANES) {
        FloatVector best = load(x, xo + o);
        FloatVector value = load(x, xo + o + channels);
        best = value.blend(best, keeps(best, value));
        value = load(x, xo + o + below);
        best = value.blend(best, keeps(best, value));
        value = load(x, xo + o + below + channels);
        value.blend(best, keeps(best, value)).intoArray(y, yo + o);
      }
    }
  }

  static void maxBackward(PoolingPart part) {
    for (int n = 0; n < part.images; n++) {
      for (int r = 0; r < part.rows; r++) {
        backwardRow(part, part.input(n, r, 0), part.output(n, r, 0));
      }
    }
  }

  private static void backwardRow(PoolingPart part, int xo, int yo) {
    float[] x = part.x;
    float[] y = part.y;
    float[] index = part.index;
    int channels = part.channels;
    int below = part.xKernelRow;
    int step = part.xColumn;
    float number0 = part.firstTap;
    float number2 = part.firstTap + part.tapRow;
    for (int c = 0; c < part.columns; c++, xo += step, yo += channels) {
      for (int o = 0; o < channels; o += LANES) {
        FloatVector dy = load(y, yo + o);
        FloatVector winner = load(index, yo + o);
        add(x, xo + o, dy, winner, number0);
        add(x, xo + o + channels, dy, winner, number0 + 1);
        add(x, xo + o + below, dy, winner, number2);
        add(x, xo + o + below + channels, dy, winner, number2 + 1);
      }
    }
  }

  /// Adds where the index names the tap; blended, since adding zero elsewhere would turn -0 into +0.
  private static void add(float[] x, int at, FloatVector dy, FloatVector winner, float number) {
    FloatVector dx = load(x, at);
    dx.blend(dx.add(dy), winner.compare(VectorOperators.EQ, number)).intoArray(x, at);
  }

  /// Where the best so far stays: the other one is not greater, or the best is NaN.
  private static VectorMask<Float> keeps(FloatVector best, FloatVector value) {
    return value.compare(VectorOperators.LE, best).or(best.compare(VectorOperators.NE, best));
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(SPECIES, array, index);
  }
}

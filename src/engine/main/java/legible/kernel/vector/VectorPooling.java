package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.PoolingLoops;
import legible.kernel.loops.PoolingPart;

/// [PoolingLoops] on `jdk.incubator.vector`: lanes are channels.
final class VectorPooling implements PoolingLoops {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  @Override
  public void maxForward(PoolingPart part) {
    if (VectorPooling2x2.fits(part)) {
      VectorPooling2x2.maxForward(part);
      return;
    }
    for (int n = 0; n < part.images; n++) {
      for (int r = 0; r < part.rows; r++) {
        for (int c = 0; c < part.columns; c++) {
          max(part, part.input(n, r, c), part.output(n, r, c));
        }
      }
    }
  }

  private static void max(PoolingPart part, int xo, int yo) {
    float[] x = part.x;
    int channels = part.channels;
    int channel = 0;
    // vector body
    for (; channel + LANES <= channels; channel += LANES) {
      FloatVector best = FloatVector.fromArray(SPECIES, x, xo + channel);
      FloatVector winner = FloatVector.broadcast(SPECIES, part.firstTap);
      for (int i = 0; i < part.kernelRows; i++) {
        int at = xo + channel + i * part.xKernelRow;
        int tap = part.firstTap + i * part.tapRow;
        for (int j = 0; j < part.kernelColumns; j++) {
          FloatVector value = FloatVector.fromArray(SPECIES, x, at + j * channels);
          VectorMask<Float> keep =
              value.compare(VectorOperators.LE, best).or(best.compare(VectorOperators.NE, best));
          best = value.blend(best, keep);
          winner = FloatVector.broadcast(SPECIES, tap + j).blend(winner, keep);
        }
      }
      best.intoArray(part.y, yo + channel);
      winner.intoArray(part.index, yo + channel);
    }
    // scalar tail
    for (; channel < channels; channel++) {
      int winner = winner(part, xo + channel);
      part.index[yo + channel] =
          part.firstTap + winner / part.kernelColumns * part.tapRow + winner % part.kernelColumns;
      part.y[yo + channel] = tap(part, xo + channel, winner);
    }
  }

  /// The number of the winning tap among those inside the image.
  private static int winner(PoolingPart part, int xo) {
    float best = part.x[xo];
    int winner = 0;
    for (int tap = 1; tap < part.kernelRows * part.kernelColumns; tap++) {
      float value = tap(part, xo, tap);
      if (value > best || (Float.isNaN(value) && !Float.isNaN(best))) {
        best = value;
        winner = tap;
      }
    }
    return winner;
  }

  private static float tap(PoolingPart part, int xo, int tap) {
    int i = tap / part.kernelColumns;
    int j = tap % part.kernelColumns;
    return part.x[xo + i * part.xKernelRow + j * part.channels];
  }

  @Override
  public void maxForwardValues(PoolingPart part) {
    if (VectorPooling2x2.fits(part)) {
      VectorPooling2x2.maxForwardValues(part);
      return;
    }
    for (int n = 0; n < part.images; n++) {
      for (int r = 0; r < part.rows; r++) {
        for (int c = 0; c < part.columns; c++) {
          maxValues(part, part.input(n, r, c), part.output(n, r, c));
        }
      }
    }
  }

  private static void maxValues(PoolingPart part, int xo, int yo) {
    float[] x = part.x;
    int channels = part.channels;
    int channel = 0;
    // vector body
    for (; channel + LANES <= channels; channel += LANES) {
      FloatVector best = FloatVector.fromArray(SPECIES, x, xo + channel);
      for (int i = 0; i < part.kernelRows; i++) {
        int at = xo + channel + i * part.xKernelRow;
        for (int j = 0; j < part.kernelColumns; j++) {
          FloatVector value = FloatVector.fromArray(SPECIES, x, at + j * channels);
          VectorMask<Float> keep =
              value.compare(VectorOperators.LE, best).or(best.compare(VectorOperators.NE, best));
          best = value.blend(best, keep);
        }
      }
      best.intoArray(part.y, yo + channel);
    }
    // scalar tail
    for (; channel < channels; channel++) {
      part.y[yo + channel] = tap(part, xo + channel, winner(part, xo + channel));
    }
  }

  @Override
  public void maxBackward(PoolingPart part) {
    if (VectorPooling2x2.fits(part)) {
      VectorPooling2x2.maxBackward(part);
      return;
    }
    for (int n = 0; n < part.images; n++) {
      for (int r = 0; r < part.rows; r++) {
        for (int c = 0; c < part.columns; c++) {
          scatter(part, part.input(n, r, c), part.output(n, r, c));
        }
      }
    }
  }

  /// Adds where the index names the tap; blended, since adding zero elsewhere would turn -0 into +0.
  private static void scatter(PoolingPart part, int xo, int yo) {
    float[] x = part.x;
    int channels = part.channels;
    int channel = 0;
    // vector body
    for (; channel + LANES <= channels; channel += LANES) {
      FloatVector dy = FloatVector.fromArray(SPECIES, part.y, yo + channel);
      FloatVector winner = FloatVector.fromArray(SPECIES, part.index, yo + channel);
      for (int i = 0; i < part.kernelRows; i++) {
        int at = xo + channel + i * part.xKernelRow;
        int tap = part.firstTap + i * part.tapRow;
        for (int j = 0; j < part.kernelColumns; j++) {
          FloatVector dx = FloatVector.fromArray(SPECIES, x, at + j * channels);
          dx.blend(dx.add(dy), winner.compare(VectorOperators.EQ, (float) (tap + j)))
              .intoArray(x, at + j * channels);
        }
      }
    }
    // scalar tail
    int firstRow = part.firstTap / part.tapRow;
    int firstColumn = part.firstTap % part.tapRow;
    for (; channel < channels; channel++) {
      int tap = (int) part.index[yo + channel];
      int i = tap / part.tapRow - firstRow;
      int j = tap % part.tapRow - firstColumn;
      x[xo + channel + i * part.xKernelRow + j * channels] += part.y[yo + channel];
    }
  }

  @Override
  public void averageForward(PoolingPart part) {
    for (int n = 0; n < part.images; n++) {
      for (int r = 0; r < part.rows; r++) {
        for (int c = 0; c < part.columns; c++) {
          average(part, part.input(n, r, c), part.output(n, r, c));
        }
      }
    }
  }

  private static void average(PoolingPart part, int xo, int yo) {
    float[] x = part.x;
    int channels = part.channels;
    int taps = part.kernelRows * part.kernelColumns;
    int channel = 0;
    // vector body
    for (; channel + LANES <= channels; channel += LANES) {
      FloatVector sum = FloatVector.fromArray(SPECIES, x, xo + channel);
      int firstColumn = 1;
      for (int i = 0; i < part.kernelRows; i++, firstColumn = 0) {
        int at = xo + channel + i * part.xKernelRow;
        for (int j = firstColumn; j < part.kernelColumns; j++) {
          sum = sum.add(FloatVector.fromArray(SPECIES, x, at + j * channels));
        }
      }
      sum.div((float) taps).intoArray(part.y, yo + channel);
    }
    // scalar tail
    for (; channel < channels; channel++) {
      float sum = x[xo + channel];
      for (int tap = 1; tap < taps; tap++) {
        sum += tap(part, xo + channel, tap);
      }
      part.y[yo + channel] = sum / taps;
    }
  }

  @Override
  public void averageBackward(PoolingPart part) {
    for (int n = 0; n < part.images; n++) {
      for (int r = 0; r < part.rows; r++) {
        for (int c = 0; c < part.columns; c++) {
          spread(part, part.input(n, r, c), part.output(n, r, c));
        }
      }
    }
  }

  private static void spread(PoolingPart part, int xo, int yo) {
    float[] x = part.x;
    int channels = part.channels;
    float taps = part.kernelRows * part.kernelColumns;
    int channel = 0;
    // vector body
    for (; channel + LANES <= channels; channel += LANES) {
      FloatVector share = FloatVector.fromArray(SPECIES, part.y, yo + channel).div(taps);
      for (int i = 0; i < part.kernelRows; i++) {
        int at = xo + channel + i * part.xKernelRow;
        for (int j = 0; j < part.kernelColumns; j++) {
          FloatVector.fromArray(SPECIES, x, at + j * channels)
              .add(share)
              .intoArray(x, at + j * channels);
        }
      }
    }
    // scalar tail
    for (; channel < channels; channel++) {
      float share = part.y[yo + channel] / taps;
      for (int tap = 0; tap < part.kernelRows * part.kernelColumns; tap++) {
        int i = tap / part.kernelColumns;
        int j = tap % part.kernelColumns;
        x[xo + channel + i * part.xKernelRow + j * channels] += share;
      }
    }
  }
}

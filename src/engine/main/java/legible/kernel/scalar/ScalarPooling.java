package legible.kernel.scalar;

import legible.kernel.loops.PoolingLoops;
import legible.kernel.loops.PoolingPart;

/// [PoolingLoops] in plain Java.
final class ScalarPooling implements PoolingLoops {
  @Override
  public void maxForward(PoolingPart part) {
    for (int n = 0; n < part.images; n++) {
      for (int r = 0; r < part.rows; r++) {
        for (int c = 0; c < part.columns; c++) {
          max(part, part.input(n, r, c), part.output(n, r, c), true);
        }
      }
    }
  }

  @Override
  public void maxForwardValues(PoolingPart part) {
    for (int n = 0; n < part.images; n++) {
      for (int r = 0; r < part.rows; r++) {
        for (int c = 0; c < part.columns; c++) {
          max(part, part.input(n, r, c), part.output(n, r, c), false);
        }
      }
    }
  }

  private static void max(PoolingPart part, int xo, int yo, boolean withIndex) {
    float[] x = part.x;
    for (int channel = 0; channel < part.channels; channel++) {
      float best = x[xo + channel];
      int winner = part.firstTap;
      for (int i = 0; i < part.kernelRows; i++) {
        for (int j = 0; j < part.kernelColumns; j++) {
          float value = x[xo + channel + i * part.xKernelRow + j * part.channels];
          if (value > best || (Float.isNaN(value) && !Float.isNaN(best))) {
            best = value;
            winner = part.firstTap + i * part.tapRow + j;
          }
        }
      }
      part.y[yo + channel] = best;
      if (withIndex) {
        part.index[yo + channel] = winner;
      }
    }
  }

  @Override
  public void maxBackward(PoolingPart part) {
    for (int n = 0; n < part.images; n++) {
      for (int r = 0; r < part.rows; r++) {
        for (int c = 0; c < part.columns; c++) {
          scatter(part, part.input(n, r, c), part.output(n, r, c));
        }
      }
    }
  }

  private static void scatter(PoolingPart part, int xo, int yo) {
    int firstRow = part.firstTap / part.tapRow;
    int firstColumn = part.firstTap % part.tapRow;
    for (int channel = 0; channel < part.channels; channel++) {
      int tap = (int) part.index[yo + channel];
      int i = tap / part.tapRow - firstRow;
      int j = tap % part.tapRow - firstColumn;
      part.x[xo + channel + i * part.xKernelRow + j * part.channels] += part.y[yo + channel];
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
    float count = part.kernelRows * part.kernelColumns;
    for (int channel = 0; channel < part.channels; channel++) {
      float sum = x[xo + channel];
      for (int tap = 1; tap < part.kernelRows * part.kernelColumns; tap++) {
        int i = tap / part.kernelColumns;
        int j = tap % part.kernelColumns;
        sum += x[xo + channel + i * part.xKernelRow + j * part.channels];
      }
      part.y[yo + channel] = sum / count;
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
    float count = part.kernelRows * part.kernelColumns;
    for (int i = 0; i < part.kernelRows; i++) {
      for (int j = 0; j < part.kernelColumns; j++) {
        int at = xo + i * part.xKernelRow + j * part.channels;
        for (int channel = 0; channel < part.channels; channel++) {
          x[at + channel] += part.y[yo + channel] / count;
        }
      }
    }
  }
}

package legible.kernel;

import java.util.random.RandomGenerator;

/// Random windows for the tests of convolution and pooling, and arrays to fill them.
final class Geometries {
  private Geometries() {}

  /// A small window: kernel 1..7, stride 1..3, padding 0..3 on each side, batch 1..5.
  static Window random(RandomGenerator random, int channels) {
    int kernelHeight = random.nextInt(1, 8);
    int kernelWidth = random.nextInt(1, 8);
    int stride = random.nextInt(1, 4);
    int padTop = random.nextInt(4);
    int padLeft = random.nextInt(4);
    int padBottom = random.nextInt(4);
    int padRight = random.nextInt(4);
    int height = Math.max(1, kernelHeight - padTop - padBottom) + random.nextInt(10);
    int width = Math.max(1, kernelWidth - padLeft - padRight) + random.nextInt(10);
    return new Window(
        random.nextInt(1, 6),
        height,
        width,
        channels,
        kernelHeight,
        kernelWidth,
        stride,
        padTop,
        padLeft,
        (height + padTop + padBottom - kernelHeight) / stride + 1,
        (width + padLeft + padRight - kernelWidth) / stride + 1);
  }

  /// A window of equal sides.
  static Window square(int batch, int side, int channels, int kernel, int stride, int padding) {
    int out = (side + 2 * padding - kernel) / stride + 1;
    return new Window(
        batch, side, side, channels, kernel, kernel, stride, padding, padding, out, out);
  }

  /// Values in [-1, 1).
  static float[] values(RandomGenerator random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }

  static int inputs(Window window) {
    return window.batch() * window.height() * window.width() * window.channels();
  }
}

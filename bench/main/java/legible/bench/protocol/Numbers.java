package legible.bench.protocol;

/// The numbers that every engine computes with, those of `bench/compare/peers/data.py`.
///
/// Number i of a stream is a hash of i (the final mix of MurmurHash3, Appleby 2011), in [-1, 1).
public final class Numbers {
  /// So small that no engine ever learns its one batch: gradients next to zero are denormal numbers,
  /// slow on any CPU.
  public static final float LEARNING_RATE = 1e-6f;

  private Numbers() {}

  /// The first numbers of a stream, times a scale.
  public static float[] numbers(int count, int stream, double scale) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      int h = i + stream * 0x9E3779B1;
      h = (h ^ h >>> 16) * 0x85EBCA6B;
      h = (h ^ h >>> 13) * 0xC2B2AE35;
      h ^= h >>> 16;
      numbers[i] = (float) (((h >>> 8) * 0x1p-23 - 1) * scale);
    }
    return numbers;
  }

  /// The numbers of a stream in [-1, 1).
  public static float[] numbers(int count, int stream) {
    return numbers(count, stream, 1);
  }

  /// Pictures of a batch: numbers in [0, 1).
  public static float[] pictures(int count) {
    float[] numbers = numbers(count, 0, 0.5);
    for (int i = 0; i < count; i++) {
      numbers[i] += 0.5f;
    }
    return numbers;
  }

  /// The weights of a network's parameter: a scale that keeps activations of the order of one.
  ///
  /// @param position the parameter's place in the network, from 0
  /// @param shape its shape, outputs last; of one axis for a bias
  public static float[] parameter(int position, int... shape) {
    int size = 1;
    for (int length : shape) {
      size *= length;
    }
    double scale = shape.length == 1 ? 0.1 : Math.sqrt(6.0 * shape[shape.length - 1] / size);
    return numbers(size, 10 + position, scale);
  }

  /// The root of the mean square.
  public static double rootMeanSquare(float[]... arrays) {
    double sum = 0;
    long count = 0;
    for (float[] array : arrays) {
      for (float value : array) {
        sum += (double) value * value;
      }
      count += array.length;
    }
    return Math.sqrt(sum / count);
  }
}

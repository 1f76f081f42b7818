package legible.bench;

import java.util.Arrays;

/// Sizes as the parameters of benchmarks write them.
final class Shapes {
  private Shapes() {}

  /// The numbers of a text like `64,28,28,16`.
  static int[] parse(String sizes) {
    return Arrays.stream(sizes.split(",", -1)).mapToInt(Integer::parseInt).toArray();
  }
}

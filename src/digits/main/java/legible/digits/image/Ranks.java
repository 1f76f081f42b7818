package legible.digits.image;

import java.util.Arrays;

/// Values of a picture by their rank, without sorting all of them: they are counted by the upper half
/// of their bits, and only those are sorted that share it with the value looked for.
final class Ranks {
  private static final int BINS = 1 << Short.SIZE;

  private final float[] values;
  private final int[] counts = new int[BINS];

  /// @param values not changed, neither here nor later by anybody
  Ranks(float[] values) {
    this.values = values;
    for (float value : values) {
      counts[bin(value)]++;
    }
  }

  /// What stands at this index after sorting, as [Arrays#sort(float\[\])] does it.
  ///
  /// @param rank 0 to the number of values - 1
  float at(int rank) {
    int bin = 0;
    int before = 0;
    while (before + counts[bin] <= rank) {
      before += counts[bin++];
    }
    float[] near = new float[counts[bin]];
    int count = 0;
    for (float value : values) {
      if (bin(value) == bin) {
        near[count++] = value;
      }
    }
    Arrays.sort(near);
    return near[rank - before];
  }

  /// The same, counted from the largest value, which has the rank 0.
  float fromLargest(int rank) {
    return at(values.length - 1 - rank);
  }

  /// The upper half of the bits, so that larger values have larger ones: of negative values all bits
  /// are turned, of others the sign only.
  private static int bin(float value) {
    int bits = Float.floatToIntBits(value);
    return (bits ^ ((bits >> (Integer.SIZE - 1)) | Integer.MIN_VALUE)) >>> Short.SIZE;
  }
}

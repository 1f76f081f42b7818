package legible.digits.image;

/// Values of a picture by their rank, without sorting them: they are counted by the upper bits of their
/// pattern; those that share these with the value looked for are counted by the next ones, and so on
/// to the lowest.
final class Ranks {
  /// Bits that each pass counts by, from the highest down; together those of a float.
  private static final int[] BITS = {11, 11, 10};

  /// What is left below the bits of the first pass.
  private static final int LOWER = Integer.SIZE - BITS[0];

  /// The values as patterns that are larger, without a sign, for larger values.
  private final int[] orders;

  private final int[] counts = new int[1 << BITS[0]];

  /// @param values not changed
  Ranks(float[] values) {
    orders = new int[values.length];
    for (int i = 0; i < orders.length; i++) {
      orders[i] = order(values[i]);
    }
    // Neighbours are often equal, and a count waits until the one before is stored: two arrays in
    // turn wait half as long.
    int[] odd = new int[counts.length];
    int even = orders.length & ~1;
    for (int i = 0; i < even; i += 2) {
      counts[orders[i] >>> LOWER]++;
      odd[orders[i + 1] >>> LOWER]++;
    }
    if (even < orders.length) {
      counts[orders[even] >>> LOWER]++;
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] += odd[i];
    }
  }

  /// What stands at this index after sorting, as [java.util.Arrays#sort(float\[\])] does it.
  ///
  /// @param rank 0 to the number of values - 1
  float at(int rank) {
    int bin = bin(counts, rank);
    int left = rank - before(counts, bin);
    int ones = -1; // bits that all values of the bin have
    int any = 0; // bits that some have
    for (int order : orders) {
      int others = -(order >>> LOWER ^ bin) >> (Integer.SIZE - 1); // all bits set outside the bin
      ones &= order | others;
      any |= order & ~others;
    }
    if (ones == any) { // the ground of a drawing, most often
      return value(any);
    }
    int[] near = part(orders, LOWER, -1, bin, counts[bin]);
    int shift = LOWER;
    for (int pass = 1; pass < BITS.length; pass++) {
      shift -= BITS[pass];
      int[] finer = new int[1 << BITS[pass]];
      for (int order : near) {
        finer[order >>> shift & finer.length - 1]++;
      }
      bin = bin(finer, left);
      left -= before(finer, bin);
      near = part(near, shift, finer.length - 1, bin, finer[bin]);
    }
    return value(near[0]);
  }

  /// The same, counted from the largest value, which has the rank 0.
  float fromLargest(int rank) {
    return at(orders.length - 1 - rank);
  }

  /// Those of some orders whose bits under a mask, after a shift, are the number of a bin.
  private static int[] part(int[] orders, int shift, int mask, int bin, int size) {
    int[] part = new int[size];
    int count = 0;
    for (int order : orders) {
      if ((order >>> shift & mask) == bin) {
        part[count++] = order;
      }
    }
    return part;
  }

  /// The bin that holds a rank.
  private static int bin(int[] counts, int rank) {
    int bin = 0;
    for (int seen = counts[0]; seen <= rank; seen += counts[bin]) {
      bin++;
    }
    return bin;
  }

  private static int before(int[] counts, int bin) {
    int sum = 0;
    for (int i = 0; i < bin; i++) {
      sum += counts[i];
    }
    return sum;
  }

  /// A pattern that is larger, without a sign, for larger values: of negative values all bits are
  /// turned, of others the sign only.
  private static int order(float value) {
    int bits = Float.floatToIntBits(value);
    return bits ^ (bits >> (Integer.SIZE - 1) | Integer.MIN_VALUE);
  }

  private static float value(int order) {
    return Float.intBitsToFloat(order ^ (~order >> (Integer.SIZE - 1) | Integer.MIN_VALUE));
  }
}

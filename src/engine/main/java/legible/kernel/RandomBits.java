package legible.kernel;

/// A cheap random number per element, for kernels that need one for each: 32 bits as a function of a
/// key and an index, from integer multiplications that a vector unit has.
///
/// ```
///  h = (index·0x9e3779b9 + low(key)) ^ high(key)
///  h ^= h >>> 16;  h *= 0x7feb352d;  h ^= h >>> 15;  h *= 0x846ca68b;  h ^= h >>> 16
/// ```
///
/// For one key, different indices have different numbers: each step can be undone.
///
/// The key's halves go in before the first step. One that came in later would pass fewer of them: with
/// the high half behind the first shift, keys that differed in their top bit gave related masks.
///
/// Source: Wellons 2018, "Prospecting for hash functions", the finaliser "lowbias32".
public final class RandomBits {
  /// 2³² divided by the golden ratio.
  public static final int INDEX_FACTOR = 0x9e3779b9;

  /// The finaliser's two factors.
  public static final int FACTOR_1 = 0x7feb352d;

  public static final int FACTOR_2 = 0x846ca68b;

  private RandomBits() {}

  /// 32 random bits.
  public static int of(long key, int index) {
    int h = (index * INDEX_FACTOR + (int) key) ^ (int) (key >>> 32);
    h = (h ^ (h >>> 16)) * FACTOR_1;
    h = (h ^ (h >>> 15)) * FACTOR_2;
    return h ^ (h >>> 16);
  }

  /// The number that 32 random bits, as a signed int, are below with this probability.
  ///
  /// @param probability in [0, 1)
  public static int threshold(float probability) {
    return (int) ((long) (probability * 0x1.0p32) + Integer.MIN_VALUE);
  }
}

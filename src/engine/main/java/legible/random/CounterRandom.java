package legible.random;

/// Random numbers as a function of a key and a counter, so that the k-th draw does not depend on who
/// drew before: no state, any order, any thread.
///
/// The k-th 64-bit word is the k-th output of SplittableRandom's generator started at the key:
/// `mix(key + (k+1)·γ)` with the golden gamma γ and the finaliser "variant 13" of Stafford.
///
/// Source: Steele, Lea & Flood 2014, "Fast splittable pseudorandom number generators", figure 16.
///
/// @param key the stream's identity
public record CounterRandom(long key) {
  /// 2⁶⁴ divided by the golden ratio, made odd: consecutive counters land far apart.
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  /// 2⁻²⁴: a float has 24 significant bits, so 24 random bits give every multiple of it in [0, 1).
  private static final float FLOAT_UNIT = 0x1.0p-24f;

  /// 2⁻⁵³, the same for a double.
  private static final double DOUBLE_UNIT = 0x1.0p-53;

  /// 64 uniformly distributed bits.
  ///
  /// @param counter which draw of this stream
  public long bits(long counter) {
    return mix(key + (counter + 1) * GOLDEN_GAMMA);
  }

  /// A uniform float in [0, 1).
  public float uniform(long counter) {
    return (bits(counter) >>> 40) * FLOAT_UNIT;
  }

  /// A uniform float in [low, high).
  public float uniform(long counter, float low, float high) {
    return low + (high - low) * uniform(counter);
  }

  /// A uniform integer in [0, bound), from the high half of a 64 x 32-bit product; the bias is below
  /// 2⁻³² for any bound.
  ///
  /// @param bound > 0
  public int below(long counter, int bound) {
    return (int) (((bits(counter) >>> 32) * bound) >>> 32);
  }

  /// A normally distributed double, mean 0 and standard deviation 1. Uses the draws 2·counter and
  /// 2·counter + 1 and [StrictMath], whose results the specification of Java fixes.
  ///
  /// Source: Box & Muller 1958.
  public double normal(long counter) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unitDouble(2 * counter)));
    return radius * StrictMath.cos(2 * StrictMath.PI * unitDouble(2 * counter + 1));
  }

  /// An independent stream for a numbered purpose: an epoch, a layer, a sample.
  public CounterRandom split(long stream) {
    return new CounterRandom(mix(bits(stream) ^ GOLDEN_GAMMA));
  }

  /// An independent stream for a named purpose, from the name's UTF-16 characters.
  public CounterRandom split(String name) {
    long hash = name.length();
    for (int i = 0; i < name.length(); i++) {
      hash = mix(hash + GOLDEN_GAMMA) ^ name.charAt(i);
    }
    return split(hash);
  }

  /// A random order of `0..count-1`.
  ///
  /// Source: Fisher & Yates 1938, in Durstenfeld's form (1964).
  public int[] permutation(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = below(i, i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private double unitDouble(long counter) {
    return (bits(counter) >>> 11) * DOUBLE_UNIT;
  }

  /// The finaliser: every input bit flips each output bit with probability near 1/2.
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}

package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;

/// How many vector registers the tiles may count on.
///
/// Java does not tell. What is known follows from the vectors it prefers and the architecture:
///
/// ```
///  512 bits          AVX-512, SVE       32 registers
///  otherwise         64-bit ARM         32
///                    everything else    16 (AVX2; an AVX-512 CPU told to use shorter vectors has
///                                       32, and is content with the tiles for 16)
/// ```
final class GemmRegisters {
  /// Whether there are 32 registers, not 16.
  static final boolean MANY =
      FloatVector.SPECIES_PREFERRED.length() >= 16
          || System.getProperty("os.arch", "").equals("aarch64");

  private GemmRegisters() {}
}

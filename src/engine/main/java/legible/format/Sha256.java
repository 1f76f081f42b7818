package legible.format;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The checksum of model files. Source: NIST 2015, FIPS 180-4.
final class Sha256 {
  static final int BYTES = 32;

  /// Inputs up to this size are summed up by [SmallSha256], which is at hand at once, larger ones by
  /// the JDK, whose code is faster. The shipped digit model is smaller, most of a large one is not.
  private static final int SMALL = 1 << 20;

  private Sha256() {}

  static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("bug in Legible: every Java platform has SHA-256", e);
    }
  }

  static byte[] of(byte[] bytes, int from, int to) {
    if (to - from <= SMALL) {
      return SmallSha256.of(bytes, from, to);
    }
    MessageDigest digest = start();
    digest.update(bytes, from, to - from);
    return digest.digest();
  }

  static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}

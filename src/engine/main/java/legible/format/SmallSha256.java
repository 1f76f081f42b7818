package legible.format;

import java.util.Arrays;

/// SHA-256 of short inputs, for the start of a program: to load the JDK's providers and to warm their
/// code up takes longer than all else that reading a small model does (docs/decisions/0013).
///
/// Source: NIST 2015, FIPS 180-4, sections 4.1.2, 5.1.1 and 6.2.2, whose letters are used here.
///
/// ```
///  Σ₀(a) = a⋙2 ⊕ a⋙13 ⊕ a⋙22      σ₀(w) = w⋙7  ⊕ w⋙18 ⊕ w≫3      Ch(e,f,g)  = ef ⊕ ēg
///  Σ₁(e) = e⋙6 ⊕ e⋙11 ⊕ e⋙25      σ₁(w) = w⋙17 ⊕ w⋙19 ⊕ w≫10     Maj(a,b,c) = ab ⊕ ac ⊕ bc
/// ```
final class SmallSha256 {
  /// Bytes of a block.
  private static final int BLOCK = 64;

  private static final int ROUNDS = 64;

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static final int[] K = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
    0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
  };

  /// The hash so far, at first those bits of the square roots of the first eight primes.
  private final int[] hash = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
  };

  private final int[] w = new int[ROUNDS];

  private SmallSha256() {}

  /// The digest, 32 bytes, of `bytes[from, to)`.
  static byte[] of(byte[] bytes, int from, int to) {
    SmallSha256 sum = new SmallSha256();
    int at = from;
    for (; at <= to - BLOCK; at += BLOCK) {
      sum.block(bytes, at);
    }
    byte[] last = padded(bytes, at, to, to - from);
    for (at = 0; at < last.length; at += BLOCK) {
      sum.block(last, at);
    }
    byte[] digest = new byte[Sha256.BYTES];
    for (int i = 0; i < digest.length; i++) {
      digest[i] = (byte) (sum.hash[i / 4] >>> (24 - i % 4 * 8));
    }
    return digest;
  }

  /// What is left of the input, a one, zeros, and the number of bits of all of it.
  private static byte[] padded(byte[] bytes, int from, int to, long length) {
    int rest = to - from;
    byte[] last = Arrays.copyOfRange(bytes, from, from + (rest < BLOCK - 8 ? BLOCK : 2 * BLOCK));
    Arrays.fill(last, rest, last.length, (byte) 0);
    last[rest] = (byte) 0x80;
    for (int i = 0; i < 8; i++) {
      last[last.length - 1 - i] = (byte) ((8 * length) >>> (8 * i));
    }
    return last;
  }

  private void block(byte[] bytes, int at) {
    for (int t = 0; t < 16; t++) {
      int i = at + 4 * t;
      w[t] =
          (bytes[i] << 24)
              | ((bytes[i + 1] & 0xff) << 16)
              | ((bytes[i + 2] & 0xff) << 8)
              | (bytes[i + 3] & 0xff);
    }
    for (int t = 16; t < ROUNDS; t++) {
      int x = w[t - 15];
      int y = w[t - 2];
      int sigma0 = Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ (x >>> 3);
      int sigma1 = Integer.rotateRight(y, 17) ^ Integer.rotateRight(y, 19) ^ (y >>> 10);
      w[t] = sigma1 + w[t - 7] + sigma0 + w[t - 16];
    }
    rounds();
  }

  private void rounds() {
    int a = hash[0];
    int b = hash[1];
    int c = hash[2];
    int d = hash[3];
    int e = hash[4];
    int f = hash[5];
    int g = hash[6];
    int h = hash[7];
    for (int t = 0; t < ROUNDS; t++) {
      int sum1 =
          Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25);
      int t1 = h + sum1 + ((e & f) ^ (~e & g)) + K[t] + w[t];
      int sum0 =
          Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22);
      int t2 = sum0 + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = d + t1;
      d = c;
      c = b;
      b = a;
      a = t1 + t2;
    }
    hash[0] += a;
    hash[1] += b;
    hash[2] += c;
    hash[3] += d;
    hash[4] += e;
    hash[5] += f;
    hash[6] += g;
    hash[7] += h;
  }
}

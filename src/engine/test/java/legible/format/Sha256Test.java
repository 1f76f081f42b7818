package legible.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Sha256Test {
  /// The examples of FIPS 180-4 (NIST, "SHA-256 examples"), and the sum of nothing.
  @Test
  void valuesOfTheStandard() {
    assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", sum("abc"));
    assertEquals(
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        sum("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"));
    assertEquals("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", sum(""));
  }

  /// Every length around the ends of blocks, anywhere in an array, has the digest of the JDK.
  @Test
  void sameAsTheJdk() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    byte[] bytes = new byte[1000];
    random.nextBytes(bytes);
    for (int length = 0; length <= 300; length++) {
      int from = random.nextInt(bytes.length - length);
      byte[] expected =
          MessageDigest.getInstance("SHA-256")
              .digest(Arrays.copyOfRange(bytes, from, from + length));
      assertArrayEquals(expected, SmallSha256.of(bytes, from, from + length), "length " + length);
      assertArrayEquals(expected, Sha256.of(bytes, from, from + length), "length " + length);
    }
    byte[] large = new byte[5 << 20];
    random.nextBytes(large);
    assertArrayEquals(
        MessageDigest.getInstance("SHA-256").digest(large), Sha256.of(large, 0, large.length));
  }

  private static String sum(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return Sha256.hex(SmallSha256.of(bytes, 0, bytes.length));
  }
}

package legible.digits.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import legible.digits.Repository;
import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;
import org.junit.jupiter.api.Test;

class AugmenterTest {
  /// Of 1000 distorted pictures. It changes only with the distortions themselves.
  private static final String SHA256 =
      "eee0d3b9ab25a2041aa193b5fbddda76362b779681abe7b841c98a287b9bef9a";

  @Test
  void theSameOnEveryMachine() throws IOException, NoSuchAlgorithmException {
    LabelledImages images = Mnist.test(Repository.MNIST).images();
    Augmenter augmenter = new Augmenter(Augmentation.DIGITS, 1);
    Augmenter.Scratch scratch = new Augmenter.Scratch();
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    float[] target = new float[784];
    for (int i = 0; i < 1000; i++) {
      augmenter.augment(images.pixels(), images.offset(i), 3, i, target, 0, scratch);
      ByteBuffer bytes = ByteBuffer.allocate(4 * 784);
      bytes.asFloatBuffer().put(target);
      digest.update(bytes);
    }
    assertEquals(SHA256, HexFormat.of().formatHex(digest.digest()));
  }

  @Test
  void withoutStrengthPicturesStayAsTheyAre() {
    byte[] pixels = cross();
    float[] target = new float[784];
    new Augmenter(Augmentation.NONE, 1)
        .augment(pixels, 0, 0, 0, target, 0, new Augmenter.Scratch());
    for (int i = 0; i < 784; i++) {
      assertEquals((pixels[i] & 0xff) / 255f, target[i], 1e-6f);
    }
  }

  @Test
  void epochIndexAndSeedDecide() {
    float[] first = distorted(1, 0, 0);
    assertArrayEquals(first, distorted(1, 0, 0));
    assertFalse(Arrays.equals(first, distorted(2, 0, 0)));
    assertFalse(Arrays.equals(first, distorted(1, 1, 0)));
    assertFalse(Arrays.equals(first, distorted(1, 0, 1)));
  }

  /// Values stay in [0, 1], whatever the strength.
  @Test
  void strongDistortionsStayInRange() {
    Augmenter augmenter = new Augmenter(new Augmentation(180, 1, 1, 20, 20, 7), 5);
    float[] target = new float[784];
    Augmenter.Scratch scratch = new Augmenter.Scratch();
    for (int i = 0; i < 200; i++) {
      augmenter.augment(cross(), 0, 0, i, target, 0, scratch);
      for (float value : target) {
        assertTrue(value >= 0 && value <= 1);
      }
    }
  }

  @Test
  void textRoundTrip() {
    assertEquals(Augmentation.DIGITS, Augmentation.parse(Augmentation.DIGITS.text()));
    assertThrows(IllegalArgumentException.class, () -> Augmentation.parse("rotate a lot"));
    assertThrows(
        IllegalArgumentException.class,
        () -> Augmentation.parse("affine 8 0.1 0.1 x elastic 1.5 4"));
  }

  private static float[] distorted(long seed, int epoch, int index) {
    float[] target = new float[784];
    new Augmenter(Augmentation.DIGITS, seed)
        .augment(cross(), 0, epoch, index, target, 0, new Augmenter.Scratch());
    return target;
  }

  private static byte[] cross() {
    byte[] pixels = new byte[784];
    for (int i = 6; i < 22; i++) {
      pixels[14 * 28 + i] = (byte) 255;
      pixels[i * 28 + 14] = (byte) 128;
    }
    return pixels;
  }
}

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

class ScenesTest {
  /// Of 600 digits and 200 strangers. It changes only with the scenes themselves.
  private static final String SHA256 =
      "7c262faf03045754f346b671264dcf9a84644242a2507e990e3cde881904ca68";

  @Test
  void theSameOnEveryMachine() throws IOException, NoSuchAlgorithmException {
    LabelledImages images = Mnist.test(Repository.MNIST).images();
    Scenes scenes = new Scenes(new SceneShare(0.6f, 0.1f), Augmentation.DIGITS, 1);
    Scenes.Scratch scratch = new Scenes.Scratch();
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    float[] target = new float[784];
    for (int i = 0; i < 800; i++) {
      if (i < 600) {
        scenes.digit(images.pixels(), images.offset(i), 3, i, target, 0, scratch);
      } else {
        scenes.stranger(images, 3, i, target, 0, scratch);
      }
      for (float value : target) {
        assertTrue(value >= 0 && value <= 1, "picture " + i + " has " + value);
      }
      ByteBuffer bytes = ByteBuffer.allocate(4 * 784);
      bytes.asFloatBuffer().put(target);
      digest.update(bytes);
    }
    assertEquals(SHA256, HexFormat.of().formatHex(digest.digest()));
  }

  /// The share without a scene is what the plain recipe gives; the others differ from it, and from
  /// epoch to epoch, and what the memory held before does not matter.
  @Test
  void shareEpochAndIndexDecide() throws IOException {
    LabelledImages images = Mnist.test(Repository.MNIST).images();
    Augmenter plain = new Augmenter(Augmentation.DIGITS, 1);
    Augmenter.Scratch plainScratch = new Augmenter.Scratch();
    Scenes scenes = new Scenes(new SceneShare(0.5f, 0), Augmentation.DIGITS, 1);
    Scenes.Scratch used = new Scenes.Scratch();
    int same = 0;
    for (int i = 0; i < 400; i++) {
      float[] expected = new float[784];
      plain.augment(images.pixels(), images.offset(i), 2, i, expected, 0, plainScratch);
      float[] got = new float[784 + 5];
      scenes.digit(images.pixels(), images.offset(i), 2, i, got, 5, used);
      float[] fresh = new float[784];
      scenes.digit(images.pixels(), images.offset(i), 2, i, fresh, 0, new Scenes.Scratch());
      assertArrayEquals(fresh, Arrays.copyOfRange(got, 5, 789));
      float[] later = new float[784];
      scenes.digit(images.pixels(), images.offset(i), 3, i, later, 0, used);
      assertFalse(Arrays.equals(fresh, later));
      same += Arrays.equals(expected, fresh) ? 1 : 0;
    }
    assertEquals(200, same, 40);
  }

  @Test
  void sharesAsText() {
    assertEquals("scenes 0.5 strangers 0.1", SceneShare.ROBUST.text());
    assertEquals(SceneShare.ROBUST, SceneShare.parse(SceneShare.ROBUST.text()));
    for (String bad :
        new String[] {"", "scenes x strangers 0", "scenes 2 strangers 0", "a 0 b 0"}) {
      assertThrows(IllegalArgumentException.class, () -> SceneShare.parse(bad), bad);
    }
  }
}

package legible.digits.corrupt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import legible.digits.Repository;
import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;
import legible.digits.raster.Raster;
import legible.random.CounterRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorruptionTest {
  /// Of ten pictures, corrupted in every way. Published figures are worth nothing once it changes.
  private static final String SHA256 =
      "d4f0ba3d91c595c5717870890220114170f45c320b77727ab5af806ba444d675";

  private static LabelledImages images;

  @BeforeAll
  static void load() throws IOException {
    images = Mnist.test(Repository.MNIST).images();
  }

  private static float[] corrupted(Corruption corruption, double strength, int image) {
    float[] target = new float[Raster.PIXELS];
    new CorruptedDigits(images, corruption, strength, 1, 1).read(image, 0, 0, target, 0);
    return target;
  }

  private static float[] plain(int image) {
    float[] pixels = new float[Raster.PIXELS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (images.pixels()[images.offset(image) + i] & 0xff) / 255f;
    }
    return pixels;
  }

  @Test
  void theSameOnEveryMachine() throws NoSuchAlgorithmException {
    assertEquals(15, Corruptions.ALL.size());
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Corruption corruption : Corruptions.ALL) {
      for (double strength : Corruptions.STRENGTHS) {
        CorruptedDigits set = new CorruptedDigits(images, corruption, strength, 1, 1);
        for (int i = 0; i < 10; i++) {
          float[] target = new float[Raster.PIXELS];
          set.read(i, 0, 0, target, 0);
          for (float value : target) {
            assertTrue(value >= 0 && value <= 1, corruption.title() + " has " + value);
          }
          ByteBuffer bytes = ByteBuffer.allocate(4 * Raster.PIXELS);
          bytes.asFloatBuffer().put(target);
          digest.update(bytes);
        }
      }
    }
    assertEquals(SHA256, HexFormat.of().formatHex(digest.digest()));
  }

  static Stream<Corruption> moreIsWorse() {
    return Corruptions.ALL.stream().filter(c -> !(c instanceof CannyEdges));
  }

  /// Greater strengths leave less of the picture.
  @ParameterizedTest
  @MethodSource("moreIsWorse")
  void moreIsWorse(Corruption corruption) {
    double[] distance = new double[Corruptions.STRENGTHS.size()];
    for (int image = 0; image < 40; image++) {
      float[] plain = plain(image);
      for (int s = 0; s < distance.length; s++) {
        float[] target = corrupted(corruption, Corruptions.STRENGTHS.get(s), image);
        for (int i = 0; i < plain.length; i++) {
          distance[s] += Math.abs(target[i] - plain[i]);
        }
      }
    }
    double[] sorted = distance.clone();
    Arrays.sort(sorted);
    assertEquals(Arrays.toString(sorted), Arrays.toString(distance));
    assertTrue(distance[0] > 0);
  }

  @Test
  void simpleOnesDoWhatTheySay() {
    float[] plain = plain(0);
    float[] bright = corrupted(new Brightness(), 1, 0);
    float[] striped = corrupted(new Stripe(), 1, 0);
    float[] shifted = corrupted(new Translate(), 1, 0);
    int agreeing = 0;
    for (int i = 0; i < plain.length; i++) {
      assertEquals(Math.min(1, plain[i] + 0.5f), bright[i], 1e-6f);
      assertEquals(i % 28 < 7 || i % 28 > 20 ? 1 - plain[i] : plain[i], striped[i]);
    }
    for (int dx : List.of(-3, 3)) {
      for (int dy : List.of(-3, 3)) {
        boolean same = true;
        for (int y = 4; y < 24; y++) {
          for (int x = 4; x < 24; x++) {
            float from = plain[(y + dy) * 28 + x + dx];
            same &= Math.abs(from - shifted[y * 28 + x]) < 1e-5f;
          }
        }
        agreeing += same ? 1 : 0;
      }
    }
    assertEquals(1, agreeing);
  }

  /// Of a filled square, Canny leaves its outline: closed, thin and with nothing inside.
  @Test
  void cannyFindsTheOutline() {
    float[] pixels = new float[Raster.PIXELS];
    for (int i = 0; i < pixels.length; i++) {
      boolean inside = i % 28 >= 8 && i % 28 < 20 && i / 28 >= 8 && i / 28 < 20;
      pixels[i] = inside ? 1 : 0;
    }
    new CannyEdges().apply(new CounterRandom(1), 1, pixels, new float[Raster.PIXELS]);
    for (int row = 10; row < 18; row++) {
      int count = 0;
      for (int x = 0; x < 28; x++) {
        count += pixels[row * 28 + x] > 0 ? 1 : 0;
      }
      assertEquals(2, count, "row " + row);
      assertEquals(0, pixels[row * 28 + 14]);
    }
  }

  /// The mean of many shot-noise pictures is the picture.
  @Test
  void shotNoiseHasTheRightMean() {
    double sum = 0;
    float[] pixels = new float[Raster.PIXELS];
    for (int round = 0; round < 50; round++) {
      Arrays.fill(pixels, 0.2f);
      new ShotNoise().apply(new CounterRandom(round), 0.5, pixels, new float[Raster.PIXELS]);
      for (float value : pixels) {
        sum += value;
      }
    }
    assertEquals(0.2, sum / (50 * Raster.PIXELS), 0.005);
  }
}

package legible.digits.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import legible.digits.Repository;
import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;
import legible.random.CounterRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitNormalizerTest {
  private static byte[] bytes(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, format, out), format);
    return out.toByteArray();
  }

  /// A seven drawn with a pen.
  private static BufferedImage seven(int width, int height, Color ground, Color ink) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setColor(ground);
    pen.fillRect(0, 0, width, height);
    pen.setColor(ink);
    pen.setStroke(new BasicStroke(Math.max(2f, height / 14f)));
    pen.drawLine(width / 4, height / 4, 3 * width / 4, height / 4);
    pen.drawLine(3 * width / 4, height / 4, width / 2, 4 * height / 5);
    pen.dispose();
    return image;
  }

  private static float[] normalized(byte[] bytes) throws IOException {
    return DigitNormalizer.normalize("picture", ImageFile.decode("picture", bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "gif"})
  void everyFormatGivesTheSameDigit(String format) throws IOException {
    float[] png = normalized(bytes(seven(120, 160, Color.WHITE, Color.BLACK), "png"));
    float[] other = normalized(bytes(seven(120, 160, Color.WHITE, Color.BLACK), format));
    double difference = 0;
    for (int i = 0; i < png.length; i++) {
      difference += Math.abs(png[i] - other[i]) / png.length;
    }
    assertTrue(difference < 0.02, format + ": " + difference);
  }

  @Test
  void polarityDoesNotMatter() throws IOException {
    float[] dark = normalized(bytes(seven(120, 160, Color.WHITE, Color.BLACK), "png"));
    float[] light = normalized(bytes(seven(120, 160, Color.BLACK, Color.WHITE), "png"));
    assertArrayEquals(dark, light, 0.02f);
    float[] coloured =
        normalized(bytes(seven(120, 160, new Color(240, 230, 200), new Color(20, 30, 120)), "png"));
    assertArrayEquals(dark, coloured, 0.1f);
  }

  @Test
  void theDigitFillsItsBoxAndIsCentred() throws IOException {
    float[] digit = normalized(bytes(seven(300, 500, Color.WHITE, Color.BLACK), "png"));
    double mass = 0;
    double x = 0;
    double y = 0;
    int top = 28;
    int bottom = -1;
    for (int i = 0; i < 784; i++) {
      mass += digit[i];
      x += digit[i] * (i % 28 + 0.5);
      y += digit[i] * (Math.floorDiv(i, 28) + 0.5);
      if (digit[i] > 0) {
        top = Math.min(top, i / 28);
        bottom = i / 28;
      }
    }
    assertEquals(14, x / mass, 0.51);
    assertEquals(14, y / mass, 0.51);
    assertEquals(20, bottom - top + 1);
  }

  /// All of MNIST's training digits, as light on dark and the reverse.
  @Test
  void everyDigitOfMnistStaysAsItIs() throws IOException {
    LabelledImages images = Mnist.training(Repository.MNIST).images();
    for (int i = 0; i < images.size(); i++) {
      float[] ink = new float[784];
      float[] light = new float[784];
      for (int p = 0; p < 784; p++) {
        ink[p] = (images.pixels()[images.offset(i) + p] & 0xff) / 255f;
        light[p] = 1 - ink[p];
      }
      assertArrayEquals(ink, DigitNormalizer.normalize("digit", new GrayImage(28, 28, ink)));
      assertArrayEquals(
          ink, DigitNormalizer.normalize("digit", new GrayImage(28, 28, light)), 1e-6f);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "gif"})
  void digitsOfMnistStayAsTheyAreInAnyFormat(String format) throws IOException {
    LabelledImages images = Mnist.training(Repository.MNIST).images();
    for (int i = 0; i < 200; i++) {
      BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
      image.getRaster().setDataElements(0, 0, 28, 28, pixels(images, i));
      float[] digit = normalized(bytes(image, format));
      double difference = 0;
      for (int p = 0; p < 784; p++) {
        difference += Math.abs(digit[p] - (images.pixels()[images.offset(i) + p] & 0xff) / 255f);
      }
      assertEquals(0, difference / 784, format.equals("jpg") ? 0.03 : 1e-6, "digit " + i);
    }
  }

  private static byte[] pixels(LabelledImages images, int i) {
    return Arrays.copyOfRange(images.pixels(), images.offset(i), images.offset(i) + 784);
  }

  /// 28 x 28 pixels alone do not make a digit of MNIST: this one is too small and in a corner.
  @Test
  void otherPicturesOfMnistsSizeAreNormalized() throws IOException {
    float[] values = new float[784];
    for (int y = 2; y < 10; y++) {
      values[y * 28 + 3] = 1;
      values[y * 28 + 4] = 1;
    }
    float[] digit = DigitNormalizer.normalize("picture", new GrayImage(28, 28, values));
    assertEquals(1, digit[5 * 28 + 13], 1e-6f);
    assertEquals(1, digit[22 * 28 + 14], 1e-6f);
    assertEquals(0, digit[4 * 28 + 3]);
  }

  /// A digit 30 pixels high in a large picture covers less than a two-hundredth of it.
  @Test
  void aSmallDigitOnALargeSheetIsFound() throws IOException {
    float[] dark = normalized(bytes(small(Color.WHITE, Color.BLACK), "png"));
    assertArrayEquals(dark, normalized(bytes(small(Color.BLACK, Color.WHITE), "png")), 0.02f);
    int ink = 0;
    for (float value : dark) {
      ink += value > 0.5f ? 1 : 0;
    }
    assertTrue(ink > 30 && ink < 150, ink + " pixels of ink");
  }

  private static BufferedImage small(Color ground, Color ink) {
    BufferedImage image = seven(800, 600, ground, ground);
    image.createGraphics().drawImage(seven(40, 50, ground, ink), 300, 200, null);
    return image;
  }

  /// A stroke one pixel wide on 300 is a faint mean of 15 pixels, but bright in the result.
  @Test
  void thinStrokesStayBright() throws IOException {
    float[] values = new float[400 * 400];
    for (int i = 50; i < 350; i++) {
      values[i * 400 + 200] = 1;
      values[120 * 400 + i] = 1;
    }
    float strongest = 0;
    for (float value : DigitNormalizer.normalize("thin", new GrayImage(400, 400, values))) {
      assertTrue(value >= 0 && value <= 1);
      strongest = Math.max(strongest, value);
    }
    assertEquals(1, strongest);
  }

  /// The texture of a sheet is no ink, however many pixels a picture has to show its extremes.
  @Test
  void noiseIsRefused() {
    CounterRandom random = new CounterRandom(7);
    float[] values = new float[1000 * 1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.8f + (float) (0.03 * random.normal(i));
    }
    assertThrows(
        ImageFormatException.class,
        () -> DigitNormalizer.normalize("noise", new GrayImage(1000, 1000, values)));
  }

  /// Real photographs beside the project: each gives a digit of full size.
  @Test
  void photographsAreReduced() throws IOException {
    Path photos = Repository.ROOT.resolveSibling("shared/data/photos/single");
    assumeTrue(Files.isDirectory(photos), "no photographs beside the project: " + photos);
    try (Stream<Path> files = Files.list(photos)) {
      for (Path file : files.toList()) {
        float[] digit = DigitNormalizer.normalize(file.toString(), ImageFile.read(file));
        float strongest = 0;
        for (float value : digit) {
          assertTrue(value >= 0 && value <= 1, file.toString());
          strongest = Math.max(strongest, value);
        }
        assertEquals(1, strongest, 0.2f, file.toString());
      }
    }
  }

  @Test
  void picturesWithoutInkAreRefused() throws IOException {
    for (Color ground : new Color[] {Color.WHITE, Color.BLACK, Color.GRAY}) {
      byte[] blank = bytes(seven(60, 60, ground, ground), "png");
      assertTrue(refusal(blank).contains("blank picture"));
    }
    assertTrue(refusal(bytes(seven(1, 1, Color.WHITE, Color.WHITE), "png")).contains("got 1 x 1"));
  }

  private static String refusal(byte[] bytes) {
    String message = assertThrows(ImageFormatException.class, () -> normalized(bytes)).getMessage();
    assertTrue(message.startsWith("picture: "), message);
    return message;
  }
}

package legible.digits.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
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

  @Test
  void aPictureInMnistsFormStaysAsItIs() throws IOException {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 6; i < 22; i++) {
      image.getRaster().setSample(i, 8, 0, 250);
      image.getRaster().setSample(30 - i, i, 0, 99);
    }
    float[] digit = normalized(bytes(image, "png"));
    for (int i = 0; i < 784; i++) {
      assertEquals(image.getRaster().getSample(i % 28, i / 28, 0) / 255f, digit[i]);
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

  @Test
  void damagedAndForeignFilesAreRefused() throws IOException {
    byte[] png = bytes(seven(40, 60, Color.WHITE, Color.BLACK), "png");
    assertTrue(refusal(new byte[0]).contains("empty file"));
    assertTrue(
        refusal("no picture at all".getBytes(StandardCharsets.UTF_8)).contains("another format"));
    for (int length = 1; length < png.length - 20; length += 7) {
      refusal(Arrays.copyOf(png, length));
    }
  }

  /// A PNG's header that claims 60,000 x 60,000 pixels: refused before a pixel is decoded.
  @Test
  void bombsAreRefusedByTheirHead() throws IOException {
    byte[] png = bytes(seven(40, 60, Color.WHITE, Color.BLACK), "png");
    ByteBuffer head = ByteBuffer.wrap(png);
    head.putInt(16, 60_000).putInt(20, 60_000);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    head.putInt(29, (int) crc.getValue());
    assertTrue(refusal(png).contains("got 60000 x 60000"), refusal(png));
  }

  private static String refusal(byte[] bytes) {
    String message = assertThrows(ImageFormatException.class, () -> normalized(bytes)).getMessage();
    assertTrue(message.startsWith("picture: "), message);
    return message;
  }
}

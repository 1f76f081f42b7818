package legible.digits.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.imageio.ImageIO;
import legible.random.CounterRandom;
import org.junit.jupiter.api.Test;

class OrientationTest {
  /// A picture of 3 x 2 pixels as it is stored, and what has to be seen, row by row.
  @Test
  void everyOrientation() {
    GrayImage stored = new GrayImage(3, 2, new float[] {1, 2, 3, 4, 5, 6});
    float[][] seen = {
      {1, 2, 3, 4, 5, 6},
      {3, 2, 1, 6, 5, 4},
      {6, 5, 4, 3, 2, 1},
      {4, 5, 6, 1, 2, 3},
      {1, 4, 2, 5, 3, 6},
      {4, 1, 5, 2, 6, 3},
      {6, 3, 5, 2, 4, 1},
      {3, 6, 2, 5, 1, 4}
    };
    for (int value = 1; value <= 8; value++) {
      GrayImage upright = new Orientation(value).upright(stored);
      assertArrayEquals(seen[value - 1], upright.values(), "orientation " + value);
      assertEquals(value >= 5 ? 2 : 3, upright.width());
    }
  }

  /// The head of a TIFF file with one directory of one entry.
  private static byte[] tiff(ByteOrder order, int value) {
    return ByteBuffer.allocate(26)
        .order(order)
        .put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M'))
        .put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M'))
        .putShort((short) 42)
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) 0x0112)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) value)
        .array();
  }

  /// A JPEG file with the orientation in its Exif segment, behind another segment.
  private static byte[] jpeg(byte[] plain, byte[] exif) {
    ByteBuffer bytes = ByteBuffer.allocate(plain.length + exif.length + 16);
    bytes.put(plain, 0, 2);
    bytes.putShort((short) 0xfffe).putShort((short) 4).putShort((short) 0);
    bytes.putShort((short) 0xffe1).putShort((short) (exif.length + 8));
    bytes.put(new byte[] {'E', 'x', 'i', 'f', 0, 0}).put(exif);
    bytes.put(plain, 2, plain.length - 2);
    return bytes.array();
  }

  private static byte[] picture(String format) throws IOException {
    BufferedImage image = new BufferedImage(24, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        image.getRaster().setSample(x, y, 0, 255);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, format, out);
    return out.toByteArray();
  }

  /// A camera turned to its right: the white corner, stored at the upper left, is seen at the upper
  /// right.
  @Test
  void turnedPhotographs() throws IOException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      byte[] file = jpeg(picture("jpg"), tiff(order, 6));
      GrayImage image = ImageFile.decode("photo", file);
      assertEquals(16, image.width());
      assertEquals(1f, image.at(14, 2), 0.05f);
      assertEquals(0f, image.at(2, 2), 0.05f);
    }
  }

  @Test
  void tiffIsRead() throws IOException {
    GrayImage image = ImageFile.decode("scan", picture("tiff"));
    assertEquals(24, image.width());
    assertEquals(1f, image.at(2, 2));
    assertEquals(0f, image.at(20, 2));
  }

  @Test
  void whatSaysNothingIsUpright() {
    byte[] good = tiff(ByteOrder.BIG_ENDIAN, 6);
    assertEquals(6, Orientation.of(good).value());
    assertEquals(1, Orientation.of(tiff(ByteOrder.BIG_ENDIAN, 9)).value());
    for (int length = 0; length < good.length - 4; length++) {
      assertEquals(1, Orientation.of(Arrays.copyOf(good, length)).value(), "cut at " + length);
    }
    CounterRandom random = new CounterRandom(1);
    for (int trial = 0; trial < 2000; trial++) {
      byte[] bytes = good.clone();
      bytes[random.below(2L * trial, bytes.length)] = (byte) random.bits(2L * trial + 1);
      int value = Orientation.of(bytes).value();
      assertEquals(Math.clamp(value, 1, 8), value);
    }
  }
}

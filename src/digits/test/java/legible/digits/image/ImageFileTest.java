package legible.digits.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import legible.random.CounterRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileTest {
  @TempDir Path folder;

  private static byte[] bytes(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, format, out), format);
    return out.toByteArray();
  }

  /// A bar on a light ground.
  private static BufferedImage bar(int type) {
    BufferedImage image = new BufferedImage(30, 40, type);
    for (int y = 0; y < 40; y++) {
      for (int x = 0; x < 30; x++) {
        image.setRGB(x, y, x > 12 && x < 17 && y > 7 && y < 33 ? 0xff101010 : 0xfff0f0f0);
      }
    }
    return image;
  }

  private static String refusal(byte[] bytes) {
    String message =
        assertThrows(ImageFormatException.class, () -> ImageFile.decode("picture", bytes))
            .getMessage();
    assertTrue(message.startsWith("picture: "), message);
    return message;
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "gif"})
  void readsEachFormat(String format) throws IOException {
    Path file = folder.resolve("picture"); // told by the content, not by the name
    Files.write(file, bytes(bar(BufferedImage.TYPE_INT_RGB), format));
    GrayImage light = ImageFile.read(file);
    assertEquals(30, light.width());
    assertEquals(40, light.height());
    assertEquals(0xf0 / 255f, light.at(3, 20), 0.03f);
    assertEquals(0x10 / 255f, light.at(14, 20), 0.03f);
  }

  /// luma = 0.299 R + 0.587 G + 0.114 B
  @Test
  void coloursGiveTheirLuma() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xff0000);
    image.setRGB(1, 0, 0x00ff00);
    image.setRGB(2, 0, 0x0000ff);
    float[] light = ImageFile.decode("picture", bytes(image, "png")).values();
    assertArrayEquals(new float[] {0.299f, 0.587f, 0.114f}, light, 1e-6f);
  }

  /// A quarter opaque black over white is 0.75.
  @Test
  void whatIsTransparentShowsWhite() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00000000);
    image.setRGB(1, 0, 0x40000000);
    image.setRGB(2, 0, 0xff000000);
    float[] light = ImageFile.decode("picture", bytes(image, "png")).values();
    assertArrayEquals(new float[] {1, 1 - 64 / 255f, 0}, light, 1e-6f);
  }

  /// The same grey, whatever its form.
  @ParameterizedTest
  @CsvSource({"8, false", "8, true", "16, false", "16, true"})
  void greyKeepsItsValue(int bits, boolean alpha) throws IOException {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            alpha,
            false,
            alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            bits == 8 ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(2, 1);
    int unit = bits == 8 ? 1 : 257;
    for (int x = 0; x < 2; x++) {
      raster.setSample(x, 0, 0, 128 * unit);
      if (alpha) {
        raster.setSample(x, 0, 1, x == 0 ? 255 * unit : 0);
      }
    }
    byte[] png = bytes(new BufferedImage(model, raster, false, null), "png");
    float[] light = ImageFile.decode("picture", png).values();
    assertEquals(128 / 255f, light[0], 1e-6f);
    assertEquals(alpha ? 1 : 128 / 255f, light[1], 1e-6f);
  }

  /// A picture that was cut off is refused, or nothing of it was lost; never filled up.
  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "gif"})
  void noTruncationChangesAPicture(String format) throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_GRAY}) {
      byte[] whole = bytes(bar(type), format);
      float[] light = ImageFile.decode("picture", whole).values();
      int refused = 0;
      for (int length = 0; length < whole.length; length++) {
        try {
          assertArrayEquals(
              light, ImageFile.decode("picture", Arrays.copyOf(whole, length)).values());
        } catch (ImageFormatException e) {
          refused++;
        }
      }
      assertTrue(refused >= whole.length - 30, format + ": " + refused + " of " + whole.length);
    }
  }

  /// Phones append a film or a second picture.
  @Test
  void whatFollowsAJpegIsIgnored() throws IOException {
    byte[] jpeg = bytes(bar(BufferedImage.TYPE_INT_RGB), "jpg");
    float[] light = ImageFile.decode("picture", jpeg).values();
    byte[] longer = Arrays.copyOf(jpeg, jpeg.length + 100);
    assertArrayEquals(light, ImageFile.decode("picture", longer).values());
  }

  /// The end of a thumbnail inside of a segment is not the end of the picture.
  @Test
  void theEndOfAThumbnailDoesNotCount() throws IOException {
    byte[] jpeg = bytes(bar(BufferedImage.TYPE_INT_RGB), "jpg");
    byte[] comment = {(byte) 0xff, (byte) 0xfe, 0, 4, (byte) 0xff, (byte) 0xd9};
    ByteBuffer withComment = ByteBuffer.allocate(jpeg.length + comment.length);
    withComment.put(jpeg, 0, 2).put(comment).put(jpeg, 2, jpeg.length - 2);
    byte[] whole = withComment.array();
    ImageFile.decode("picture", whole);
    assertTrue(
        refusal(Arrays.copyOf(whole, whole.length - 40)).contains("JPEG file without its end"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "gif", "tiff"})
  void flippedBitsGiveAPictureOrARefusal(String format) throws IOException {
    byte[] whole = bytes(bar(BufferedImage.TYPE_INT_RGB), format);
    CounterRandom random = new CounterRandom(3);
    for (int trial = 0; trial < 1000; trial++) {
      byte[] bytes = whole.clone();
      bytes[random.below(2L * trial, bytes.length)] ^=
          (byte) (1 << random.below(2L * trial + 1, 8));
      try {
        ImageFile.decode("picture", bytes);
      } catch (ImageFormatException e) {
        assertTrue(e.getMessage().startsWith("picture: "));
      }
    }
  }

  @Test
  void foreignFilesAreRefused() throws IOException {
    assertTrue(refusal(new byte[0]).contains("empty file"));
    byte[] text = "no picture at all".getBytes(StandardCharsets.UTF_8);
    byte[] idx = Arrays.copyOf(new byte[] {0, 0, 8, 1}, 28); // WBMP to a reader that trusts it
    byte[] wbmp = bytes(bar(BufferedImage.TYPE_BYTE_BINARY), "wbmp");
    for (byte[] bytes : new byte[][] {text, idx, wbmp}) {
      assertTrue(refusal(bytes).contains("a PNG, JPEG, BMP, GIF or TIFF picture expected"));
    }
  }

  @Test
  void missingFilesAndFoldersAreNamed() {
    assertThrows(NoSuchFileException.class, () -> ImageFile.read(folder.resolve("none.png")));
    assertThrows(ImageFormatException.class, () -> ImageFile.read(folder));
  }

  /// A PNG's header that claims 60,000 x 60,000 pixels: refused before a pixel is decoded.
  @Test
  void bombsAreRefusedByTheirHead() throws IOException {
    byte[] png = bytes(bar(BufferedImage.TYPE_INT_RGB), "png");
    ByteBuffer head = ByteBuffer.wrap(png);
    head.putInt(16, 60_000).putInt(20, 60_000);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    head.putInt(29, (int) crc.getValue());
    assertTrue(refusal(png).contains("got 60000 x 60000"), refusal(png));
  }
}

package legible.digits.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// Reads pictures (PNG, JPEG, BMP, GIF) with the JDK's own decoders, as light: 0 black, 1 white.
public final class ImageFile {
  /// More pixels than any camera's picture of a digit needs: 40 megapixels take 160 MB as floats.
  private static final long MAX_PIXELS = 40_000_000;

  private static final long MAX_BYTES = 100_000_000;

  private ImageFile() {}

  /// Reads a file.
  ///
  /// @throws ImageFormatException if it is no picture that can be read
  /// @throws IOException if the file cannot be read
  public static GrayImage read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new ImageFormatException(file.toString(), "a picture expected, got a folder");
    }
    long size = Files.size(file);
    if (size > MAX_BYTES) {
      throw new ImageFormatException(
          file.toString(), "at most %,d bytes expected, got %,d".formatted(MAX_BYTES, size));
    }
    return decode(file.toString(), Files.readAllBytes(file));
  }

  /// Decodes a picture in memory. Its dimensions are checked before any pixel is decoded.
  ///
  /// @param source a name for messages
  /// @throws ImageFormatException if the bytes are no picture that can be read
  public static GrayImage decode(String source, byte[] bytes) throws ImageFormatException {
    if (bytes.length == 0) {
      throw new ImageFormatException(source, "a picture expected, got an empty file");
    }
    ImageIO.setUseCache(false);
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new ImageFormatException(
            source, "a PNG, JPEG, BMP or GIF picture expected, got another format");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        checkSize(source, reader.getWidth(0), reader.getHeight(0));
        return light(reader.read(0));
      } finally {
        reader.dispose();
      }
    } catch (ImageFormatException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // decoders throw either on damaged files
      throw new ImageFormatException(
          source, "a whole picture expected, got a damaged one (" + e.getMessage() + ")");
    }
  }

  private static void checkSize(String source, int width, int height) throws ImageFormatException {
    if (width < 1 || height < 1 || (long) width * height > MAX_PIXELS) {
      throw new ImageFormatException(
          source, "1 to %,d pixels expected, got %d x %d".formatted(MAX_PIXELS, width, height));
    }
  }

  /// The luma of each pixel over a white ground, by the weights of ITU-R BT.601.
  private static GrayImage light(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    float[] values = new float[width * height];
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    if (model.getNumComponents() == 1
        && !model.hasAlpha()
        && raster.getSampleModel().getSampleSize(0) == 8
        && image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
      // Samples as they are: getRGB would convert grey through a linear colour space.
      int[] row = new int[width];
      for (int y = 0; y < height; y++) {
        raster.getSamples(0, y, width, 1, 0, row);
        for (int x = 0; x < width; x++) {
          values[y * width + x] = row[x] / 255f;
        }
      }
      return new GrayImage(width, height, values);
    }
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        values[y * width + x] = luma(row[x]);
      }
    }
    return new GrayImage(width, height, values);
  }

  private static float luma(int argb) {
    float alpha = (argb >>> 24) / 255f;
    float red = (argb >> 16 & 0xff) / 255f;
    float green = (argb >> 8 & 0xff) / 255f;
    float blue = (argb & 0xff) / 255f;
    float opaque = 0.299f * red + 0.587f * green + 0.114f * blue;
    return alpha * opaque + (1 - alpha);
  }
}

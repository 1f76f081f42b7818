package legible.digits.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import legible.digits.HeapShare;

/// Reads pictures (PNG, JPEG, BMP, GIF, TIFF) with the JDK's own decoders, as light: 0 black, 1 white.
public final class ImageFile {

  /// More pixels than any camera's picture of a digit needs: 40 megapixels take 160 MB as floats.
  public static final long MAX_PIXELS = 40_000_000;

  private static final int MAX_BYTES = 100_000_000;

  /// The JDK knows more (WBMP), but that takes almost any bytes for a picture.
  private static final Set<String> FORMATS =
      Set.of("png", "jpg", "jpeg", "bmp", "gif", "tif", "tiff");

  /// Where a pixel's parts stand in its 32 bits.
  private static final int ALPHA = 24;

  private static final int RED = 16;
  private static final int GREEN = 8;
  private static final int BLUE = 0;

  /// The 256 levels of a sample in [0, 1]: a division takes longer than the rest of a pixel.
  private static final float[] PARTS = new float[256];

  static {
    for (int i = 0; i < PARTS.length; i++) {
      PARTS[i] = i / 255f;
    }
  }

  private ImageFile() {}

  /// Reads a file.
  ///
  /// @throws ImageFormatException if it is no picture that can be read
  /// @throws IOException if the file cannot be read
  public static GrayImage read(Path file) throws IOException {
    return decode(file.toString(), bytes(file));
  }

  /// The bytes of a file that may be a picture.
  ///
  /// @throws ImageFormatException if it is a folder or far too large
  /// @throws IOException if the file cannot be read
  public static byte[] bytes(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new ImageFormatException(file.toString(), "a picture expected, got a folder");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1); // a device has no size to ask for
      if (bytes.length > MAX_BYTES) {
        throw new ImageFormatException(
            file.toString(), "at most " + MAX_BYTES + " bytes expected, got more");
      }
      return bytes;
    }
  }

  /// Loads the decoders, in the background: the JDK takes as long for it as the reading of a model.
  public static void prepare() {
    Thread.ofPlatform()
        .daemon()
        .name("decoders")
        .start(() -> ImageIO.getImageReadersByFormatName("png").next().dispose());
  }

  /// Decodes a picture in memory. Its dimensions are checked before any pixel is decoded.
  ///
  /// @param source a name for messages
  /// @throws ImageFormatException if the bytes are no picture that can be read
  public static GrayImage decode(String source, byte[] bytes) throws ImageFormatException {
    return decode(source, bytes, pixels -> Orientation.of(bytes).upright(light(pixels)));
  }

  /// The same in colour.
  ///
  /// @param source a name for messages
  /// @throws ImageFormatException if the bytes are no picture that can be read
  public static ColourImage decodeColour(String source, byte[] bytes) throws ImageFormatException {
    Orientation orientation = Orientation.of(bytes);
    return decode(
        source,
        bytes,
        pixels ->
            ColourImage.of(
                IntStream.of(RED, GREEN, BLUE)
                    .mapToObj(shift -> orientation.upright(part(pixels, shift)))
                    .toList()));
  }

  private static <T> T decode(String source, byte[] bytes, Function<BufferedImage, T> result)
      throws ImageFormatException {
    if (bytes.length == 0) {
      throw new ImageFormatException(source, "a picture expected, got an empty file");
    }
    ImageIO.setUseCache(false);
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      ImageReader reader = reader(source, in);
      try {
        reader.setInput(in, true, true);
        ImageClaims.check(source, reader, bytes);
        BufferedImage pixels = reader.read(0);
        ImageClaims.checkSamples(source, pixels);
        return result.apply(pixels);
      } finally {
        reader.dispose();
      }
    } catch (ImageFormatException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // decoders throw either on damaged files
      throw new ImageFormatException(
          source,
          "a whole picture in a common form expected, got one that cannot be decoded ("
              + e.getMessage()
              + ")");
    } catch (OutOfMemoryError e) { // of what a decoder believes: profiles, palettes, strips
      throw new ImageFormatException(
          source, "a picture expected, got one that needs " + HeapShare.words());
    }
  }

  private static ImageReader reader(String source, ImageInputStream in) throws IOException {
    for (Iterator<ImageReader> all = ImageIO.getImageReaders(in); all.hasNext(); ) {
      ImageReader reader = all.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
      reader.dispose();
    }
    throw new ImageFormatException(
        source, "a PNG, JPEG, BMP, GIF or TIFF picture expected, got another format");
  }

  /// The luma of each pixel over a white ground, by the weights of ITU-R BT.601.
  private static GrayImage light(BufferedImage image) {
    ColorModel model = image.getColorModel();
    if (model instanceof ComponentColorModel && model.getNumColorComponents() == 1) {
      return grey(image.getRaster(), model.hasAlpha());
    }
    if (isPlainColour(model)) {
      return colour(image.getRaster(), model.hasAlpha());
    }
    int width = image.getWidth();
    int height = image.getHeight();
    float[] values = new float[width * height];
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int argb = row[x];
        values[y * width + x] =
            luma(argb >> RED & 0xff, argb >> GREEN & 0xff, argb & 0xff, argb >>> ALPHA);
      }
    }
    return new GrayImage(width, height, values);
  }

  /// One of the colours over a white ground; grey pictures have the same in each.
  private static GrayImage part(BufferedImage image, int shift) {
    ColorModel model = image.getColorModel();
    if (model instanceof ComponentColorModel && model.getNumColorComponents() == 1) {
      return grey(image.getRaster(), model.hasAlpha());
    }
    int width = image.getWidth();
    int height = image.getHeight();
    float[] values = new float[width * height];
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        values[y * width + x] =
            overWhite((row[x] >> shift & 0xff) / 255f, (row[x] >>> ALPHA) / 255f);
      }
    }
    return new GrayImage(width, height, values);
  }

  /// Whether samples are bytes of red, green, blue and perhaps alpha, in the colour space of screens.
  private static boolean isPlainColour(ColorModel model) {
    return model instanceof ComponentColorModel
        && model.getColorSpace().isCS_sRGB()
        && model.getTransferType() == DataBuffer.TYPE_BYTE
        && model.getComponentSize(0) == 8
        && !model.isAlphaPremultiplied();
  }

  /// The same as by getRGB, which takes three times as long for it.
  private static GrayImage colour(Raster raster, boolean hasAlpha) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    float[] values = new float[width * height];
    int bands = raster.getNumBands();
    byte[] row = new byte[width * bands];
    for (int y = 0; y < height; y++) {
      raster.getDataElements(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int i = x * bands;
        int alpha = hasAlpha ? row[i + 3] & 0xff : 0xff;
        values[y * width + x] = luma(row[i] & 0xff, row[i + 1] & 0xff, row[i + 2] & 0xff, alpha);
      }
    }
    return new GrayImage(width, height, values);
  }

  /// Samples as they are, of any depth: getRGB would convert grey through a linear colour space,
  /// and make 188 of 128.
  private static GrayImage grey(Raster raster, boolean hasAlpha) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    float[] values = new float[width * height];
    float white = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
    int[] row = new int[width];
    int[] alpha = new int[width];
    Arrays.fill(alpha, (int) white);
    for (int y = 0; y < height; y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      if (hasAlpha) {
        raster.getSamples(0, y, width, 1, 1, alpha);
      }
      for (int x = 0; x < width; x++) {
        values[y * width + x] = overWhite(row[x] / white, alpha[x] / white);
      }
    }
    return new GrayImage(width, height, values);
  }

  private static float luma(int red, int green, int blue, int alpha) {
    float opaque = 0.299f * PARTS[red] + 0.587f * PARTS[green] + 0.114f * PARTS[blue];
    return overWhite(opaque, PARTS[alpha]);
  }

  private static float overWhite(float light, float alpha) {
    return alpha * light + (1 - alpha);
  }
}

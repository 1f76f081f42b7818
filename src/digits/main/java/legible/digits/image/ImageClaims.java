package legible.digits.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.SampleModel;
import java.io.IOException;
import javax.imageio.ImageReader;
import legible.digits.HeapShare;

/// Checks what a picture file claims, before the JDK's decoders believe it.
final class ImageClaims {
  /// Where a BMP file says how it is compressed, and two of the answers.
  private static final int BMP_COMPRESSION = 30;

  private static final int BMP_JPEG = 4;
  private static final int BMP_PNG = 5;

  /// So many pixels may be claimed by any file, and so many more for each of its bytes. The tightest
  /// coders put a thousand of an empty sheet into a byte; more than that is a claim without content
  /// that would keep a decoder busy for seconds.
  private static final long FREE_PIXELS = 4_000_000;

  private static final long PIXELS_PER_BYTE = 2_000;

  /// Red, green, blue, black and transparency.
  private static final int MOST_SAMPLES = 5;

  private ImageClaims() {}

  /// Checks everything that can be told without decoding a pixel.
  static void check(String source, ImageReader reader, byte[] bytes) throws IOException {
    checkSize(source, reader.getWidth(0), reader.getHeight(0));
    checkSize(source, reader.getTileWidth(0), reader.getTileHeight(0));
    checkContent(source, reader, bytes.length);
    checkMemory(source, reader);
    checkStructure(source, bytes);
  }

  /// Compares the number of pixels with the length of the file.
  private static void checkContent(String source, ImageReader reader, int bytes)
      throws IOException {
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    if (pixels > FREE_PIXELS + PIXELS_PER_BYTE * bytes) {
      throw new ImageFormatException(
          source,
          "a smaller picture expected: %d x %d pixels cannot be in %d bytes"
              .formatted(reader.getWidth(0), reader.getHeight(0), bytes));
    }
  }

  private static void checkSize(String source, int width, int height) throws ImageFormatException {
    if (width < 1 || height < 1 || (long) width * height > ImageFile.MAX_PIXELS) {
      throw new ImageFormatException(
          source,
          "1 to " + ImageFile.MAX_PIXELS + " pixels expected, got " + width + " x " + height);
    }
  }

  /// Refuses pixels of many samples, and compares what they will take with the heap: the decoder's
  /// samples, twice where it unpacks them first, and as floats, twice where they are turned.
  private static void checkMemory(String source, ImageReader reader) throws IOException {
    SampleModel samples = reader.getImageTypes(0).next().getSampleModel();
    if (samples.getNumBands() > MOST_SAMPLES) {
      throw new ImageFormatException(
          source,
          "at most %d samples for each pixel expected, got %d"
              .formatted(MOST_SAMPLES, samples.getNumBands()));
    }
    int bits = samples.getNumDataElements() * DataBuffer.getDataTypeSize(samples.getDataType());
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    if (!HeapShare.allows(pixels * (2L * bits / Byte.SIZE + 2 * Float.BYTES))) {
      throw new ImageFormatException(
          source,
          "a smaller picture expected: %d x %d pixels need "
                  .formatted(reader.getWidth(0), reader.getHeight(0))
              + HeapShare.words());
    }
  }

  /// What the decoders let pass.
  private static void checkStructure(String source, byte[] bytes) throws ImageFormatException {
    if (JpegEnd.isMissing(bytes)) {
      throw new ImageFormatException(
          source, "a whole picture expected, got a JPEG file without its end");
    }
    if (JpegScans.areTooMany(bytes)) {
      throw new ImageFormatException(
          source, "at most " + JpegScans.MOST + " scans of a JPEG file expected, got more");
    }
    boolean wrapped =
        bytes.length > BMP_COMPRESSION
            && bytes[0] == 'B'
            && bytes[1] == 'M'
            && (bytes[BMP_COMPRESSION] == BMP_JPEG || bytes[BMP_COMPRESSION] == BMP_PNG);
    if (wrapped) { // with dimensions of its own that nobody has checked
      throw new ImageFormatException(
          source, "a BMP picture expected, got another format inside of one");
    }
  }

  /// Grey samples are read as whole numbers of up to 16 bits; colours are unpacked by the JDK.
  static void checkSamples(String source, BufferedImage image) throws ImageFormatException {
    ColorModel model = image.getColorModel();
    boolean grey = model instanceof ComponentColorModel && model.getNumColorComponents() == 1;
    if (grey
        && (image.getSampleModel().getSampleSize(0) > Short.SIZE
            || model.getTransferType() == DataBuffer.TYPE_SHORT)) {
      throw new ImageFormatException(
          source, "grey of whole numbers of up to 16 bits without a sign expected, got others");
    }
  }
}

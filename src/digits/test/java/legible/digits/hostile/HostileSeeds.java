package legible.digits.hostile;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import legible.digits.Answer;
import legible.digits.Repository;
import legible.digits.receipt.Receipt;
import legible.digits.receipt.ReceiptFile;

/// Small sound files of every kind, in the forms that take different ways through a reader.
final class HostileSeeds {
  private static final String FORMAT = "src/engine/test/resources/legible/format/";

  /// One tensor of each type that can be read, and an empty one.
  static final String SAFETENSORS_HEADER =
      """
      {"__metadata__":{"made":"by hand"},"a.weight":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},\
      "b":{"dtype":"F16","shape":[2,1],"data_offsets":[16,20]},\
      "c\\u00e9":{"dtype":"BF16","shape":[2],"data_offsets":[20,24]},\
      "d":{"dtype":"F32","shape":[0,3],"data_offsets":[24,24]}}
      """
          .strip();

  private static Path scratch;

  private HostileSeeds() {}

  static List<byte[]> of(HostileReader reader) throws IOException {
    return switch (reader) {
      case MODEL -> List.of(golden("version1.legible"), golden("version2.legible"));
      case CHECKPOINT -> List.of(golden("version1.checkpoint"));
      case SAFETENSORS -> List.of(safetensors(SAFETENSORS_HEADER, 24));
      case SIGNATURE -> List.of(signature());
      case PRIVATE_KEY -> List.of(privateKey());
      case PUBLIC_KEY -> List.of(publicKey());
      case RECEIPT -> List.of(receipt());
      case IDX -> List.of(idx(), gzip(idx()));
      case PNG -> png();
      case JPEG -> jpeg();
      case BMP -> bmp();
      case GIF -> List.of(picture("gif", BufferedImage.TYPE_BYTE_INDEXED, "LZW", true));
      case TIFF -> tiff();
    };
  }

  /// One file for those readers that take no bytes.
  static Path scratch() throws IOException {
    if (scratch == null) {
      scratch = Files.createTempDirectory("hostile").resolve("file");
      scratch.getParent().toFile().deleteOnExit();
      scratch.resolveSibling("file.pub").toFile().deleteOnExit();
      scratch.toFile().deleteOnExit();
    }
    return scratch;
  }

  private static byte[] golden(String name) throws IOException {
    return Files.readAllBytes(Repository.ROOT.resolve(FORMAT + name));
  }

  /// A safetensors file with this header and so many bytes of elements.
  static byte[] safetensors(String header, int elements) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer file =
        ByteBuffer.allocate(Long.BYTES + text.length + elements).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(text.length).put(text);
    while (file.hasRemaining()) {
      file.put((byte) file.position());
    }
    return file.array();
  }

  private static byte[] signature() throws IOException {
    byte[] signed = golden("version2.legible");
    return Arrays.copyOfRange(signed, signed.length - 128, signed.length - 32);
  }

  /// RFC 8410, 10.3.
  private static byte[] privateKey() {
    return ascii(
        """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
        -----END PRIVATE KEY-----
        """);
  }

  /// RFC 8410, 10.1.
  static byte[] publicKey() {
    return ascii(
        """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
        -----END PUBLIC KEY-----
        """);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] receipt() throws IOException {
    String digest = "0123456789abcdef".repeat(4);
    float[] tenth = new float[10];
    Arrays.fill(tenth, 0.1f);
    Receipt receipt =
        new Receipt(
            "0.1.0",
            new Receipt.Source("bild.png", digest),
            new Receipt.Source("cnn.legible", digest),
            List.of(new Receipt.StepDigest("light", Map.of(), 90, 40, digest)),
            new float[784],
            new Answer(tenth, tenth),
            new Receipt.Decision(0, 0.1f));
    Path file = scratch();
    ReceiptFile.write(receipt, file);
    return ascii(Files.readString(file).replaceAll("\\s+", " "));
  }

  private static byte[] idx() {
    ByteBuffer buffer = ByteBuffer.allocate(16 + 12);
    buffer.putInt(0x803).putInt(2).putInt(2).putInt(3);
    for (int i = 0; i < 12; i++) {
      buffer.put((byte) (20 * i));
    }
    return buffer.array();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static List<byte[]> png() throws IOException {
    return List.of(
        picture("png", BufferedImage.TYPE_INT_ARGB, null, false),
        picture("png", BufferedImage.TYPE_USHORT_GRAY, null, false),
        picture("png", BufferedImage.TYPE_BYTE_INDEXED, null, true));
  }

  private static List<byte[]> jpeg() throws IOException {
    byte[] plain = picture("jpeg", BufferedImage.TYPE_INT_RGB, "JPEG", false);
    return List.of(
        plain, withOrientation(plain), picture("jpeg", BufferedImage.TYPE_BYTE_GRAY, "JPEG", true));
  }

  /// Six bytes of Exif and a TIFF directory of one entry, behind the start of the picture.
  private static byte[] withOrientation(byte[] jpeg) {
    ByteBuffer bytes = ByteBuffer.allocate(jpeg.length + 36);
    bytes.put(jpeg, 0, 2).putShort((short) 0xffe1).putShort((short) 34).put(ascii("Exif\0\0"));
    bytes.put(ascii("MM\0*")).putInt(8).putShort((short) 1);
    bytes.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) 6);
    bytes.putShort((short) 0).putInt(0);
    return bytes.put(jpeg, 2, jpeg.length - 2).array();
  }

  private static List<byte[]> bmp() throws IOException {
    return List.of(
        picture("bmp", BufferedImage.TYPE_INT_RGB, "BI_RGB", false),
        picture("bmp", BufferedImage.TYPE_BYTE_GRAY, "BI_RLE8", false),
        picture("bmp", BufferedImage.TYPE_USHORT_565_RGB, "BI_BITFIELDS", false));
  }

  private static List<byte[]> tiff() throws IOException {
    List<byte[]> all = new ArrayList<>();
    for (String compression : List.of("LZW", "Deflate", "PackBits", "JPEG")) {
      all.add(picture("tiff", BufferedImage.TYPE_INT_RGB, compression, false));
    }
    all.add(picture("tiff", BufferedImage.TYPE_BYTE_BINARY, "CCITT T.6", false));
    all.add(picture("tiff", BufferedImage.TYPE_USHORT_GRAY, null, false));
    return all;
  }

  /// A bar on a light ground, as a file.
  private static byte[] picture(String format, int type, String compression, boolean progressive)
      throws IOException {
    BufferedImage image = new BufferedImage(9, 12, type);
    for (int y = 0; y < 12; y++) {
      for (int x = 0; x < 9; x++) {
        image.setRGB(x, y, x > 3 && x < 6 && y > 1 && y < 10 ? 0xff101010 : 0xe0f0e0d0);
      }
    }
    return bytes(image, format, compression, progressive);
  }

  static byte[] bytes(BufferedImage image, String format, String compression, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam settings = writer.getDefaultWriteParam();
    if (compression != null) {
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionType(compression);
    }
    if (settings.canWriteProgressive()) {
      settings.setProgressiveMode(
          progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}

package legible.digits.idx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
  @TempDir Path folder;

  /// Two pictures of 2 x 3 pixels.
  private static byte[] sample() {
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

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("images"), bytes);
  }

  private String refusal(byte[] bytes) throws IOException {
    Path file = file(bytes);
    String message =
        assertThrows(IdxFormatException.class, () -> IdxFile.read(file, 3)).getMessage();
    assertTrue(message.startsWith(file + ": at byte "), message);
    return message;
  }

  @Test
  void readsPlainAndCompressedFilesAlike() throws IOException {
    IdxFile plain = IdxFile.read(file(sample()), 3);
    IdxFile packed = IdxFile.read(file(gzip(sample())), 3);
    assertArrayEquals(new int[] {2, 2, 3}, plain.lengths());
    assertArrayEquals(sample(), plain.bytes());
    assertEquals(16, plain.start());
    assertArrayEquals(plain.bytes(), packed.bytes());
    assertEquals(plain.sha256(), packed.sha256());
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] plain = sample();
    byte[] packed = gzip(plain);
    for (int length = 0; length < plain.length; length++) {
      refusal(Arrays.copyOf(plain, length));
    }
    for (int length = 0; length < packed.length; length++) {
      refusal(Arrays.copyOf(packed, length));
    }
  }

  @Test
  void everyFlippedBitOfTheHeadIsRefused() throws IOException {
    for (int bit = 0; bit < 16 * 8; bit++) {
      byte[] bytes = sample();
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      refusal(bytes);
    }
  }

  @Test
  void moreBytesThanTheHeadSaysAreRefused() throws IOException {
    String message = refusal(Arrays.copyOf(sample(), 29));
    assertTrue(message.contains("at byte 28: the end of the file expected"), message);
  }

  @Test
  void aHeadThatClaimsTerabytesIsRefusedAtOnce() throws IOException {
    byte[] bytes = sample();
    ByteBuffer.wrap(bytes).putInt(4, 60_000).putInt(8, 60_000).putInt(12, 60_000);
    assertTrue(refusal(bytes).contains("elements expected, got a length of 60000"));
    ByteBuffer.wrap(bytes).putInt(4, -1);
    assertTrue(refusal(bytes).contains("got a length of 4294967295"));
  }

  /// The length that the head claims is allowed, but not there: memory follows what is there.
  @Test
  void aHeadThatClaimsAGigabyteCostsNone() throws IOException {
    byte[] bytes = sample();
    ByteBuffer.wrap(bytes).putInt(4, 1 << 20).putInt(8, 32).putInt(12, 32);
    assertTrue(refusal(bytes).contains("1073741840 bytes expected"));
  }

  @Test
  void foreignFilesAreRefused() throws IOException {
    assertTrue(
        refusal("this is no picture".getBytes(StandardCharsets.UTF_8)).contains("magic number"));
    assertTrue(refusal(gzip(new byte[100])).contains("magic number 0x00000803 expected"));
  }

  @Test
  void missingFilesAndFoldersAreNamed() {
    assertThrows(NoSuchFileException.class, () -> IdxFile.read(folder.resolve("none"), 3));
    assertThrows(IdxFormatException.class, () -> IdxFile.read(folder, 3));
  }
}

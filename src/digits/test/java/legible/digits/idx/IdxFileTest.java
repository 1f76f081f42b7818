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
import legible.random.CounterRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
  private static final int[] PICTURES = {IdxFile.ANY, IdxFile.ANY, IdxFile.ANY};

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
        assertThrows(IdxFormatException.class, () -> IdxFile.read(file, PICTURES)).getMessage();
    assertTrue(message.startsWith(file + ": at byte "), message);
    return message;
  }

  @Test
  void readsPlainAndCompressedFilesAlike() throws IOException {
    IdxFile plain = IdxFile.read(file(sample()), PICTURES);
    IdxFile packed = IdxFile.read(file(gzip(sample())), PICTURES);
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

  /// A flipped bit of a compressed file is refused, or lies in what is not data, such as the time.
  @Test
  void flippedBitsOfACompressedFileChangeNothingUnseen() throws IOException {
    byte[] packed = gzip(sample());
    int refused = 0;
    for (int bit = 0; bit < packed.length * 8; bit++) {
      byte[] bytes = packed.clone();
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      try {
        assertArrayEquals(sample(), IdxFile.read(file(bytes), PICTURES).bytes());
      } catch (IdxFormatException e) {
        refused++;
      }
    }
    assertTrue(refused > packed.length * 8 / 2, refused + " refused");
  }

  @Test
  void randomBytesAreRefused() throws IOException {
    CounterRandom random = new CounterRandom(1);
    for (int trial = 0; trial < 500; trial++) {
      byte[] bytes = new byte[random.below(trial, 200)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) random.split(trial).bits(i);
      }
      if (trial % 2 == 1 && bytes.length > 1) { // half of them begin like gzip
        bytes[0] = 0x1f;
        bytes[1] = (byte) 0x8b;
      }
      refusal(bytes);
    }
  }

  @Test
  void otherLengthsThanExpectedAreRefused() throws IOException {
    Path file = file(sample());
    assertEquals(28, IdxFile.read(file, 2, 2, 3).bytes().length);
    IdxFormatException refusal =
        assertThrows(IdxFormatException.class, () -> IdxFile.read(file, 2, 2, 28));
    assertEquals(file + ": at byte 12: the length 28 expected, got 3", refusal.getMessage());
  }

  /// A small file that unpacks to 64 MB behind a head that claims no more than 12 bytes.
  @Test
  void ofABombNoMoreIsUnpackedThanItsHeadClaims() throws IOException {
    byte[] bytes = gzip(Arrays.copyOf(sample(), 1 << 26));
    assertTrue(bytes.length < 100_000);
    assertTrue(refusal(bytes).contains("at byte 28: the end of the file expected"));
  }

  @Test
  void theOffsetOfDamageIsThatOfTheData() throws IOException {
    byte[] packed = gzip(sample());
    String message = refusal(Arrays.copyOf(packed, packed.length - 4));
    assertTrue(message.contains("at byte 28: a whole gzip stream expected"), message);
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
  void aHeadThatClaimsMuchCostsNothing() throws IOException {
    byte[] bytes = sample();
    ByteBuffer.wrap(bytes).putInt(4, 1 << 18).putInt(8, 32).putInt(12, 32);
    assertTrue(refusal(bytes).contains("268435472 bytes expected"));
  }

  @Test
  void foreignFilesAreRefused() throws IOException {
    assertTrue(
        refusal("this is no picture".getBytes(StandardCharsets.UTF_8)).contains("magic number"));
    assertTrue(refusal(gzip(new byte[100])).contains("magic number 0x00000803 expected"));
  }

  @Test
  void missingFilesAndFoldersAreNamed() {
    assertThrows(NoSuchFileException.class, () -> IdxFile.read(folder.resolve("none"), PICTURES));
    assertThrows(IdxFormatException.class, () -> IdxFile.read(folder, PICTURES));
  }
}

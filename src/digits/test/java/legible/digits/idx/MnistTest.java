package legible.digits.idx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import legible.digits.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {
  @TempDir Path folder;

  @Test
  void theCommittedFilesAreMnist() throws IOException {
    LabelledImages train = Mnist.training(Repository.MNIST).images();
    LabelledImages test = Mnist.test(Repository.MNIST).images();
    assertEquals(60_000, train.size());
    assertEquals(10_000, test.size());
    assertEquals(5, train.label(0));
    assertEquals(7, test.label(0));
  }

  @Test
  void partsShareThePictures() throws IOException {
    LabelledImages all = Mnist.test(Repository.MNIST).images();
    LabelledImages part = all.part(9_000, 1_000);
    assertEquals(1_000, part.size());
    assertEquals(all.label(9_123), part.label(123));
    assertEquals(all.offset(9_123), part.offset(123));
  }

  @Test
  void otherDataAreRefusedByTheirHash() throws IOException {
    Files.copy(
        Repository.MNIST.resolve("t10k-images-idx3-ubyte.gz"),
        folder.resolve("t10k-images-idx3-ubyte.gz"));
    byte[] labels = labels();
    labels[8] = 3;
    Path changed = folder.resolve("t10k-labels-idx1-ubyte");
    Files.write(changed, labels);
    IdxFormatException refusal = assertThrows(IdxFormatException.class, () -> Mnist.test(folder));
    assertTrue(refusal.getMessage().startsWith(changed + ": at byte 0: MNIST's"));
  }

  /// Data of the same form, such as Fashion-MNIST, have other hashes and counts.
  @Test
  void otherDataAreReadWhenAskedFor() throws IOException {
    write("train-images-idx3-ubyte", 0x803, new int[] {2, 28, 28}, new byte[2 * 784]);
    write("train-labels-idx1-ubyte", 0x801, new int[] {2}, new byte[] {9, 0});
    LabelledImages images = Mnist.unverifiedTraining(folder).images();
    assertEquals(2, images.size());
    assertEquals(9, images.label(0));
    String message =
        assertThrows(IdxFormatException.class, () -> Mnist.training(folder)).getMessage();
    assertTrue(message.endsWith("at byte 4: the length 60000 expected, got 2"), message);
  }

  @Test
  void whatDoesNotBelongTogetherIsRefused() throws IOException {
    write("t10k-images-idx3-ubyte", 0x803, new int[] {2, 28, 28}, new byte[2 * 784]);
    write("t10k-labels-idx1-ubyte", 0x801, new int[] {3}, new byte[3]);
    assertUnverifiedTest("at byte 4: 2 labels expected");
    write("t10k-labels-idx1-ubyte", 0x801, new int[] {2}, new byte[] {0, 10});
    assertUnverifiedTest("at byte 9: a label in 0..9 expected, got 10");
    write("t10k-images-idx3-ubyte", 0x803, new int[] {2, 28, 27}, new byte[2 * 28 * 27]);
    assertUnverifiedTest("at byte 12: the length 28 expected, got 27");
    write("t10k-images-idx3-ubyte", 0x803, new int[] {0, 28, 28}, new byte[0]);
    assertUnverifiedTest("at byte 4: at least one picture expected");
  }

  private void assertUnverifiedTest(String expected) {
    String message =
        assertThrows(IdxFormatException.class, () -> Mnist.unverifiedTest(folder)).getMessage();
    assertTrue(message.contains(expected), message);
  }

  private void write(String name, int magic, int[] lengths, byte[] elements) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * lengths.length + elements.length);
    buffer.putInt(magic);
    for (int length : lengths) {
      buffer.putInt(length);
    }
    Files.write(folder.resolve(name), buffer.put(elements).array());
  }

  @Test
  void aMissingFileIsNamed() {
    NoSuchFileException missing =
        assertThrows(NoSuchFileException.class, () -> Mnist.training(folder));
    assertEquals(folder.resolve("train-images-idx3-ubyte").toString(), missing.getFile());
  }

  /// A compressed copy under the plain name is read all the same.
  @Test
  void compressionIsToldByTheContent() throws IOException {
    Files.copy(
        Repository.MNIST.resolve("t10k-images-idx3-ubyte.gz"),
        folder.resolve("t10k-images-idx3-ubyte"));
    try (GZIPOutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("t10k-labels-idx1-ubyte")))) {
      out.write(labels());
    }
    assertEquals(10_000, Mnist.test(folder).images().size());
  }

  private static byte[] labels() throws IOException {
    try (GZIPInputStream in =
        new GZIPInputStream(
            Files.newInputStream(Repository.MNIST.resolve("t10k-labels-idx1-ubyte.gz")))) {
      return in.readAllBytes();
    }
  }
}

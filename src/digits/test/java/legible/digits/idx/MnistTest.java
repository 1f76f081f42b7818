package legible.digits.idx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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

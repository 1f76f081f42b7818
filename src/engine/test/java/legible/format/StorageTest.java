package legible.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// A file is replaced whole or not at all, and what cannot be done is said in words.
class StorageTest {
  private static final byte[] OLD = {1, 2, 3};

  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private static void assertFails(String words, Executable action) {
    IOException e = assertThrows(IOException.class, action);
    assertTrue(e.getMessage().contains(words), e.getMessage());
    assertEquals(IOException.class, e.getClass());
  }

  @Test
  void anOldFileIsReplaced() throws IOException {
    Path path = folder.resolve("m.legible");
    Files.write(path, OLD);
    Samples.model().write(path);
    assertArrayEquals(Samples.model().encode(), Files.readAllBytes(path));
    assertEquals(List.of("m.legible"), names());
  }

  @Test
  void aPathWithoutFolderIsInTheWorkingFolder() throws IOException {
    Path path = Path.of("storage-test-" + System.nanoTime() + ".legible");
    try {
      Samples.model().write(path);
      assertEquals(Samples.model().sha256(), ModelFile.read(path).sha256());
    } finally {
      Files.deleteIfExists(path);
    }
  }

  @Test
  void anOldFileSurvivesAFailure() throws IOException {
    Path path = folder.resolve("m.legible");
    Files.write(path, OLD);
    assertFails(
        "m.legible: No space left on device; nothing was changed",
        () ->
            Storage.write(
                path,
                channel -> {
                  channel.write(ByteBuffer.wrap(new byte[1000]));
                  throw new IOException("No space left on device");
                }));
    assertThrows(
        OutOfMemoryError.class,
        () ->
            Storage.write(
                path,
                channel -> {
                  throw new OutOfMemoryError("as if");
                }));
    ModelFile diverged = Samples.model();
    diverged.weights().get("dense.bias").value().data()[0] = Float.NaN;
    assertThrows(IllegalStateException.class, () -> diverged.write(path));
    assertArrayEquals(OLD, Files.readAllBytes(path));
    assertEquals(List.of("m.legible"), names());
  }

  @Test
  void filesThatOthersLeftAreNotTouched() throws IOException {
    Files.write(folder.resolve(".m.legible.0.tmp"), OLD);
    Samples.model().write(folder.resolve("m.legible"));
    assertEquals(List.of(".m.legible.0.tmp", "m.legible"), names());
    assertArrayEquals(OLD, Files.readAllBytes(folder.resolve(".m.legible.0.tmp")));
  }

  @Test
  void whatCanBeWrittenIsSaidWithoutAChange() throws IOException {
    Path path = folder.resolve("m.legible");
    Storage.requireWritable(path);
    assertEquals(List.of(), names());
    Files.write(path, OLD);
    Storage.requireWritable(path);
    assertArrayEquals(OLD, Files.readAllBytes(path));
    assertEquals(List.of("m.legible"), names());
  }

  @Test
  void aMissingFolderIsNamed() throws IOException {
    Path path = folder.resolve("missing").resolve("m.legible");
    assertFails("there is no folder", () -> Samples.model().write(path));
    assertFails("there is no folder", () -> Storage.requireWritable(path));
    assertEquals(List.of(), names());
  }

  @Test
  void aFolderIsNoFile() throws IOException {
    Path path = Files.createDirectory(folder.resolve("m.legible"));
    assertFails("it is a folder", () -> Samples.model().write(path));
    assertFails("it is a folder", () -> Storage.requireWritable(path));
    assertFails("it is a folder", () -> ModelFile.read(path));
    assertEquals(List.of("m.legible"), names());
  }

  @Test
  void aFolderWithoutPermissionIsNamed() throws IOException {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may write everywhere");
    assumeTrue(folder.toFile().setWritable(false), "a system with permissions");
    try {
      Path path = folder.resolve("m.legible");
      assertFails("permission denied", () -> Samples.model().write(path));
      assertFails("permission denied", () -> Storage.requireWritable(path));
    } finally {
      assertTrue(folder.toFile().setWritable(true));
    }
    assertEquals(List.of(), names());
  }

  @Test
  void aMissingFileIsNamed() {
    assertFails(
        "m.legible: there is no such file", () -> ModelFile.read(folder.resolve("m.legible")));
  }

  @Test
  void hugeForeignFilesAreRefusedBeforeTheyAreRead() throws IOException {
    Path path = folder.resolve("huge.legible");
    long length = 3L << 40; // sparse: no byte of it is on the disk
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(length);
    } catch (IOException e) {
      assumeTrue(false, "a file system with sparse files of terabytes");
    }
    assertRefused(path, "no Legible file");
    byte[] header = new Header(FileKind.MODEL, length, 100).toBytes();
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(header);
    }
    assertRefused(path, "2147483639 bytes expected, got " + length);
  }

  @Test
  void shortFilesAreRefused() throws IOException {
    Path path = folder.resolve("short.legible");
    Files.write(path, new byte[0]);
    assertRefused(path, "the file is empty");
    byte[] model = Samples.model().encode();
    Files.write(path, Arrays.copyOf(model, 40));
    assertRefused(path, "the end is missing");
    ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN).putInt(100, 0);
    Files.write(path, model);
    assertRefused(path, "damaged");
  }

  private static void assertRefused(Path path, String words) {
    ModelFormatException e = assertThrows(ModelFormatException.class, () -> ModelFile.read(path));
    assertTrue(e.reason().contains(words), e.getMessage());
    assertEquals(path.toString(), e.source());
  }
}

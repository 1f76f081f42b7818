package legible.digits.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import legible.digits.Repository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where nothing more can be written, a command says so in one line and fails with code 1; the old file
/// is as it was, and no half a file lies beside it.
class DiskFailureTest {
  private static final Path MODEL = Repository.ROOT.resolve("models/cnn.legible");
  private static final Path PICTURE = Repository.ROOT.resolve("docs/nine.png");

  @TempDir private Path folder;
  private Path old;

  @BeforeEach
  void oldFile() throws IOException {
    old = folder.resolve("old");
    Files.write(old, new byte[] {1, 2, 3});
  }

  /// No file may grow beyond this many blocks of 512 bytes: every process may set that itself.
  private static String limited(int blocks) {
    return "ulimit -f %d && exec \"$@\"".formatted(blocks);
  }

  /// A disk of its own of 64 KB, seen by this process only, which the script prepares with the files in
  /// `$OLD` and describes afterwards.
  private static String ownDisk(String preparation) {
    return """
    exec unshare -rm sh -c '
    mount -t tmpfs -o size=64k none "$DISK" && cp "$OLD" "$DISK/old" && %s || exit 99
    "$@"
    code=$?
    cmp -s "$OLD" "$DISK/old" && echo same
    ls -A "$DISK"
    exit $code' sh "$@"
    """
        .formatted(preparation);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private static void assertFull(Cli cli, Path file) {
    String line = cli.refusal(1);
    assertEquals("legible: cannot save " + file + ": File too large; nothing was changed", line);
  }

  @Test
  void receiptsAreWrittenWholeOrNotAtAll() throws Exception {
    Cli cli = Cli.runWithin(limited(8), "predict", PICTURE, "--receipt", old);
    assertFull(cli, old);
    assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(old));
    assertEquals(List.of("old"), names());
  }

  @Test
  void trainingsSayThatTheyCannotSave() throws Exception {
    Path report = folder.resolve("report");
    Cli cli =
        Cli.runWithin(
            limited(8),
            List.of("train", "logistic", "--limit", 200, "--epochs", 1, "--out", old).toArray());
    assertEquals(1, cli.exitCode(), cli.err());
    assertTrue(cli.err().contains(": File too large; nothing was changed"), cli.err());
    assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(old));
    assertEquals(List.of("old"), names());
    assertFalse(Files.exists(report));
  }

  @Test
  void signedModelsReplaceTheOldOneOnlyAsAWhole() throws Exception {
    Files.copy(MODEL, old, StandardCopyOption.REPLACE_EXISTING);
    Path key = folder.resolve("bank.key");
    assertEquals(0, Cli.run("keygen", "--out", key).exitCode());
    Cli cli = Cli.runWithin(limited(100), "sign", old, "--key", key);
    assertFull(cli, old);
    assertArrayEquals(Files.readAllBytes(MODEL), Files.readAllBytes(old));
    assertEquals(List.of("bank.key", "bank.key.pub", "old"), names());
  }

  @Test
  void halfAKeyIsNone() throws Exception {
    Path key = folder.resolve("bank.key");
    assertFull(Cli.runWithin(limited(0), "keygen", "--out", key), key);
    assertEquals(List.of("old"), names());
  }

  @Test
  void aFullDiskIsNamed() throws Exception {
    onOwnDisk(
        "head -c 60000 /dev/zero > \"$DISK/ballast\"",
        "No space left on device; nothing was changed",
        List.of("same", "ballast", "old"));
  }

  @Test
  void aReadOnlyDiskIsNamed() throws Exception {
    onOwnDisk(
        "mount -o remount,ro \"$DISK\"",
        "Read-only file system; nothing was changed",
        List.of("same", "old"));
  }

  private void onOwnDisk(String preparation, String words, List<String> expected) throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    String variables = "export OLD='%s' DISK='%s'%n".formatted(old, disk);
    String script = variables + ownDisk(preparation);
    Cli cli = Cli.runWithin(script, "predict", PICTURE, "--receipt", disk.resolve("old"));
    assumeTrue(
        cli.exitCode() != 99 && !cli.err().contains("unshare"),
        "a system where tests may mount a disk of their own: " + cli.err());
    assertEquals(1, cli.exitCode(), cli.err());
    assertEquals("legible: cannot save " + disk.resolve("old") + ": " + words, cli.err().strip());
    assertEquals(expected, cli.out().lines().toList());
  }
}

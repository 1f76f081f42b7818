package legible.digits.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;

/// A program of its own for a JVM with little memory: every hostile file of every reader, or of those
/// that are named. Prints a line for each reader: its name, files, files read, and the slowest in
/// microseconds. The first file that is not survived ends it and is left in the working folder.
final class HostileRun {
  private static final long SECOND_NANOS = 1_000_000_000;

  /// A JVM may be slow once; a file that is too slow is so each time.
  private static final int TRIES = 3;

  private final HostileReader reader;
  private int files;
  private int accepted;
  private long slowestNanos;

  private HostileRun(HostileReader reader) {
    this.reader = reader;
  }

  public static void main(String[] names) throws IOException {
    HostileReader[] readers = HostileReader.values();
    if (names.length > 0) {
      readers = new HostileReader[names.length];
      for (int i = 0; i < names.length; i++) {
        readers[i] = HostileReader.valueOf(names[i]);
      }
    }
    for (HostileReader reader : readers) {
      HostileRun run = new HostileRun(reader);
      HostileFiles.each(reader, run::take);
      System.out.printf("%s %d %d %d%n", reader, run.files, run.accepted, run.slowestNanos / 1000);
    }
  }

  private void take(byte[] file) throws IOException {
    files++;
    boolean read = false;
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < TRIES && fastest > SECOND_NANOS; i++) {
      long start = System.nanoTime();
      long startWork = i == 0 ? 0 : workNanos(); // rarely: asking takes longer than most files
      try {
        read = reader.survives(file);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("file " + kept(file) + " of " + reader + ": " + e, e);
      }
      long nanos = System.nanoTime() - start;
      if (i > 0 && nanos > SECOND_NANOS) {
        nanos = Math.min(nanos, workNanos() - startWork);
      }
      fastest = Math.min(fastest, nanos);
    }
    if (fastest > SECOND_NANOS) {
      throw new AssertionError("file " + kept(file) + " of " + reader + " takes over a second");
    }
    accepted += read ? 1 : 0;
    slowestNanos = Math.max(slowestNanos, fastest);
  }

  /// What all threads of this JVM have worked: on a busy machine the clock tells of the others. It is the
  /// clock where the system does not say.
  private static long workNanos() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(Duration::toNanos)
        .orElseGet(System::nanoTime);
  }

  private Path kept(byte[] file) throws IOException {
    String name = "hostile-%s-%s".formatted(reader, HexFormat.of().toHexDigits(files));
    return Files.write(Path.of("target").resolve(name), file);
  }
}

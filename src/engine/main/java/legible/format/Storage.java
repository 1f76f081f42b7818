package legible.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Whole files, read with their size known before and replaced all at once.
public final class Storage {
  /// Temporary names to try: more than that lie about only if something else is wrong.
  private static final int ATTEMPTS = 1000;

  private Storage() {}

  /// Writes the contents of a file.
  @FunctionalInterface
  interface Contents {
    void writeTo(FileChannel channel) throws IOException;
  }

  /// Reads a file whose header promises what the caller expects.
  ///
  /// @throws ModelFormatException if the header does not; nothing of the file's size was allocated
  /// @throws IOException if the file cannot be read; the message names it
  static byte[] read(Path path, FileKind kind) throws IOException {
    return read(path, (start, size) -> Header.read(path.toString(), start, size, kind));
  }

  /// Looks at the first bytes of a file before it is read.
  @FunctionalInterface
  interface Check {
    /// Refuses what is not expected.
    ///
    /// @param start the first bytes, as many as there are up to those of a [Header]
    /// @param size of the whole file
    /// @throws ModelFormatException if the file is not what the caller expects
    void of(byte[] start, long size) throws ModelFormatException;
  }

  /// The same with any check.
  static byte[] read(Path path, Check check) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException("cannot read %s: it is a folder".formatted(path));
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IOException("cannot read %s: it is no regular file".formatted(path));
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      byte[] start = read(channel, (int) Math.min(size, Header.BYTES));
      check.of(start, size);
      channel.position(0);
      return read(channel, (int) size);
    } catch (ModelFormatException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("cannot read %s: %s".formatted(path, reason(e)), e);
    }
  }

  private static byte[] read(FileChannel channel, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new IOException("it became shorter while it was read");
      }
    }
    return bytes.array();
  }

  /// Replaces a file: the bytes go into a temporary file in the same folder, to the disk, and then
  /// the name changes from the old file to the new one in one step. Whoever reads meanwhile sees
  /// one or the other, and so does whoever comes after a power cut. A symbolic link is replaced
  /// itself.
  ///
  /// @throws IOException if that failed; the temporary file is gone and the old file as it was
  public static void write(Path path, byte[] bytes) throws IOException {
    write(
        path,
        channel -> {
          ByteBuffer rest = ByteBuffer.wrap(bytes);
          while (rest.hasRemaining()) {
            channel.write(rest);
          }
        });
  }

  static void write(Path path, Contents contents) throws IOException {
    Path target = target(path);
    try {
      Path temporary = reserve(target);
      try {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
          contents.writeTo(channel);
          channel.force(true);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException | RuntimeException | Error e) {
        Files.deleteIfExists(temporary);
        throw e;
      }
    } catch (IOException e) {
      throw notSaved(path, e);
    }
    forceFolder(target.getParent());
  }

  /// Says at once what [#write] would say of this path after long work: that it is a folder, that its
  /// folder is missing, or that nobody may write there. Nothing is changed.
  ///
  /// @throws IOException with the words of [#write]
  public static void requireWritable(Path path) throws IOException {
    Path target = target(path);
    try {
      Files.delete(reserve(target));
    } catch (IOException e) {
      throw notSaved(path, e);
    }
  }

  private static IOException notSaved(Path path, IOException e) {
    return new IOException("cannot save %s: %s; nothing was changed".formatted(path, reason(e)), e);
  }

  private static Path target(Path path) throws IOException {
    Path target = path.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new IOException("cannot save %s: it is a folder".formatted(path));
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException("cannot save %s: there is no folder %s".formatted(path, folder));
    }
    return target;
  }

  /// Creates an empty file beside the target under a name that nobody has: not another writer, and
  /// not a writer that lost its power.
  private static Path reserve(Path target) throws IOException {
    FileAlreadyExistsException taken = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return Files.createFile(
            target.resolveSibling(".%s.%d.tmp".formatted(target.getFileName(), attempt)));
      } catch (FileAlreadyExistsException e) {
        taken = e;
      }
    }
    throw new IOException("too many temporary files lie beside it", taken);
  }

  /// Asks for the new name to be on the disk too. Not every system lets a folder be opened; the
  /// file is whole in any case.
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException unsupported) {
      // nothing is lost but the promise about a power cut
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "there is no such file";
      case AccessDeniedException denied -> "permission denied";
      case AtomicMoveNotSupportedException unsupported ->
          "this file system cannot replace a file in one step";
      case FileSystemException named when named.getReason() != null -> named.getReason();
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }
}

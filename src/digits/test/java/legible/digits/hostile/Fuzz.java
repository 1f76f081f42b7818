package legible.digits.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The entry for Jazzer, one reader at a time; `docs/hostile-input.md` says how to start it. Nothing here
/// needs Jazzer, so these tests compile without it.
public final class Fuzz {
  private static HostileReader reader;

  private Fuzz() {}

  /// Chooses the reader and lays down what to begin with, sound files and what was found before, in
  /// the folder `begin`; the folder `found` beside it is for what takes new ways.
  ///
  /// @param arguments name of the reader, folder of both folders
  public static void fuzzerInitialize(String[] arguments) throws IOException {
    reader = HostileReader.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    Path folder = Path.of(arguments[1]);
    Files.createDirectories(folder.resolve("found"));
    Path begin = Files.createDirectories(folder.resolve("begin"));
    List<byte[]> files = new ArrayList<>(reader.seeds());
    files.addAll(HostileFiles.corpus(reader));
    for (int i = 0; i < files.size(); i++) {
      Files.write(begin.resolve(Integer.toString(i)), files.get(i));
    }
  }

  /// Jazzer keeps the input if it takes a new way, and stops if anything is thrown.
  public static void fuzzerTestOneInput(byte[] input) {
    reader.survives(input);
  }
}

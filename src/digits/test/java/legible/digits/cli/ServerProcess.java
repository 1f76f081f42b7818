package legible.digits.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import legible.digits.Repository;
import legible.digits.decision.Calibration;
import legible.format.ModelFile;

/// `legible serve` as a real process.
///
/// @param process that serves
/// @param port where it listens on this machine
record ServerProcess(Process process, int port) implements AutoCloseable {
  /// Starts it on a free port and waits until it listens.
  static ServerProcess start(Object... arguments) throws IOException {
    List<Object> all = new ArrayList<>(List.of("serve", "--port", 0, "--json"));
    all.addAll(List.of(arguments));
    Process process = Cli.start(all.toArray());
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null) {
      throw new IOException(
          new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }
    return new ServerProcess(process, URI.create((String) Cli.json(line).get("url")).getPort());
  }

  /// Writes the shipped model with a threshold that every clear digit passes, for 1 % wrong answers, and
  /// one that hardly any does, for 0.1 %.
  static Path strictModel(Path folder) throws IOException {
    Path cnn = Repository.ROOT.resolve("models").resolve("cnn.legible");
    ModelFile model = ModelFile.read(cnn);
    SortedMap<String, String> metadata = new TreeMap<>(model.metadata());
    new Calibration(1, new TreeMap<>(Map.of(0.01, 0.5f, 0.001, 0.999f))).write(metadata);
    Path file = folder.resolve("strict.legible");
    new ModelFile(model.architecture(), model.weights(), metadata).write(file);
    return file;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

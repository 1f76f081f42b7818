package legible.digits.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import legible.digits.Repository;

/// The command line as a real process, on the module path of the tests.
///
/// @param exitCode of the process
/// @param out its standard output
/// @param err its standard error
record Cli(int exitCode, String out, String err) {
  /// What every JVM with an incubating module says; the launcher hides it.
  private static final String INCUBATOR = "WARNING: Using incubator modules: jdk.incubator.vector";

  /// Runs `legible` with these arguments to its end.
  static Cli run(Object... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    CompletableFuture<String> err =
        CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
    String out = text(process.getInputStream());
    return new Cli(process.waitFor(), out, err.join());
  }

  /// Starts `legible` with these arguments.
  static Process start(Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dlegible.home=" + Repository.ROOT);
    command.addAll(List.of("-p", System.getProperty("jdk.module.path")));
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of("-m", "legible.digits/legible.digits.cli.Main"));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command).start();
  }

  private static String text(InputStream stream) {
    try {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .replace(INCUBATOR + System.lineSeparator(), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Checks that it failed with this code and one line, and gives the line.
  String refusal(int code) {
    assertEquals(code, exitCode, err);
    assertEquals("", out);
    List<String> lines = err.lines().toList();
    assertEquals(code == 2 ? 2 : 1, lines.size(), err);
    return lines.get(0);
  }

  /// The fields of the one JSON object on standard output; arrays as lists.
  Map<String, Object> json() throws IOException {
    assertEquals(0, exitCode, err);
    assertEquals(1, out.lines().count(), out);
    return json(out);
  }

  static Map<String, Object> json(String line) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(line)) {
      assertEquals(JsonToken.START_OBJECT, parser.nextToken());
      Map<String, Object> object = object(parser);
      assertEquals(null, parser.nextToken());
      return object;
    }
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return fields;
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield items;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      default -> parser.getDoubleValue();
    };
  }
}

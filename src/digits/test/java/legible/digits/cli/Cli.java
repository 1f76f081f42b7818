package legible.digits.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import legible.digits.Repository;
import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;

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
    return ended(start(arguments));
  }

  /// The same in a JVM with options of its own.
  static Cli runWith(List<String> options, Object... arguments)
      throws IOException, InterruptedException {
    return ended(start(options, arguments));
  }

  private static Cli ended(Process process) throws InterruptedException {
    CompletableFuture<String> err =
        CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
    String out = text(process.getInputStream());
    return new Cli(process.waitFor(), out, err.join());
  }

  /// Starts `legible` with these arguments.
  static Process start(Object... arguments) throws IOException {
    return start(List.of(), arguments);
  }

  /// The same below a shell script, which starts it as `"$@"`.
  static Cli runWithin(String script, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
    command.addAll(command(List.of("-XX:-UsePerfData"), arguments));
    return ended(new ProcessBuilder(command).start());
  }

  private static Process start(List<String> options, Object[] arguments) throws IOException {
    return new ProcessBuilder(command(options, arguments)).start();
  }

  private static List<String> command(List<String> options, Object[] arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dlegible.home=" + Repository.ROOT);
    command.addAll(options);
    command.addAll(List.of("-p", System.getProperty("jdk.module.path")));
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of("-m", "legible.digits/legible.digits.cli.Main"));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return command;
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

  /// A test picture of MNIST as a PNG in a folder, each of its pixels this many pixels wide.
  static Path picture(Path folder, int index, int scale) throws IOException {
    LabelledImages images = Mnist.test(Repository.MNIST).images();
    int size = 28 * scale;
    BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int value = images.pixels()[images.offset(index) + y / scale * 28 + x / scale] & 0xff;
        picture.getRaster().setSample(x, y, 0, value);
      }
    }
    Path file = folder.resolve("digit" + index + ".png");
    Files.createDirectories(folder);
    ImageIO.write(picture, "png", file.toFile());
    return file;
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
      case VALUE_NULL -> null;
      default -> parser.getDoubleValue();
    };
  }
}

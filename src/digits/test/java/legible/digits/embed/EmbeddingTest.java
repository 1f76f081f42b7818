package legible.digits.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import legible.digits.Repository;
import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;
import legible.kernel.Kernels;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The program of `docs/embedding.md`, compiled as it stands there, reads digits in restricted JVMs.
class EmbeddingTest {
  private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final int PICTURES = 20;
  private static final int SIZE = 784;

  /// Reads the pictures of a file with the program of the page; says how many threads that started.
  private static final String CALLER =
      """
      import java.nio.file.*;
      import java.util.*;

      public final class Caller {
        public static void main(String[] arguments) throws Exception {
          byte[] model = Files.readAllBytes(Path.of(arguments[0]));
          byte[] pictures = Files.readAllBytes(Path.of(arguments[1]));
          int before = Thread.getAllStackTraces().size();
          DigitReader reader = new DigitReader(model, legible.kernel.KernelSet.valueOf(arguments[2]));
          for (int at = 0; at < pictures.length; at += 784) {
            System.out.print(reader.read(Arrays.copyOfRange(pictures, at, at + 784)));
          }
          System.out.println(" " + (Thread.getAllStackTraces().size() - before));
        }
      }
      """;

  @TempDir private static Path folder;
  private static Path engine;
  private static String expected;

  @BeforeAll
  static void compile() throws IOException, URISyntaxException {
    engine = Path.of(Kernels.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Matcher code = CODE.matcher(Files.readString(Repository.ROOT.resolve("docs/embedding.md")));
    assertTrue(code.find(), "docs/embedding.md has no program");
    Files.writeString(folder.resolve("DigitReader.java"), code.group(1));
    Files.writeString(folder.resolve("Caller.java"), CALLER);
    tool(
        "javac",
        "-cp",
        engine.toString(),
        "-d",
        folder.resolve("classes").toString(),
        folder.resolve("DigitReader.java").toString(),
        folder.resolve("Caller.java").toString());
    LabelledImages test = Mnist.test(Repository.MNIST).images();
    byte[] pictures = new byte[PICTURES * SIZE];
    System.arraycopy(test.pixels(), test.offset(0), pictures, 0, pictures.length);
    Files.write(folder.resolve("pictures"), pictures);
    expected =
        IntStream.range(0, PICTURES)
            .mapToObj(i -> Integer.toString(test.label(i)))
            .collect(Collectors.joining());
  }

  @ParameterizedTest
  @CsvSource({
    "class path, SCALAR",
    "class path, VECTOR",
    "module path, SCALAR",
    "module path, VECTOR"
  })
  void readsDigits(String way, String kernels) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    boolean onClassPath = way.equals("class path");
    if (!onClassPath) {
      command.addAll(List.of("-p", engine.toString(), "--add-modules", "legible.engine"));
    }
    run(command, onClassPath ? engine.toString() : "", kernels);
  }

  @ParameterizedTest
  @CsvSource({"SCALAR", "VECTOR"})
  void readsDigitsInAnImageOfItsOwn(String kernels) throws Exception {
    Path image = folder.resolve("image-" + kernels);
    link(image);
    List<String> command = new ArrayList<>(List.of(image.resolve("bin/java").toString()));
    command.addAll(List.of("--add-modules", "legible.engine"));
    run(command, "", kernels);
  }

  @Test
  void theEngineIsAsSmallAsThePageSays() throws IOException {
    long size = 0;
    try (var files = Files.walk(engine)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        size += Files.size(file);
      }
    }
    boolean packed = Files.isRegularFile(engine);
    assertTrue(size < (packed ? 1_200_000 : 2_000_000), engine + " has " + size + " bytes");
  }

  /// Small heap, nothing native, nothing unsafe; the digits are right and no thread was started.
  private static void run(List<String> command, String library, String kernels) throws Exception {
    command.addAll(List.of("-Xmx64m", "--illegal-native-access=deny"));
    command.add("--sun-misc-unsafe-memory-access=deny");
    if (kernels.equals("VECTOR")) {
      command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    }
    String classes = folder.resolve("classes").toString();
    String separator = System.getProperty("path.separator");
    command.addAll(List.of("-cp", library.isEmpty() ? classes : classes + separator + library));
    command.addAll(
        List.of(
            "Caller",
            Repository.ROOT.resolve("models/cnn.legible").toString(),
            folder.resolve("pictures").toString(),
            kernels));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), "exit code of " + command);
    assertEquals(expected + " 0", output.strip());
  }

  /// A process of its own, since a JVM whose modules are patched, as those of tests are, links nothing.
  private static void link(Path image) throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
            "--module-path",
            engine.toString(),
            "--add-modules",
            "legible.engine,jdk.incubator.vector",
            "--output",
            image.toString());
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertEquals(0, process.waitFor(), "exit code of " + command);
  }

  private static void tool(String name, String... arguments) {
    StringWriter words = new StringWriter();
    PrintWriter out = new PrintWriter(words);
    int code = ToolProvider.findFirst(name).orElseThrow().run(out, out, arguments);
    assertEquals(0, code, () -> name + ": " + words);
  }
}

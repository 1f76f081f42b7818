package legible.digits.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import legible.digits.Repository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the script `legible` asks of the JVM, told by a JDK whose `java` only repeats its arguments.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a shell script")
class LauncherTest {
  private static final String G1 = "-XX:+UseG1GC";
  private static final String SERIAL = "-XX:+UseSerialGC";
  private static final String VECTORS = "jdk.incubator.vector";

  @TempDir Path folder;
  private Path launcher;
  private Path jdk;

  @BeforeEach
  void copyTheLauncherBesideABuildThatIsFresh() throws IOException {
    launcher = folder.resolve("legible");
    Files.copy(Repository.ROOT.resolve("legible"), launcher);
    Path home = folder.resolve("target").resolve("launcher");
    Files.createDirectories(home.resolve("mods"));
    Files.createFile(home.resolve("stamp"));
    jdk = folder.resolve("jdk");
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
    for (String tool : List.of("java", "javac")) {
      Path file = jdk.resolve("bin").resolve(tool);
      Files.writeString(file, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /// With the serial collector a damaged JPEG can stop the process for ever (docs/hostile-input.md).
  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "read a.jpg",
        "explain m.legible a.jpg",
        "finetune m.legible --data photos",
        "evaluate m.legible --photos photos",
        "evaluate --photos=photos m.legible",
        "predict --kernels=vector a.jpg",
        "predict a b c d e f g h i j k l m n o p q r s t u v w"
      })
  void whatDecodesManyPicturesHasACollectorThatPins(String line) throws Exception {
    List<String> options = optionsFor(line);
    assertTrue(options.contains(G1) && options.contains(VECTORS), options::toString);
    assertEquals(0, options.stream().filter(SERIAL::equals).count(), options::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"train cnn", "evaluate m.legible", "audit", "info", "predict a.jpg"})
  void whatDecodesFewHasTheOneThatNeedsTheLeastMemory(String line) throws Exception {
    List<String> options = optionsFor(line);
    assertTrue(options.contains(SERIAL), options::toString);
    assertEquals(0, options.stream().filter(G1::equals).count(), options::toString);
  }

  @Test
  void oneAnswerGoesWithoutTheVectorModuleAndWithTheFirstCompilerOnly() throws Exception {
    List<String> options = optionsFor("predict a.jpg");
    assertTrue(options.contains("-XX:TieredStopAtLevel=1"), options::toString);
    assertEquals(0, options.stream().filter(VECTORS::equals).count(), options::toString);
  }

  /// What `java` gets when a user types this.
  private List<String> optionsFor(String line) throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(line.split(" ")));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(List.of("LEGIBLE_JAVA_OPTS", "JAVA_TOOL_OPTIONS"));
    builder.environment().put("LEGIBLE_JAVA_HOME", jdk.toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output.lines().toList();
  }
}

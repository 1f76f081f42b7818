package legible;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import legible.kernel.KernelSet;
import legible.kernel.Kernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The product's promise: 220 training steps give the same bits on 1, 2 and 3 threads, with vectors of
/// 128, 256 and 512 bits, and with the scalar twin. Each line is a JVM of its own.
class SameBitsTest {
  /// Of the weights, averages and losses of [SameBitsRun]. It changes only when the arithmetic is
  /// changed on purpose, and then for all lines alike.
  private static final String SHA256 =
      "05937d51f587e575fdbb7724f8e941eedbfb07e6f8c5103dcd1fa7048043b18c";

  @ParameterizedTest(name = "{0} bits, {1}, {2} threads")
  @CsvSource({
    "0, SCALAR, 1",
    "0, SCALAR, 2",
    "128, VECTOR, 1",
    "128, VECTOR, 3",
    "256, VECTOR, 1",
    "256, VECTOR, 2",
    "512, VECTOR, 1",
    "512, VECTOR, 2"
  })
  void sameBits(int bits, KernelSet set, int threads) throws Exception {
    List<String> options = new ArrayList<>();
    if (set == KernelSet.VECTOR) {
      options.addAll(
          List.of("--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=" + bits / 8));
    }
    String[] answer = run(options, set, threads).split(" ");
    assumeTrue(
        Integer.parseInt(answer[0]) == bits,
        "this CPU has no vectors of " + bits + " bits, only " + answer[0]);
    assertEquals(SHA256, answer[1]);
  }

  private static String run(List<String> options, KernelSet set, int threads)
      throws IOException, InterruptedException, URISyntaxException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(
        folder(Kernels.class) + System.getProperty("path.separator") + folder(SameBitsRun.class));
    command.add("legible.SameBitsRun");
    command.add(set.name());
    command.add(Integer.toString(threads));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), "exit code of " + command);
    return output.strip();
  }

  private static Path folder(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}

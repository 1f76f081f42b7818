package legible.digits.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import legible.digits.Repository;
import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `predict`, `evaluate` and `info` with the models that are shipped.
class AnswerCommandsTest {
  private static final Path CNN = Repository.ROOT.resolve("models").resolve("cnn.legible");
  private static final Path LOGISTIC =
      Repository.ROOT.resolve("models").resolve("logistic.legible");

  @TempDir Path folder;

  /// A test picture as a PNG.
  private Path picture(int index) throws IOException {
    return Cli.picture(folder, index, 1);
  }

  @Test
  void predictAnswersOneDocumentPerPicture() throws IOException, InterruptedException {
    LabelledImages images = Mnist.test(Repository.MNIST).images();
    Path missing = folder.resolve("none.png");
    Cli cli = Cli.run("predict", "--json", picture(0), missing, picture(1));
    assertEquals(1, cli.exitCode());
    assertEquals("legible: " + missing + ": no such file", cli.err().strip());
    List<String> lines = cli.out().lines().toList();
    assertEquals(2, lines.size());
    for (int i = 0; i < 2; i++) {
      Map<String, Object> json = Cli.json(lines.get(i));
      assertEquals(folder.resolve("digit" + i + ".png").toString(), json.get("file"));
      assertEquals((double) images.label(i), json.get("digit"));
      List<?> probabilities = (List<?>) json.get("probabilities");
      assertEquals(10, probabilities.size());
      assertEquals(json.get("probability"), probabilities.get(images.label(i)));
      double sum = probabilities.stream().mapToDouble(p -> (double) p).sum();
      assertEquals(1, sum, 1e-5);
    }
  }

  /// The first picture is read while the model is: its failure stays its own.
  @Test
  void predictGoesOnAfterAMissingFirstPicture() throws IOException, InterruptedException {
    Path missing = folder.resolve("none.png");
    Path picture = picture(0);
    Cli cli = Cli.run("predict", missing, picture);
    assertEquals(1, cli.exitCode());
    assertEquals("legible: " + missing + ": no such file", cli.err().strip());
    assertTrue(cli.out().strip().matches("\\Q" + picture + "\\E: 7 \\(\\d+\\.\\d %\\)"), cli.out());
  }

  @Test
  void bothKernelSetsGiveTheSameAnswer() throws IOException, InterruptedException {
    Path picture = picture(2);
    assertEquals(
        Cli.run("predict", "--json", "--kernels", "scalar", picture).out(),
        Cli.run("predict", "--json", "--kernels", "vector", picture).out());
  }

  @Test
  void evaluateCountsTheTestPictures() throws IOException, InterruptedException {
    Map<String, Object> json = Cli.run("evaluate", LOGISTIC, "--json").json();
    assertEquals("logistic", json.get("model"));
    assertEquals(10_000.0, json.get("images"));
    assertTrue((double) json.get("accuracy") >= 0.92);
    List<?> confusion = (List<?>) json.get("confusion");
    double right = 0;
    double all = 0;
    for (int i = 0; i < 10; i++) {
      List<?> row = (List<?>) confusion.get(i);
      right += (double) row.get(i);
      all += row.stream().mapToDouble(n -> (double) n).sum();
    }
    assertEquals(json.get("correct"), right);
    assertEquals(10_000.0, all);
  }

  @Test
  void infoTellsWhatIsInside() throws IOException, InterruptedException {
    Map<String, Object> engine = Cli.run("info", "--json").json();
    assertTrue(engine.keySet().containsAll(List.of("engine", "kernels", "vectorBits", "threads")));
    Map<String, Object> model = Cli.run("info", CNN, "--json").json();
    assertEquals(206_922.0, model.get("parameters"));
    assertTrue(((Map<?, ?>) model.get("provenance")).containsKey("plan.seed"));
    assertTrue(Cli.run("info", CNN).out().contains("conv1 (conv2d)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "train",
        "evaluate",
        "calibrate",
        "predict",
        "info",
        "explain",
        "diff",
        "reproduce",
        "replay",
        "keygen",
        "sign",
        "verify"
      })
  void helpHasExamples(String command) throws IOException, InterruptedException {
    Cli cli = command.isEmpty() ? Cli.run("--help") : Cli.run(command, "--help");
    assertEquals(0, cli.exitCode());
    assertTrue(cli.out().contains("Usage: legible") && cli.out().contains("Examples:"), cli.out());
  }

  @Test
  void wrongUsageHasCodeTwo() throws IOException, InterruptedException {
    assertTrue(Cli.run().refusal(2).contains("a command expected"));
    assertTrue(Cli.run("predict").refusal(2).contains("IMAGE"));
    assertTrue(Cli.run("predict", "a.png", "--threads", "0").refusal(2).contains("--threads"));
    assertTrue(Cli.run("guess").refusal(2).contains("guess"));
  }

  @Test
  void damagedModelsAreRefusedAndNotChanged() throws IOException, InterruptedException {
    byte[] whole = Files.readAllBytes(LOGISTIC);
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 4;
    byte[][] damaged = {
      {}, Arrays.copyOf(whole, whole.length / 2), flipped, "PK\3\4".getBytes(StandardCharsets.UTF_8)
    };
    for (byte[] bytes : damaged) {
      Path file = Files.write(folder.resolve("damaged.legible"), bytes);
      assertTrue(Cli.run("evaluate", file).refusal(1).contains(file + ": byte "));
      assertTrue(Cli.run("info", file).refusal(1).contains(file + ": byte "));
      assertArrayEquals(bytes, Files.readAllBytes(file));
    }
    assertTrue(Cli.run("evaluate", folder.resolve("none")).refusal(1).contains("no such file"));
  }

  @Test
  void badPicturesAreRefused() throws IOException, InterruptedException {
    Path empty = Files.write(folder.resolve("empty.png"), new byte[0]);
    assertTrue(Cli.run("predict", empty).refusal(1).contains("empty file"));
    Path text = Files.writeString(folder.resolve("text.png"), "not a picture");
    assertTrue(Cli.run("predict", text).refusal(1).contains("another format"));
    assertTrue(Cli.run("predict", folder).refusal(1).contains("got a folder"));
  }

  @Test
  void aStackTraceOnlyOnDemand() throws IOException, InterruptedException {
    Cli cli = Cli.run("--debug", "evaluate", folder.resolve("none"));
    assertEquals(1, cli.exitCode());
    assertTrue(cli.err().contains("\tat "), cli.err());
  }
}

package legible.digits.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import legible.digits.training.TrainingJob;
import legible.format.Checkpoint;
import legible.format.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
  @TempDir Path folder;

  private Cli train(String name, Object... more) throws IOException, InterruptedException {
    Object[] all = new Object[more.length + 6];
    all[0] = "train";
    all[1] = "--out";
    all[2] = folder.resolve(name + ".legible");
    all[3] = "--report";
    all[4] = folder.resolve(name);
    all[5] = "--json";
    System.arraycopy(more, 0, all, 6, more.length);
    return Cli.run(all);
  }

  @Test
  void trainsSavesAndReports() throws IOException, InterruptedException {
    Map<String, Object> json =
        train("a", "cnn", "--limit", 1000, "--epochs", 2, "--seed", 7).json();
    assertEquals(
        Set.of(
            "model",
            "parameters",
            "epochs",
            "seed",
            "seconds",
            "imagesPerSecond",
            "validationAccuracy",
            "testAccuracy",
            "file",
            "sha256"),
        json.keySet());
    assertEquals("cnn", json.get("model"));
    assertEquals(206_922.0, json.get("parameters"));
    assertEquals(7.0, json.get("seed"));
    assertTrue((double) json.get("testAccuracy") > 0.7, json.toString());
    Path file = folder.resolve("a.legible");
    assertEquals(file.toString(), json.get("file"));
    assertEquals(ModelFile.read(file).sha256(), json.get("sha256"));
    assertFalse(Files.exists(TrainingJob.checkpointFile(file)));
    String page = Files.readString(folder.resolve("a").resolve("report.html"));
    assertTrue(page.contains("<svg") && page.contains("data:image/png;base64,"));
    assertFalse(page.contains("http://") || page.contains("https://") || page.contains("<script"));
    assertEquals(3, Files.readAllLines(folder.resolve("a").resolve("history.csv")).size());
    Map<String, Object> again =
        train(
                "b",
                "--limit",
                1000,
                "--epochs",
                2,
                "--seed",
                7,
                "--threads",
                1,
                "--kernels",
                "scalar")
            .json();
    assertEquals(json.get("sha256"), again.get("sha256"), "threads and kernels must not matter");
  }

  /// Stopped after the first epoch: the checkpoint is whole, and resuming reaches the same bits.
  @Test
  void resumesToTheSameBits() throws IOException, InterruptedException {
    Object unbroken = train("whole", "--limit", 2000, "--epochs", 5).json().get("sha256");
    Path file = folder.resolve("broken.legible");
    Path checkpoint = TrainingJob.checkpointFile(file);
    Process process =
        Cli.start("train", "--limit", 2000, "--epochs", 5, "--out", file, "--report", folder);
    while (process.isAlive() && !Files.exists(checkpoint)) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    process
        .destroy(); // SIGTERM: a JVM ends on it as on Ctrl-C, which a background job may not hear
    process.waitFor();
    assertFalse(Files.exists(file), "the training ended before it could be interrupted");
    assertTrue(Checkpoint.read(checkpoint).state().epochs() >= 1);
    Map<String, Object> json = train("broken", "--resume", checkpoint).json();
    assertEquals(unbroken, json.get("sha256"));
  }

  @Test
  void wrongUsageIsExplained() throws IOException, InterruptedException {
    assertTrue(
        train("x", "resnet")
            .refusal(2)
            .contains("one of [logistic, cnn, resnet50, resnet8, cnn-robust] or reader expected"));
    assertTrue(train("x", "--epochs", 0).refusal(2).contains("--epochs: a number >= 1 expected"));
    assertTrue(train("x", "--epochs", "many").refusal(2).contains("--epochs"));
    assertTrue(train("x", "--kernels", "gpu").refusal(2).contains("scalar or vector expected"));
    assertTrue(
        train("x", "--resume", "c.legible", "--seed", 3)
            .refusal(2)
            .contains("the settings of the checkpoint are used"));
  }

  /// Before the first step, not after the last one.
  @Test
  void placesWhereNothingCanBeSavedAreRefusedAtOnce() throws IOException, InterruptedException {
    Path file = folder.resolve("x.legible");
    assertTrue(train("x", "--resume", file).refusal(1).contains("there is no such file"));
    assertTrue(
        Cli.run("train", "logistic", "--out", folder, "--report", folder)
            .refusal(1)
            .endsWith("it is a folder"));
    Path nowhere = folder.resolve("nowhere");
    assertTrue(
        Cli.run("train", "reader", "--out", nowhere.resolve("x"))
            .refusal(1)
            .endsWith("there is no folder " + nowhere));
    Path report = Files.writeString(folder.resolve("report"), "a file");
    assertEquals(
        "legible: " + report + ": a folder expected, got a file",
        Cli.run("train", "logistic", "--out", file, "--report", report).refusal(1));
    assertFalse(Files.exists(file));
  }

  @Test
  void badDataAndCheckpointsAreRefused() throws IOException, InterruptedException {
    Path data = Files.createDirectories(folder.resolve("data"));
    assertTrue(train("x", "--data", data).refusal(1).contains("no such file"));
    Files.write(data.resolve("train-images-idx3-ubyte"), new byte[] {0, 0, 8});
    Files.write(data.resolve("train-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0, 0, 0, 0});
    assertTrue(train("x", "--data", data).refusal(1).contains("at byte 3: a header of 16 bytes"));
    Path foreign = Files.writeString(folder.resolve("c.legible"), "not a checkpoint");
    assertTrue(train("x", "--resume", foreign).refusal(1).contains(foreign + ": byte 0"));
    assertFalse(Files.exists(folder.resolve("x.legible")));
  }
}

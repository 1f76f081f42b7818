package legible.digits.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import legible.digits.Repository;
import legible.format.ModelFile;
import legible.format.Provenance;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Training in scenes, corruptions, calibration and refusals, as a user meets them.
class RobustCommandsTest {
  private static final Path LOGISTIC =
      Repository.ROOT.resolve("models").resolve("logistic.legible");

  @TempDir Path folder;

  /// Without calibration, as models of earlier versions are.
  private Path plainModel() throws IOException {
    ModelFile model = ModelFile.read(LOGISTIC);
    SortedMap<String, String> metadata = new TreeMap<>(model.metadata());
    metadata.keySet().removeIf(name -> name.startsWith("decision."));
    Path file = folder.resolve("plain.legible");
    new ModelFile(model.model(), metadata).write(file);
    return file;
  }

  /// Trained in scenes, from what the file tells and on one thread: the same weights again.
  @Test
  @Tag("slow")
  void scenesAreReproduced() throws IOException, InterruptedException {
    Path file = folder.resolve("r.legible");
    Map<String, Object> json =
        Cli.run(
                "train",
                "cnn-robust",
                "--limit",
                320,
                "--epochs",
                1,
                "--out",
                file,
                "--report",
                folder,
                "--json")
            .json();
    assertEquals("cnn-robust", json.get("model"));
    ModelFile model = ModelFile.read(file);
    assertEquals("scenes 0.6 strangers 0.1", model.metadata().get("digits.scenes"));
    assertTrue(model.metadata().containsKey(Provenance.TEMPERATURE));
    String page = Files.readString(folder.resolve("report.html"));
    assertTrue(page.contains("How sure, and how right") && page.contains("Reliability"));
    Map<String, Object> again = Cli.run("reproduce", file, "--threads", 1, "--json").json();
    assertEquals(true, again.get("identical"));
  }

  @Test
  void calibratesAndRefuses() throws IOException, InterruptedException {
    Path plain = plainModel();
    Path picture = Cli.picture(folder, 33, 1);
    Object[] strict = {"predict", picture, "--model", plain, "--max-error", 0.001};
    assertTrue(Cli.run(strict).refusal(1).contains("legible calibrate"));
    Path file = folder.resolve("calibrated.legible");
    Map<String, Object> fitted = Cli.run("calibrate", plain, "--out", file, "--json").json();
    assertTrue((double) fitted.get("ece") < 0.02, fitted.toString());
    ModelFile calibrated = ModelFile.read(file);
    assertEquals(calibrated.sha256(), fitted.get("sha256"));
    assertEquals(ModelFile.read(plain).weightsSha256(), calibrated.weightsSha256());
    strict[3] = file;
    Cli refused = Cli.run(strict);
    assertEquals(0, refused.exitCode(), refused.err());
    assertTrue(refused.out().contains(": refused (most likely a "), refused.out());
    Map<String, Object> json =
        Cli.run("predict", picture, "--model", file, "--max-error", 0.001, "--json").json();
    assertEquals(true, json.get("rejected"));
    assertFalse(json.get("digit") instanceof Double, "no digit to take by mistake");
    assertTrue(json.get("reason").toString().contains("needed"));
    Map<String, Object> answered = Cli.run("predict", picture, "--model", file, "--json").json();
    assertEquals(false, answered.get("rejected"));
    assertTrue(answered.get("digit") instanceof Double);
    strict[5] = 2;
    assertTrue(Cli.run(strict).refusal(2).contains("--max-error: a share between 0 and 1"));
    strict[5] = 1e-9;
    assertTrue(Cli.run(strict).refusal(2).contains("--max-error: at least 1.0E-4 expected"));
  }

  @Test
  void corruptionsAndRefusalsAreMeasured() throws IOException, InterruptedException {
    Map<String, Object> json =
        Cli.run("evaluate", LOGISTIC, "--corruptions", "--limit", 20, "--json").json();
    List<?> table = (List<?>) json.get("corruptions");
    assertEquals(15, table.size());
    assertEquals(20.0, json.get("images"));
    double sum = 0;
    for (Object row : table) {
      sum += (double) ((Map<?, ?>) row).get("mean") / 15;
    }
    assertEquals((double) json.get("mean"), sum, 1e-9);
    Path calibrated = folder.resolve("c.legible");
    assertEquals(0, Cli.run("calibrate", LOGISTIC, "--out", calibrated).exitCode());
    Map<String, Object> refusals =
        Cli.run("evaluate", calibrated, "--refusals", "--limit", 500, "--json").json();
    assertEquals(3, ((List<?>) refusals.get("refusals")).size());
    assertTrue((double) refusals.get("ece") < 0.05, refusals.toString());
    assertTrue(
        Cli.run("evaluate", LOGISTIC, "--limit", 0).refusal(2).contains("--limit: a number >= 1"));
    assertTrue(
        Cli.run("evaluate", LOGISTIC, "--corruptions", "--refusals").refusal(2).contains("both"));
  }

  @Test
  void aCalibrationThatIsNoneIsRefused() throws IOException, InterruptedException {
    ModelFile model = ModelFile.read(LOGISTIC);
    SortedMap<String, String> metadata = new TreeMap<>(model.metadata());
    metadata.put(Provenance.TEMPERATURE, "-1");
    Path file = folder.resolve("bad.legible");
    new ModelFile(model.model(), metadata).write(file);
    Path picture = Cli.picture(folder, 0, 1);
    assertTrue(
        Cli.run("predict", picture, "--model", file)
            .refusal(1)
            .contains(file + ": decision.temperature: a number > 0 expected"));
  }
}

package legible.digits.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import legible.digits.Repository;
import legible.digits.finetune.Drawings;
import legible.format.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `finetune` and `reproduce` of readers of lines.
class LineFinetuneTest {
  private static final Path READER = Repository.ROOT.resolve("models").resolve("reader.legible");

  @TempDir private Path folder;

  private Cli finetune(Object... more) throws IOException, InterruptedException {
    List<Object> all = new ArrayList<>(List.of("finetune", READER));
    all.addAll(List.of(more));
    all.addAll(List.of("--out", folder.resolve("new.legible"), "--report", folder.resolve("r")));
    return Cli.run(all.toArray());
  }

  @Test
  void learnsFromLines() throws IOException, InterruptedException {
    Path lines = Drawings.lines(folder.resolve("lines"), 6);
    Map<String, Object> json =
        finetune(
                "--data",
                lines,
                "--kind",
                "line",
                "--lines",
                8,
                "--epochs",
                1,
                "--hold-out",
                0.5,
                "--json")
            .json();
    assertEquals(3.0, json.get("newPictures"));
    assertEquals(3.0, json.get("heldOutPictures"));
    assertEquals(8.0, json.get("plainLines"));
    for (String figure : List.of("accuracy", "readRateAtOnePercentMisread", "accuracyPlainLines")) {
      double before = (double) json.get(figure + "Before");
      double after = (double) json.get(figure + "After");
      assertTrue(before >= 0 && before <= 1 && after >= 0 && after <= 1, json.toString());
    }
    Path file = folder.resolve("new.legible");
    assertEquals(ModelFile.read(file).sha256(), json.get("sha256"));
    assertEquals(ModelFile.read(READER).sha256(), json.get("parentSha256"));
    String page = Files.readString(folder.resolve("r").resolve("report.html"));
    assertTrue(page.contains("Held-out numbers read wrongly"));
    assertTrue(page.contains("Reading and misreading") && page.contains("misread at most"));
    assertFalse(page.contains("http://") || page.contains("https://") || page.contains("<script"));
    String unknown = Cli.run("reproduce", file).refusal(1);
    assertTrue(unknown.contains("labels.csv") || unknown.contains("--parent"), unknown);
    Cli again = Cli.run("reproduce", file, "--parent", READER, "--data", lines, "--json");
    assertEquals(true, again.json().get("identical"));
    assertEquals(0, Cli.run("read", lines.resolve("0.png"), "--model", file).exitCode());
  }

  @Test
  void whatMakesNoSenseIsRefused() throws IOException, InterruptedException {
    Path lines = Drawings.lines(folder.resolve("lines"), 3);
    String rehearse = finetune("--data", lines, "--rehearse", "mnist").refusal(2);
    assertTrue(rehearse.contains("composed lines are always mixed in"), rehearse);
    String freeze = finetune("--data", lines, "--freeze", "body").refusal(2);
    assertTrue(freeze.contains("--freeze: a model of single pictures expected"), freeze);
    Path cnn = Repository.ROOT.resolve("models").resolve("cnn.legible");
    String kind = Cli.run("finetune", cnn, "--data", lines, "--kind", "line").refusal(2);
    assertTrue(kind.contains("--kind: a reader of lines expected"), kind);
    Path none = Files.createDirectories(folder.resolve("none"));
    String missing = finetune("--data", none).refusal(1);
    assertTrue(missing.contains("labels.csv"), missing);
    for (String name : List.of("0", "1", "2", "3")) {
      Files.writeString(lines.resolve(name + ".png"), "no picture");
    }
    String unreadable = finetune("--data", lines, "--lines", 2, "--epochs", 1).refusal(1);
    assertTrue(unreadable.contains("--skip-unreadable"), unreadable);
    assertFalse(Files.exists(folder.resolve("new.legible")));
  }
}

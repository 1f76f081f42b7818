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
import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;
import legible.format.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinetuneCommandTest {
  private static final Path MODEL = Repository.ROOT.resolve("models").resolve("logistic.legible");
  private static final Path CNN = Repository.ROOT.resolve("models").resolve("cnn.legible");

  @TempDir private Path folder;

  private Cli finetune(Object... more) throws IOException, InterruptedException {
    List<Object> all = new ArrayList<>(List.of("finetune"));
    all.addAll(List.of(more));
    all.addAll(List.of("--out", folder.resolve("new.legible"), "--report", folder.resolve("r")));
    return Cli.run(all.toArray());
  }

  /// Signs instead of digits: learnt, reported, read by `predict` and made again by `reproduce`.
  @Test
  void learnsFromAFolder() throws IOException, InterruptedException {
    Path signs = Drawings.signs(folder.resolve("signs"), 12);
    Map<String, Object> json =
        finetune(CNN, "--data", signs, "--freeze", "body", "--json", "--threads", 2).json();
    assertEquals(Drawings.SIGNS, json.get("classes"));
    assertEquals(30.0, json.get("newPictures"));
    assertEquals(6.0, json.get("heldOutPictures"));
    assertEquals(6.0, json.get("layersComputedOnce"));
    assertTrue((double) json.get("accuracyAfter") > 0.9, json.toString());
    assertEquals(null, json.get("accuracyOldAfter"));
    Path file = folder.resolve("new.legible");
    assertEquals(ModelFile.read(file).sha256(), json.get("sha256"));
    String page = Files.readString(folder.resolve("r").resolve("report.html"));
    assertTrue(page.contains("component 1: ") && page.contains("these layers were frozen"));
    assertFalse(page.contains("http://") || page.contains("https://") || page.contains("<script"));
    Path ring = signs.resolve("ring").resolve("0.png");
    assertEquals("ring", Cli.run("predict", ring, "--model", file, "--json").json().get("class"));
    assertTrue(
        Cli.run("evaluate", file).refusal(1).contains("the digits 0 to 9 expected, got one of"));
    String unknown = Cli.run("reproduce", file).refusal(1);
    assertTrue(unknown.contains((String) json.get("parentSha256")), unknown);
    assertTrue(unknown.contains("--parent"), unknown);
    assertEquals(
        true,
        Cli.run("reproduce", file, "--parent", CNN, "--data", signs, "--threads", 1, "--json")
            .json()
            .get("identical"));
  }

  @Test
  void rehearsesAndSaysSo() throws IOException, InterruptedException {
    LabelledImages images = Mnist.training(Repository.MNIST).images();
    Path fresh = folder.resolve("fresh");
    Path old = folder.resolve("old");
    Drawings.idx(fresh, "train", Drawings.inverted(images.part(0, 300)));
    Drawings.idx(old, "train", images.part(300, 600));
    Drawings.idx(old, "t10k", images.part(900, 200));
    Cli cli = finetune(MODEL, "--data", fresh, "--rehearse", old, "--epochs", 2);
    assertEquals(0, cli.exitCode(), cli.err());
    List<String> lines = cli.out().lines().toList();
    assertTrue(
        lines.get(0).matches("accuracy 0.\\d{4} before, 0.\\d{4} after on 61 held-out .*"),
        cli.out());
    assertTrue(
        lines.get(1).matches("accuracy 0.\\d{4} before, 0.\\d{4} after on 200 old pictures .*"),
        cli.out());
    assertTrue(cli.out().contains("new and 600 old pictures in 2 epochs"), cli.out());
    String page = Files.readString(folder.resolve("r").resolve("report.html"));
    assertTrue(page.contains("Before the fine-tuning") && page.contains("On old pictures after"));
  }

  @Test
  void whatDoesNotFitIsExplained() throws IOException, InterruptedException {
    Path signs = Drawings.signs(folder.resolve("signs"), 2);
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertTrue(finetune(MODEL, "--data", empty).refusal(1).contains("sub-folders"));
    Files.createDirectories(folder.resolve("one"));
    Path sevens = folder.resolve("one").resolve("7");
    Files.move(signs.resolve("bar"), sevens);
    assertTrue(
        finetune(MODEL, "--data", folder.resolve("one"))
            .refusal(1)
            .contains("pictures of two classes or more expected, or --rehearse with the others"));
    Files.move(sevens, folder.resolve("one").resolve("bar"));
    assertTrue(
        finetune(MODEL, "--data", folder.resolve("one"), "--rehearse", signs)
            .refusal(1)
            .contains("a new head for 2 classes or more expected"));
    assertTrue(
        finetune(MODEL, "--data", signs, "--freeze", "conv9")
            .refusal(2)
            .contains("--freeze: 'body' or the beginning of one of [dense.weight, dense.bias]"));
    assertTrue(
        finetune(MODEL, "--data", signs, "--freeze", "dense")
            .refusal(2)
            .contains("at least one layer left to train"));
    assertTrue(
        finetune(MODEL, "--data", signs, "--rehearse", "mnist")
            .refusal(2)
            .contains("--rehearse: classes among [cross, ring] expected"));
    assertTrue(finetune(MODEL, "--data", signs, "--hold-out", 1).refusal(2).contains("--hold-out"));
    assertFalse(Files.exists(folder.resolve("new.legible")));
  }
}

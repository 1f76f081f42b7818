package legible.digits.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `reproduce` and `diff`.
class ReproduceCommandTest {
  /// Of the weights after one epoch of the CNN over 200 pictures with seed 1. It changes only when
  /// the arithmetic or the recipe is changed on purpose.
  private static final String WEIGHTS_SHA256 =
      "b3ea89ecb251aec54f2ff61b9b325e92dec89128260d1049bd30c905e81af09b";

  @TempDir Path folder;

  private Path trained(String name, Object... settings) throws IOException, InterruptedException {
    Path file = folder.resolve(name + ".legible");
    Object[] all = new Object[settings.length + 5];
    System.arraycopy(settings, 0, all, 5, settings.length);
    List<Object> head = List.of("train", "--out", file, "--report", folder.resolve(name));
    for (int i = 0; i < head.size(); i++) {
      all[i] = head.get(i);
    }
    Cli cli = Cli.run(all);
    assertEquals(0, cli.exitCode(), cli.err());
    return file;
  }

  /// The widths below are those asked for, as far as the CPU has them: on one with AVX-512, all.
  @Test
  void everyWidthIsReal() throws IOException, InterruptedException {
    int widest = Kernel.BITS_512.width();
    for (Kernel kernel : Kernel.values()) {
      assertEquals(Math.min(kernel.bits(), widest), kernel.width(), kernel.toString());
    }
  }

  /// Vectors of any width that the CPU has, plain loops, one thread or two: always these bits.
  @Test
  void goldenTraining() throws IOException, InterruptedException {
    Path file = trained("cnn", "cnn", "--limit", 200, "--epochs", 1);
    assertEquals(WEIGHTS_SHA256, ModelFile.read(file).weightsSha256());
    for (Kernel kernel : Kernel.values()) {
      for (int threads : new int[] {1, 2}) {
        Cli cli = kernel.run("reproduce", file, "--threads", threads, "--json");
        String where = kernel + ", threads: " + threads;
        assertEquals(0, cli.exitCode(), where + cli.out() + cli.err());
        Map<String, Object> json = Cli.json(cli.out().lines().toList().getLast());
        assertEquals(true, json.get("identical"), where);
        assertEquals(WEIGHTS_SHA256, json.get("weightsSha256Again"), where);
      }
    }
  }

  @Test
  void theShippedLogisticModelIsReproducible() throws IOException, InterruptedException {
    Path file = Repository.ROOT.resolve("models").resolve("logistic.legible");
    Cli cli = Cli.run("reproduce", file);
    assertEquals(0, cli.exitCode(), cli.out() + cli.err());
    assertTrue(cli.out().contains("identical: the training gave the same weights"), cli.out());
  }

  @Test
  void theFirstDifferenceIsShown() throws IOException, InterruptedException {
    Path file = trained("logistic", "logistic", "--limit", 100, "--epochs", 1);
    ModelFile model = ModelFile.read(file);
    float[] weights = model.weights().get("dense.weight").value().data();
    float before = weights[4321];
    weights[4321] = Math.nextUp(before);
    weights[5000] += 1;
    Path forged = folder.resolve("forged.legible");
    model.write(forged);
    Cli cli = Cli.run("reproduce", forged);
    assertEquals(1, cli.exitCode());
    String expected =
        "different: tensor 'dense.weight', element 4321 [432, 1]: %s (%s) in the file, %s (%s)"
            .formatted(
                weights[4321], Float.toHexString(weights[4321]), before, Float.toHexString(before));
    assertTrue(cli.out().contains(expected), cli.out());
    assertTrue(cli.out().contains("1 of 2 tensors differ"), cli.out());
    assertDiff(file, forged);
  }

  private static void assertDiff(Path file, Path forged) throws IOException, InterruptedException {
    Cli same = Cli.run("diff", file, file);
    assertEquals(0, same.exitCode());
    assertTrue(same.out().startsWith("identical: "), same.out());
    Cli words = Cli.run("diff", file, forged);
    assertEquals(1, words.exitCode());
    assertTrue(words.out().contains("tensors: 1 of 2 differ"), words.out());
    assertTrue(words.out().contains("2 of 7840"), words.out());
    Cli cli = Cli.run("diff", file, forged, "--json");
    assertEquals(1, cli.exitCode());
    Map<String, Object> json = Cli.json(cli.out());
    assertEquals(false, json.get("identical"));
    Map<?, ?> tensor = (Map<?, ?>) ((List<?>) json.get("tensors")).getFirst();
    assertEquals("dense.weight", tensor.get("name"));
    assertEquals(2.0, tensor.get("different"));
    assertTrue(Cli.run("diff", file).refusal(2).contains("B"));
    assertTrue(
        Cli.run("diff", file, file.resolveSibling("no")).refusal(1).contains("no such file"));
  }

  @Test
  void modelsThatDoNotTellAreRefused() throws IOException, InterruptedException {
    ModelFile model = ModelFile.read(Repository.ROOT.resolve("models").resolve("logistic.legible"));
    assertRefused(model, "digits.training-images", null, "'digits.training-images' is missing");
    assertRefused(model, "digits.training-images", "1e9", "a number in 1..55000 expected");
    assertRefused(model, "digits.augmentation", "blur", "provenance of a training expected");
    assertRefused(model, Provenance.PLAN_PREFIX + "seed", null, "the setting 'seed' expected");
    assertRefused(model, Provenance.PLAN_PREFIX + "epochs", "-1", "epochs >= 1 expected");
    String images = Provenance.DATA_PREFIX + "train-images-idx3-ubyte";
    assertRefused(model, images, "00", "the data of the earlier training expected");
    Path file = folder.resolve("whole.legible");
    model.write(file);
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertTrue(Cli.run("reproduce", file, "--data", empty).refusal(1).contains("no such file"));
  }

  private void assertRefused(ModelFile model, String name, String value, String words)
      throws IOException, InterruptedException {
    SortedMap<String, String> metadata = new TreeMap<>(model.metadata());
    metadata.remove(name);
    if (value != null) {
      metadata.put(name, value);
    }
    Path file = folder.resolve("some.legible");
    new ModelFile(model.model(), metadata).write(file);
    String line = Cli.run("reproduce", file).refusal(1);
    assertTrue(line.contains(words), line);
  }
}

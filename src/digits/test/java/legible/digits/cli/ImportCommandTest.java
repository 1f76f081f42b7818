package legible.digits.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import legible.digits.Repository;
import legible.digits.objects.ImageNet;
import legible.format.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Weights that PyTorch wrote, from import to an answer.
class ImportCommandTest {
  private static final Path RESOURCES =
      Repository.ROOT.resolve("src/engine/test/resources/legible/format");
  private static final Path WEIGHTS = RESOURCES.resolve("narrow-resnet.safetensors");
  private static final Path ANSWERS = RESOURCES.resolve("narrow-resnet-logits.safetensors");
  private static final List<String> NAMES =
      List.of("ant", "bee", "cat", "dog", "elk", "fox", "gnu");

  @TempDir private Path folder;

  private static Cli ok(Object... arguments) throws IOException, InterruptedException {
    Cli cli = Cli.run(arguments);
    assertEquals(0, cli.exitCode(), cli.err());
    return cli;
  }

  @Test
  void importedModelsRunAnswerAndAreExported() throws IOException, InterruptedException {
    Path model = folder.resolve("narrow.legible");
    Path names = Files.write(folder.resolve("names.txt"), NAMES);
    ok("import", "resnet", WEIGHTS, "--out", model, "--size", 40, "--classes", names);

    Path logits = folder.resolve("logits.safetensors");
    ok("run", model, "--input", ANSWERS, "--output", logits);
    float[] expected = Safetensors.read(ANSWERS).tensor("logits").data();
    float[] got = Safetensors.read(logits).tensor("logits").data();
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertArrayEquals(expected, got, 1e-4f * largest);

    Path exported = folder.resolve("exported.safetensors");
    ok("export", model, "--format", "safetensors", "--names", "torchvision", "--out", exported);
    assertArrayEquals(
        Safetensors.read(WEIGHTS).tensor("fc.weight").data(),
        Safetensors.read(exported).tensor("fc.weight").data());

    Path picture = folder.resolve("picture.png");
    BufferedImage image = new BufferedImage(60, 50, BufferedImage.TYPE_INT_RGB);
    image.setRGB(30, 25, 0xff8800);
    ImageIO.write(image, "png", picture.toFile());
    Object answer = ok("predict", picture, "--model", model, "--json").json().get("class");
    assertTrue(NAMES.contains(answer), () -> "class " + answer);
    assertTrue(
        Cli.run("predict", picture, "--model", model, "--max-error", 0.1)
            .refusal(2)
            .contains("models of digits"));
  }

  @Test
  void weightsOfAnotherNetworkAreListedAndNothingIsWritten()
      throws IOException, InterruptedException {
    Path model = folder.resolve("fifty.legible");
    String refusal = Cli.run("import", "resnet50", WEIGHTS, "--out", model).refusal(1);
    assertTrue(refusal.contains("missing: layer1.1.conv1.weight"), refusal);
    assertTrue(refusal.contains("of another shape: conv1.weight [4, 3, 7, 7] instead"), refusal);
    assertFalse(Files.exists(model));
    String count =
        Cli.run("import", "resnet", WEIGHTS, "--out", model, "--classes", "imagenet").refusal(1);
    assertTrue(count.contains("names of the model's 7 classes expected, got 1000"), count);
    Cli.run("import", "vgg", WEIGHTS, "--out", model).refusal(2);
  }

  @Test
  void imageNetHasItsClasses() throws IOException {
    assertEquals(1000, ImageNet.classes().count());
    assertEquals("tench", ImageNet.classes().names().getFirst());
    assertEquals("toilet tissue", ImageNet.classes().names().getLast());
  }
}

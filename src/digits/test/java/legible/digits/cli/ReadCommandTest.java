package legible.digits.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import legible.digits.Repository;
import legible.digits.compose.LinePictures;
import legible.digits.decision.Calibration;
import legible.digits.idx.Mnist;
import legible.digits.image.GrayImage;
import legible.format.ModelFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `read`, `train reader` and `evaluate` of readers, with the model that is shipped.
class ReadCommandTest {
  private static final Path READER = Repository.ROOT.resolve("models").resolve("reader.legible");

  @TempDir Path folder;

  /// A page with some lines of test digits below each other, each with its own margin.
  private Path page(List<Integer> indices) throws IOException {
    LinePictures lines = LinePictures.plain(Mnist.test(Repository.MNIST).images());
    GrayImage first = lines.picture(0);
    int height = 3 * first.height() / 2;
    BufferedImage image =
        new BufferedImage(
            first.width() + 20, height * indices.size() + 40, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.getRaster().setSample(x, y, 0, 255);
      }
    }
    for (int i = 0; i < indices.size(); i++) {
      GrayImage line = lines.picture(indices.get(i));
      for (int y = 0; y < line.height(); y++) {
        for (int x = 0; x < line.width(); x++) {
          int level = Math.round(255 * line.at(x, y));
          image.getRaster().setSample(x + 10, y + 20 + i * height, 0, level);
        }
      }
    }
    Path file = folder.resolve("page" + indices.size() + ".png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private static String text(int index) throws IOException {
    return LinePictures.plain(Mnist.test(Repository.MNIST).images()).text(index);
  }

  @Test
  void aPageOfNumbers() throws IOException, InterruptedException {
    Path page = page(List.of(2, 7, 11));
    Path boxes = folder.resolve("boxes.png");
    Cli cli = Cli.run("read", "--json", "--boxes", boxes, page);
    assertEquals(0, cli.exitCode(), cli.err());
    Map<String, Object> json = Cli.json(cli.out().strip());
    assertEquals(text(2) + "\n" + text(7) + "\n" + text(11), json.get("text"));
    assertEquals(false, json.get("rejected"));
    int count = text(2).length() + text(7).length() + text(11).length();
    assertEquals(count, ((List<?>) json.get("digits")).size());
    assertEquals(ImageIO.read(page.toFile()).getWidth(), ImageIO.read(boxes.toFile()).getWidth());
  }

  @Test
  void amountsAndFailures() throws IOException, InterruptedException {
    Path page = page(List.of(2));
    Path blank = folder.resolve("blank.png");
    BufferedImage white = new BufferedImage(60, 40, BufferedImage.TYPE_BYTE_GRAY);
    white.createGraphics().fillRect(0, 0, 60, 40);
    ImageIO.write(white, "png", blank.toFile());
    Cli cli = Cli.run("read", "--amount", "--json", blank, page);
    assertEquals(1, cli.exitCode());
    assertTrue(cli.err().contains("writing that stands out from its ground expected"), cli.err());
    assertEquals(text(2), Cli.json(cli.out().strip()).get("amount"));
    Path cnn = Repository.ROOT.resolve("models").resolve("cnn.legible");
    String wrong = Cli.run("read", "--model", cnn, page).err();
    assertTrue(wrong.contains("a reader of lines expected"), wrong);
    assertEquals(2, Cli.run("read", "--boxes", "out.png", page, blank).exitCode());
  }

  /// The reader with a threshold that nothing reaches, and one that everything does.
  private Path strict() throws IOException {
    ModelFile model = ModelFile.read(READER);
    SortedMap<String, String> metadata = new TreeMap<>(model.metadata());
    new Calibration(1, new TreeMap<>(Map.of(0.01, 0.1f, 0.001, 2f))).write(metadata);
    Path file = folder.resolve("strict.legible");
    new ModelFile(model.architecture(), model.weights(), metadata).write(file);
    return file;
  }

  @Test
  void whatIsNotSureEnoughIsRejected() throws IOException, InterruptedException {
    Path page = page(List.of(2));
    Path model = strict();
    Cli given = Cli.run("read", "--json", "--model", model, "--max-error", 0.01, page);
    assertEquals(false, Cli.json(given.out().strip()).get("rejected"));
    Cli rejected = Cli.run("read", "--json", "--model", model, "--max-error", 0.001, page);
    assertEquals(0, rejected.exitCode(), rejected.err());
    Map<String, Object> json = Cli.json(rejected.out().strip());
    assertEquals(true, json.get("rejected"));
    assertEquals(text(2), json.get("text")); // for whoever looks at the picture
    Cli words = Cli.run("read", "--model", model, "--max-error", 0.001, page);
    assertTrue(words.out().contains("rejected, a person should read it"), words.out());
    assertTrue(
        Cli.run("read", "--model", model, "--max-error", 2, page)
            .refusal(2)
            .contains("--max-error: a share between 0 and 1"));
  }

  /// The fields that programs rely on, and no others.
  @Test
  void fields() throws IOException, InterruptedException {
    Path page = page(List.of(2));
    Map<String, Object> json = Cli.json(Cli.run("read", "--json", page).out().strip());
    assertEquals(Set.of("file", "text", "confidence", "rejected", "digits"), json.keySet());
    Map<?, ?> digit = (Map<?, ?>) ((List<?>) json.get("digits")).getFirst();
    assertEquals(Set.of("digit", "probability", "box"), digit.keySet());
    assertEquals(4, ((List<?>) digit.get("box")).size());
  }

  /// A training of a few lines gives a file that says how it was made, and the same bits again.
  @Test
  void aSmallTrainingIsReproduced() throws IOException, InterruptedException {
    Path model = folder.resolve("small.legible");
    Cli cli = Cli.run("train", "reader", "--epochs", 1, "--lines", 16, "--out", model, "--json");
    assertEquals(0, cli.exitCode(), cli.err());
    assertEquals(2.0, Cli.json(cli.out().strip()).get("epochs")); // one for each part
    Cli again = Cli.run("reproduce", "--threads", 1, model);
    assertEquals(0, again.exitCode(), again.out() + again.err());
    assertFalse(again.err().contains("epoch 2/1"), again.err()); // told if it took two seconds
    assertFalse(Files.exists(folder.resolve("small.checkpoint.legible")));
    ModelFile made = ModelFile.read(model);
    assertFalse(Calibration.of(made.metadata()).thresholds().isEmpty());
    assertEquals(2, Cli.run("train", "reader", "--limit", 5).exitCode());
  }

  /// What the reader must reach on real checks and photographs, which are not in the repository.
  @Test
  @Tag("slow")
  void developmentPhotographs() throws IOException, InterruptedException {
    Path photos = Repository.ROOT.resolve("../shared/data/photos");
    assumeTrue(Files.isDirectory(photos), photos + " is not there");
    Map<String, Object> json =
        Cli.json(Cli.run("evaluate", READER, "--photos", photos, "--json").out().strip());
    for (Object kind : (List<?>) json.get("photos")) {
      Map<?, ?> score = (Map<?, ?>) kind;
      double least = score.get("kind").equals("check_amount") ? 0.65 : 8 / 9.0;
      assertTrue((double) score.get("accuracy") >= least, score.toString());
    }
  }

  /// Lines of 2 to 10 test digits, half of them touching.
  @Test
  @Tag("slow")
  void plainLines() throws IOException, InterruptedException {
    Map<String, Object> json = Cli.json(Cli.run("evaluate", READER, "--json").out().strip());
    assertTrue((double) json.get("accuracy") >= 0.95, json.toString());
  }
}

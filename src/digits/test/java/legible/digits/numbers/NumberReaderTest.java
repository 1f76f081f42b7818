package legible.digits.numbers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import legible.digits.Repository;
import legible.digits.compose.LinePictures;
import legible.digits.idx.Mnist;
import legible.digits.image.GrayImage;
import legible.digits.image.Polarity;
import legible.format.ModelFile;
import legible.kernel.Kernels;
import org.junit.jupiter.api.Test;

class NumberReaderTest {
  /// Grey paper with a white edge, as wide above the writing as its digits are high: the white differs
  /// from the ground about as much as the ink does. Reading tells which of them is ink.
  @Test
  void aWhiteEdgeIsNotInk() throws IOException {
    LinePictures lines = LinePictures.plain(Mnist.test(Repository.MNIST).images());
    GrayImage line = lines.picture(7);
    int edge = line.height() / 3;
    float[] light = new float[line.width() * (line.height() + edge)];
    for (int i = 0; i < light.length; i++) {
      int below = i - edge * line.width();
      light[i] = below < 0 ? 0.95f : 0.35f + 0.3f * line.values()[below];
    }
    GrayImage picture = new GrayImage(line.width(), line.height() + edge, light);
    assertEquals(2, Polarity.possible(picture).size());
    ModelFile model = ModelFile.read(Repository.ROOT.resolve("models").resolve("reader.legible"));
    try (Kernels kernels = Kernels.best(1);
        NumberReader reader = new NumberReader(model, kernels)) {
      assertEquals(lines.text(7), reader.read("it", picture, false).text());
      List<KnownLine> known = reader.locate(picture, lines.text(7));
      KnownLine best = known.getFirst();
      assertEquals(lines.text(7), Alphabet.text(best.text()));
      double ink =
          IntStream.range(0, best.sheet().values().length)
              .mapToDouble(i -> 1 - best.sheet().values()[i])
              .average()
              .orElseThrow();
      assertEquals(0.1, ink, 0.1, "little of a sheet is ink");
    }
  }
}

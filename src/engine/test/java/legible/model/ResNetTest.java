package legible.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import legible.autograd.Role;
import legible.model.ResNet.Stem;
import legible.nn.AveragePoolLayer;
import legible.nn.Declaration;
import legible.nn.Layer;
import legible.nn.Sequential;
import legible.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResNetTest {
  private static long parameters(Architecture architecture) {
    return architecture.declarations().stream()
        .filter(d -> d.role() != Role.STATISTIC)
        .mapToLong(d -> d.shape().size())
        .sum();
  }

  /// The figures of torchvision for these networks, and ours for one grey channel and ten classes.
  @ParameterizedTest
  @CsvSource({"3, 1000, 25557032", "1, 10, 23522250"})
  void fiftyHasAsManyParameters(int channels, int classes, long expected) {
    Shape input = Shape.of(224, 224, channels);
    assertEquals(expected, parameters(ResNet.fifty(input, classes).architecture()));
  }

  /// 101 layers: only the numbers of blocks differ.
  @Test
  void moreBlocksGiveTheDeeperOne() {
    ResNet deep =
        new ResNet("r", Shape.of(224, 224, 3), 1000, Stem.LARGE, 64, List.of(3, 4, 23, 3));
    assertEquals(44_549_160, parameters(deep.architecture()));
  }

  /// The output sizes of table 1.
  @Test
  void stagesHaveTheSizesOfThePaper() {
    Architecture fifty = ResNet.fifty(Shape.of(224, 224, 3), 1000).architecture();
    List<Shape> expected =
        List.of(
            Shape.of(1, 112, 112, 64),
            Shape.of(1, 112, 112, 64),
            Shape.of(1, 56, 56, 64),
            Shape.of(1, 56, 56, 256),
            Shape.of(1, 28, 28, 512),
            Shape.of(1, 14, 14, 1024),
            Shape.of(1, 7, 7, 2048),
            Shape.of(1, 2048),
            Shape.of(1, 1000));
    Shape shape = fifty.input().batchOf(1);
    for (int i = 0; i < expected.size(); i++) {
      Layer layer = fifty.body().layers().get(i);
      shape = layer.outputShape(shape);
      assertEquals(expected.get(i), shape, layer.name());
    }
  }

  /// The convolution with the window halves the image, not the one before it.
  @Test
  void theStrideIsInTheMiddle() {
    List<Declaration> declarations =
        ResNet.fifty(Shape.of(32, 32, 1), 10).architecture().declarations();
    assertEquals(
        Shape.of(3, 3, 128, 128),
        declarations.stream()
            .filter(d -> d.name().equals("stage2.block1.conv2.weight"))
            .findFirst()
            .orElseThrow()
            .shape());
    String config = ResNet.fifty(Shape.of(32, 32, 1), 10).architecture().body().config().toString();
    assertEquals(3, config.split("block1.conv2, settings=\\{[^}]*stride=2", -1).length - 1);
  }

  @Test
  void smallPicturesKeepTheirSizeInTheSmallStem() {
    Architecture small =
        new ResNet("small", Shape.of(28, 28, 1), 10, Stem.SMALL, 8, List.of(1, 2)).architecture();
    assertEquals(
        Shape.of(1, 28, 28, 32),
        new ResNet("one", Shape.of(28, 28, 1), 10, Stem.SMALL, 8, List.of(1))
            .architecture()
            .body()
            .layers()
            .get(2)
            .outputShape(Shape.of(1, 28, 28, 8)));
    assertEquals(Shape.of(10), small.output());
  }

  /// A map of 4 x 4 is divided into 2 x 2 parts of 2 x 2.
  @Test
  void meansOfPartsKeepWhereSomethingIs() {
    Architecture parts =
        new ResNet("parts", Shape.of(16, 16, 1), 10, Stem.SMALL, 4, List.of(1, 1, 1), 2)
            .architecture();
    List<Layer> layers = parts.body().layers();
    assertEquals(new AveragePoolLayer("mean", 2), layers.get(layers.size() - 3));
    assertEquals(
        Shape.of(1, 2 * 2 * 64),
        new Sequential("body", layers.subList(0, layers.size() - 1))
            .outputShape(Shape.of(1, 16, 16, 1)));
  }

  @Test
  void refusesPartsThatAreNotEqual() {
    ResNet uneven = new ResNet("u", Shape.of(12, 12, 1), 10, Stem.SMALL, 4, List.of(1, 1, 1), 2);
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, uneven::architecture);
    assertEquals(
        "ResNet u: a square last map of a multiple of 2 rows expected, got [1, 3, 3, 64]",
        e.getMessage());
    Shape input = Shape.of(8, 8, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> new ResNet("r", input, 10, Stem.SMALL, 8, List.of(1), 0));
  }

  @Test
  void refusesStagesWithoutBlocks() {
    Shape input = Shape.of(8, 8, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> new ResNet("r", input, 10, Stem.SMALL, 8, List.of(1, 0)));
    assertThrows(
        IllegalArgumentException.class, () -> new ResNet("r", input, 10, Stem.SMALL, 8, List.of()));
  }
}

package legible.model;

import java.util.ArrayList;
import java.util.List;
import legible.kernel.Activation;
import legible.nn.AveragePoolLayer;
import legible.nn.BatchNormLayer;
import legible.nn.DenseLayer;
import legible.nn.FlattenLayer;
import legible.nn.GlobalAveragePoolLayer;
import legible.nn.Layer;
import legible.nn.MaxPoolLayer;
import legible.nn.Sequential;
import legible.op.Padding;
import legible.tensor.Shape;

/// Residual networks of bottleneck blocks.
///
/// ```
///  layer name   output      50 layers, for 224 x 224
///  stem         112 x 112   7x7, 64, stride 2
///                56 x 56    3x3 maximum, stride 2
///  stage1        56 x 56    [1x1,  64; 3x3,  64; 1x1,  256] x 3
///  stage2        28 x 28    [1x1, 128; 3x3, 128; 1x1,  512] x 4
///  stage3        14 x 14    [1x1, 256; 3x3, 256; 1x1, 1024] x 6
///  stage4         7 x 7     [1x1, 512; 3x3, 512; 1x1, 2048] x 3
///  dense          1 x 1     mean over the image, dense, one logit for each class
/// ```
///
/// A block is a [Bottleneck]. The first one of a stage has a projection for a shortcut and halves the
/// image, but not that of the first stage.
///
/// The paper takes the mean over the whole last map. A network that shall keep where on the picture
/// something is takes the means of equal parts of it instead, side by side.
///
/// Source: He, Zhang, Ren & Sun 2016, "Deep residual learning for image recognition", table 1 and
/// figure 5.
///
/// @param name the network's name
/// @param input the shape of one picture, `[H,W,C]`
/// @param classes logits, >= 1
/// @param stem how the picture gets to the first stage
/// @param width filters of the first stage's 3x3 convolutions; each stage doubles them; >= 1
/// @param blocks how many there are in each stage, >= 1 each
/// @param parts equal parts of the last map's rows, and of its columns, that a mean is taken of; >= 1
public record ResNet(
    String name, Shape input, int classes, Stem stem, int width, List<Integer> blocks, int parts) {
  /// How the picture gets to the first stage.
  public enum Stem {
    /// 7x7 with stride 2, then a 3x3 maximum with stride 2: a quarter of the rows and columns.
    LARGE,
    /// 3x3: for pictures that are small already.
    SMALL
  }

  public ResNet {
    blocks = List.copyOf(blocks);
    boolean emptyStage = blocks.isEmpty() || blocks.stream().anyMatch(n -> n < 1);
    if (classes < 1 || width < 1 || parts < 1 || emptyStage) {
      throw new IllegalArgumentException(
          "ResNet: classes, width, blocks of each stage and parts expected >= 1, got %d, %d, %s, %d"
              .formatted(classes, width, blocks, parts));
    }
  }

  /// A network that takes the mean over the whole last map, as those of the paper do.
  public ResNet(String name, Shape input, int classes, Stem stem, int width, List<Integer> blocks) {
    this(name, input, classes, stem, width, blocks, 1);
  }

  /// ResNet-50; with 1000 classes and 3 channels 25,557,032 parameters.
  public static ResNet fifty(Shape input, int classes) {
    return new ResNet("resnet50", input, classes, Stem.LARGE, 64, List.of(3, 4, 6, 3));
  }

  /// The network.
  ///
  /// @throws IllegalArgumentException if the last map does not have that many equal parts
  public Architecture architecture() {
    List<Layer> layers = new ArrayList<>(stemLayers());
    for (int stage = 0; stage < blocks.size(); stage++) {
      layers.add(stage(stage));
    }
    layers.addAll(means(new Sequential("body", layers).outputShape(input.batchOf(1))));
    layers.add(new DenseLayer("dense", classes, Activation.NONE));
    return new Architecture(name, input, new Sequential(name, layers));
  }

  private List<Layer> stemLayers() {
    BatchNormLayer norm = new BatchNormLayer("stem.norm", Activation.RELU);
    return switch (stem) {
      case LARGE -> {
        Layer pool = new MaxPoolLayer("stem.pool", 3, 2, Padding.pixels(1));
        yield List.of(Bottleneck.convolution("stem.conv", width, 7, 2), norm, pool);
      }
      case SMALL -> List.of(Bottleneck.convolution("stem.conv", width, 3, 1), norm);
    };
  }

  private Sequential stage(int stage) {
    String stageName = "stage" + (stage + 1);
    List<Layer> layers = new ArrayList<>();
    for (int block = 0; block < blocks.get(stage); block++) {
      int stride = block == 0 && stage > 0 ? 2 : 1;
      String blockName = stageName + ".block" + (block + 1);
      layers.add(Bottleneck.block(blockName, width << stage, stride, block == 0));
    }
    return new Sequential(stageName, layers);
  }

  private List<Layer> means(Shape map) {
    if (parts == 1) {
      return List.of(new GlobalAveragePoolLayer("mean"));
    }
    int size = map.dimension(1);
    if (size != map.dimension(2) || size % parts != 0) {
      throw new IllegalArgumentException(
          "ResNet %s: a square last map of a multiple of %d rows expected, got %s"
              .formatted(name, parts, map));
    }
    return List.of(new AveragePoolLayer("mean", size / parts), new FlattenLayer("flatten"));
  }
}

package legible.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import legible.KernelVariant;
import legible.autograd.Inference;
import legible.autograd.Pass;
import legible.autograd.Tape;
import legible.autograd.Weights;
import legible.kernel.Activation;
import legible.model.Architecture;
import legible.op.Padding;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What every layer promises: the declared parameters are those it uses, the promised shape is the
/// shape it gives, and its configuration is a way there and back.
class LayersTest {
  /// A layer, the shape of its input, and what it promises: output shape and parameters.
  record Sample(Layer layer, Shape input, String output, String... parameters) {
    @Override
    public String toString() {
      return layer + " on " + input;
    }
  }

  private static final Sequential BODY =
      new Sequential(
          "body",
          new ConvLayer(
              "body.conv", 6, 3, 2, Padding.SAME, false, Activation.NONE, Initializer.ORTHOGONAL),
          new BatchNormLayer("body.norm", Activation.NONE));

  private static final Sequential SHORTCUT =
      new Sequential(
          "shortcut",
          new ConvLayer(
              "shortcut.conv", 6, 1, 2, Padding.VALID, true, Activation.NONE, Initializer.HE));

  static Stream<Sample> samples() {
    Shape images = Shape.of(2, 9, 8, 3);
    return Stream.of(
        new Sample(new AveragePoolLayer("pool", 2), images, "[2, 4, 4, 3]"),
        new Sample(new AveragePoolLayer("pool", 3, 2, Padding.pixels(1)), images, "[2, 5, 4, 3]"),
        new Sample(
            new BatchNormLayer("norm", Activation.RELU),
            images,
            "[2, 9, 8, 3]",
            "norm.gamma SCALE [3] ONES",
            "norm.beta BIAS [3] ZEROS",
            "norm.running_mean STATISTIC [3] ZEROS",
            "norm.running_variance STATISTIC [3] ONES"),
        new Sample(
            new ConvLayer("conv", 5, 3, Padding.SAME, Activation.RELU),
            images,
            "[2, 9, 8, 5]",
            "conv.weight WEIGHT [3, 3, 3, 5] HE",
            "conv.bias BIAS [5] ZEROS"),
        new Sample(
            new ConvLayer(
                "conv", 4, 5, 2, Padding.pixels(1), false, Activation.NONE, Initializer.ORTHOGONAL),
            images,
            "[2, 4, 3, 4]",
            "conv.weight WEIGHT [5, 5, 3, 4] ORTHOGONAL"),
        new Sample(
            new DenseLayer("dense", 7, Activation.NONE),
            Shape.of(2, 5),
            "[2, 7]",
            "dense.weight WEIGHT [5, 7] GLOROT",
            "dense.bias BIAS [7] ZEROS"),
        new Sample(new DropoutLayer("dropout", 0.25f), images, "[2, 9, 8, 3]"),
        new Sample(new FlattenLayer("flatten"), images, "[2, 216]"),
        new Sample(new GlobalAveragePoolLayer("mean"), images, "[2, 3]"),
        new Sample(new MaxPoolLayer("pool", 2), images, "[2, 4, 4, 3]"),
        new Sample(new MaxPoolLayer("pool", 3, 2, Padding.SAME), images, "[2, 5, 4, 3]"),
        new Sample(new ReluLayer("relu"), images, "[2, 9, 8, 3]"),
        new Sample(
            new ResidualBlock("block", BODY, SHORTCUT, Activation.RELU),
            images,
            "[2, 5, 4, 6]",
            "body.conv.weight WEIGHT [3, 3, 3, 6] ORTHOGONAL",
            "body.norm.gamma SCALE [6] ONES",
            "body.norm.beta BIAS [6] ZEROS",
            "body.norm.running_mean STATISTIC [6] ZEROS",
            "body.norm.running_variance STATISTIC [6] ONES",
            "shortcut.conv.weight WEIGHT [1, 1, 3, 6] HE",
            "shortcut.conv.bias BIAS [6] ZEROS"),
        new Sample(
            new Sequential(
                "layers", new FlattenLayer("flatten"), new DenseLayer("d", 4, Activation.RELU)),
            images,
            "[2, 4]",
            "d.weight WEIGHT [216, 4] HE",
            "d.bias BIAS [4] ZEROS"),
        new Sample(new Sequential("identity"), images, "[2, 9, 8, 3]"));
  }

  @Test
  void everyLayerIsHere() {
    Set<Class<?>> all = Set.of(Layer.class.getPermittedSubclasses());
    assertTrue(all.size() >= 11, "layers seen: " + all);
    assertEquals(all, samples().map(s -> s.layer().getClass()).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shapesAndParameters(Sample sample) {
    assertEquals(sample.output(), sample.layer().outputShape(sample.input()).toString());
    assertEquals(
        List.of(sample.parameters()),
        sample.layer().declare(sample.input()).stream()
            .map(d -> d.name() + " " + d.role() + " " + d.shape() + " " + d.initializer())
            .toList());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theConfigurationIsAWayThereAndBack(Sample sample) {
    LayerConfig config = sample.layer().config();
    assertEquals(sample.layer(), Layers.of(config));
    assertEquals(config, Layers.of(config).config());
    assertEquals(sample.layer().name(), config.name());
  }

  /// Forward gives the promised shape, in training and in inference, from the declared parameters
  /// alone.
  @ParameterizedTest
  @MethodSource("samples")
  void forwardKeepsThePromises(Sample sample) {
    Architecture architecture =
        new Architecture(
            "test", sample.input().withoutFirst(), new Sequential("test", sample.layer()));
    Weights weights = architecture.initialize(1);
    CounterRandom random = new CounterRandom(2);
    Tensor x = Tensor.zeros(sample.input());
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = random.uniform(i);
    }
    for (KernelVariant variant : KernelVariant.values()) {
      variant.with(
          workspace -> {
            try (Tape tape = new Tape(workspace, weights, p -> true, random)) {
              check(sample, tape, x);
            }
            try (Inference inference = new Inference(workspace, weights)) {
              check(sample, inference, x);
            }
            return null;
          });
    }
  }

  private static void check(Sample sample, Pass pass, Tensor x) {
    Tensor y = sample.layer().forward(pass, x);
    assertEquals(sample.layer().outputShape(sample.input()), y.shape());
    for (float value : y.data()) {
      assertTrue(Float.isFinite(value), "finite values expected, got " + value);
    }
  }

  /// A setting that is missing, no number, or out of range is refused by name.
  @ParameterizedTest
  @MethodSource("samples")
  void everySettingIsChecked(Sample sample) {
    LayerConfig config = sample.layer().config();
    for (String key : config.settings().keySet()) {
      Map<String, String> without = new HashMap<>(config.settings());
      without.remove(key);
      assertRefused(config, without, key);
      for (String bad : List.of("", "x", "-1", "NaN", "1e99")) {
        Map<String, String> changed = new HashMap<>(config.settings());
        changed.put(key, bad);
        assertRefused(config, changed, key);
      }
    }
  }

  private static void assertRefused(LayerConfig config, Map<String, String> settings, String key) {
    LayerConfig changed =
        new LayerConfig(config.kind(), config.name(), settings, config.children());
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Layers.of(changed),
                key + "=" + settings.get(key))
            .getMessage();
    assertFalse(message.isBlank());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "layer 'c': filters expected >= 1, got 0 | 0 | 3 | 1",
        "layer 'c': kernel expected >= 1, got 0  | 4 | 0 | 1",
        "layer 'c': stride expected >= 1, got -1 | 4 | 3 | -1"
      })
  void convolutionSettings(String message, int filters, int kernel, int stride) {
    assertMessage(
        message,
        () ->
            new ConvLayer(
                "c", filters, kernel, stride, Padding.SAME, true, Activation.NONE, Initializer.HE));
  }

  @Test
  void badSettings() {
    assertMessage(
        "layer 'd': units expected >= 1, got 0", () -> new DenseLayer("d", 0, Activation.NONE));
    assertMessage("layer 'o': rate expected in [0, 1), got 1.0", () -> new DropoutLayer("o", 1f));
    assertMessage("layer 'p': size expected >= 1, got 0", () -> new MaxPoolLayer("p", 0));
    assertMessage(
        "layer 'p': stride expected >= 1, got 0",
        () -> new AveragePoolLayer("p", 2, 0, Padding.VALID));
    assertMessage(
        "layer 'x': a known kind expected, got 'lstm'",
        () -> Layers.of(new LayerConfig("lstm", "x", Map.of(), List.of())));
    assertMessage(
        "layer 'd' (dense): a whole number in 1..1048576 expected for 'units', got '0'",
        () ->
            Layers.of(
                LayerConfig.of(
                    "dense", "d", "units", 0, "activation", "relu", "initializer", "he")));
    assertMessage(
        "layer 'd' (dense): one of [NONE, RELU] expected for 'activation', got 'gelu'",
        () ->
            Layers.of(
                LayerConfig.of(
                    "dense", "d", "units", 1, "activation", "gelu", "initializer", "he")));
    assertMessage(
        "layer 'r' (residual): 2 children, body and shortcut, expected, got 0",
        () -> Layers.of(LayerConfig.of("residual", "r", "activation", "relu")));
    assertMessage(
        "Padding: 'same', 'valid' or a number of pixels expected, got 'full'",
        () -> Padding.parse("full"));
  }

  @Test
  void inputsThatDoNotFit() {
    assertMessage(
        "layer 'c': input [N,H,W,C] expected, got [2, 5]",
        () -> new ConvLayer("c", 1, 3, Padding.SAME, Activation.NONE).declare(Shape.of(2, 5)));
    assertMessage(
        "layer 'd': input [N,I] expected, got [2, 5, 1]",
        () -> new DenseLayer("d", 1, Activation.NONE).declare(Shape.of(2, 5, 1)));
    assertMessage(
        "Add: b expected [2, 9, 8, 5] to match a, got [2, 9, 8, 3]",
        () ->
            new ResidualBlock(
                    "r",
                    new Sequential("b", new ConvLayer("c", 5, 3, Padding.SAME, Activation.NONE)),
                    new Sequential("s"),
                    Activation.RELU)
                .outputShape(Shape.of(2, 9, 8, 3)));
  }

  private static void assertMessage(String message, Executable executable) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, executable).getMessage());
  }

  /// In training a dropout layer draws another mask each time; in inference it is the identity.
  @Test
  void dropout() {
    DropoutLayer layer = new DropoutLayer("dropout", 0.5f);
    Tensor x = Tensor.zeros(Shape.of(8, 8));
    Arrays.fill(x.data(), 1f);
    Weights none = new Weights(List.of());
    KernelVariant.SCALAR_1.with(
        workspace -> {
          try (Tape tape = new Tape(workspace, none, p -> true, new CounterRandom(0))) {
            Set<List<Float>> masks = new HashSet<>();
            for (int i = 0; i < 3; i++) {
              Tensor y = layer.forward(tape, x);
              masks.add(IntStream.range(0, 64).mapToObj(j -> y.data()[j]).toList());
            }
            assertEquals(3, masks.size());
          }
          try (Inference inference = new Inference(workspace, none)) {
            assertEquals(x, layer.forward(inference, x));
          }
          return null;
        });
  }
}

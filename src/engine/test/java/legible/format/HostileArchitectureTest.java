package legible.format;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import legible.nn.LayerConfig;
import legible.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Architectures that are sound bytes and nonsense, or traps.
class HostileArchitectureTest {
  private static final Duration QUICKLY = Duration.ofSeconds(10);

  private static LayerConfig layer(String kind, String settings, LayerConfig... children) {
    Map<String, String> map = new TreeMap<>();
    for (String setting : settings.split(" ", -1)) {
      if (!setting.isEmpty()) {
        map.put(setting.replaceFirst("=.*", ""), setting.replaceFirst("[^=]*=", ""));
      }
    }
    return new LayerConfig(kind, "x", map, List.of(children));
  }

  private static LayerConfig sequential(LayerConfig... children) {
    return layer("sequential", "", children);
  }

  private static void refused(LayerConfig body, String words) {
    byte[] file = new FileForge().body(body).file();
    assertTimeoutPreemptively(QUICKLY, () -> Refusal.of(file, words));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "teapot      |                                                       | a known kind",
        "Legible     |                                                       | a known kind",
        "dense       |                                                       | 'units'",
        "dense       | activation=none initializer=he units=0                | 'units'",
        "dense       | activation=none initializer=he units=-1               | 'units'",
        "dense       | activation=none initializer=he units=2147483647       | 'units'",
        "dense       | activation=none initializer=he units=99999999999999   | 'units'",
        "dense       | activation=none initializer=he units=03               | canonical",
        "dense       | activation=NONE initializer=he units=3                | 'activation'",
        "dense       | activation=none initializer=he units=3 more=1         | canonical",
        "dense       | activation=none initializer=he units=3                | [N,I] expected",
        "dropout     | rate=1.0                                              | rate expected",
        "dropout     | rate=NaN                                              | a number",
        "dropout     | rate=0.50                                             | canonical",
        "dropout     | rate=1e99                                             | rate expected",
        "batch-norm  | activation=none epsilon=1e99 momentum=0.1             | epsilon expected",
        "batch-norm  | activation=none epsilon=0.0 momentum=0.1              | epsilon expected",
        "batch-norm  | activation=none epsilon=1.0e-5 momentum=0.0           | momentum expected",
        "max-pool2d  | padding=same size=3 stride=0                          | 'stride'",
        "max-pool2d  | padding=same size=1025 stride=1                       | 'size'",
        "max-pool2d  | padding=9999 size=3 stride=1                          | padding <= size/2",
        "max-pool2d  | padding=-1 size=3 stride=1                            | Padding",
        "max-pool2d  | padding=valid size=3 stride=1                         | canonical",
        "max-pool2d  | padding=0 size=13 stride=1                            | at least 13x13",
        "relu        | x=1                                                   | canonical",
        "residual    | activation=none                                       | 2 children",
      })
  void hostileLayersAreRefused(String kind, String settings, String words) {
    refused(sequential(layer(kind, settings == null ? "" : settings)), words);
  }

  private static LayerConfig conv(String filters, String kernel, String stride, String padding) {
    return layer(
        "conv2d",
        "activation=none bias=false initializer=he filters=%s kernel=%s stride=%s padding=%s"
            .formatted(filters, kernel, stride, padding));
  }

  @Test
  void convolutionsWhoseShapesOverflowAreRefused() {
    refused(sequential(conv("1048577", "1", "1", "same")), "'filters'");
    refused(sequential(conv("1", "1025", "1", "same")), "'kernel'");
    refused(sequential(conv("1", "1", "1025", "same")), "'stride'");
    refused(sequential(conv("1", "1", "1", "99999")), "Padding");
    refused(sequential(conv("1048576", "1024", "1", "same")), "2^31 - 1 elements");
    refused(sequential(conv("1048576", "1", "1", "same")), "elements a sample");
    refused(sequential(conv("1", "1", "1", "9999")), "elements a sample");
    refused(sequential(conv("64", "1", "1", "9999")), "2^31 - 1 elements");
    LayerConfig[] growing = new LayerConfig[9000];
    Arrays.fill(growing, conv("1", "1", "1", "9999"));
    refused(sequential(growing), "elements");
  }

  @Test
  void samplesThatAreTooLargeOrEmptyAreRefused() {
    byte[] huge =
        new FileForge().architecture("a", Shape.of(1 << 13, 1 << 13, 2), sequential()).file();
    Refusal.of(huge, "a sample: at most 67108864 elements");
    Refusal.of(
        new FileForge().architecture("a", Shape.of(0, 1), sequential()).file(), "axis of a sample");
    Refusal.of(
        new FileForge().architecture("a", Shape.of(), sequential()).file(), "axes of a sample");
    Shape eight = Shape.of(1, 1, 1, 1, 1, 1, 1, 1);
    Refusal.of(new FileForge().architecture("a", eight, sequential()).file(), "axes of a sample");
  }

  @Test
  void samplesGrowingInsideOfBlocksAreRefused() {
    LayerConfig shrinking = sequential(conv("1", "1", "1", "9999"), conv("1", "1", "1024", "0"));
    refused(sequential(shrinking), "elements a sample");
    refused(sequential(layer("residual", "activation=none", shrinking, sequential())), "expected");
  }

  @Test
  void layersHaveToBeInOneSequential() {
    refused(layer("relu", ""), "a sequential expected around all layers");
    refused(sequential(layer("relu", "", layer("relu", ""))), "canonical");
    refused(
        sequential(layer("residual", "activation=none", layer("relu", ""), sequential())),
        "canonical");
  }

  @Test
  void deepNestingIsRefused() {
    LayerConfig deep = sequential();
    for (int i = 0; i < Limits.DEPTH; i++) {
      deep = sequential(deep);
    }
    refused(deep, "at most 32 inside of each other");
    for (int i = 0; i < 1000; i++) {
      deep = sequential(deep);
    }
    refused(deep, "at most 32 inside of each other");
  }

  @Test
  void manyLayersAreRefused() {
    LayerConfig relu = layer("relu", "");
    refused(sequential(Collections.nCopies(700_000, relu).toArray(LayerConfig[]::new)), "layers");
    LayerConfig half =
        sequential(Collections.nCopies(Limits.LAYERS / 2, relu).toArray(LayerConfig[]::new));
    refused(sequential(half, half), "at most 10000 expected");
  }

  @Test
  void asManyLayersAsAllowedAreReadQuickly() {
    LayerConfig block =
        sequential(
            Collections.nCopies(Limits.LAYERS - 31, layer("relu", "")).toArray(LayerConfig[]::new));
    for (int i = 0; i < Limits.DEPTH - 2; i++) {
      block = sequential(block);
    }
    refused(block, "'conv.weight' is unknown");
  }

  @Test
  void parametersOfOneNameAreRefused() {
    LayerConfig dense = layer("dense", "activation=none initializer=he units=3");
    refused(sequential(layer("flatten", ""), dense, dense), "two parameters are named");
  }

  @Test
  void countsAreComparedWithWhatIsThere() {
    for (int count : new int[] {1, 64, 65, Limits.LAYERS, Integer.MAX_VALUE, -1}) {
      for (boolean settings : new boolean[] {true, false}) {
        ByteWriter out = new ByteWriter();
        out.name("a");
        out.u32(1);
        out.u32(1);
        out.name("sequential");
        out.name("x");
        out.u32(settings ? count : 0);
        out.u32(count);
        byte[] file = new FileForge().architecture(out.toByteArray()).file();
        Refusal.of(file, "");
      }
    }
  }
}

package legible.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import legible.autograd.Parameter;
import legible.autograd.Weights;
import legible.model.Architecture;
import legible.model.Model;
import legible.model.ResNet;
import legible.model.ResNet.Stem;
import legible.nn.Declaration;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// Residual networks under the names and with the axes that torchvision and timm give them.
///
/// | here | there |
/// |---|---|
/// | `stem.conv.weight` `[kH,kW,C,O]` | `conv1.weight` `[O,C,kH,kW]` |
/// | `stem.norm.gamma`, `beta` | `bn1.weight`, `bias` |
/// | `stem.norm.running_mean`, `running_variance` | `bn1.running_mean`, `running_var` |
/// | `stage2.block1.conv3.weight` | `layer2.0.conv3.weight` |
/// | `stage2.block1.norm3.gamma` | `layer2.0.bn3.weight` |
/// | `stage2.block1.shortcut.conv.weight` | `layer2.0.downsample.0.weight` |
/// | `stage2.block1.shortcut.norm.gamma` | `layer2.0.downsample.1.weight` |
/// | `dense.weight` `[I,J]`, `bias` | `fc.weight` `[J,I]`, `bias` |
///
/// The counters `num_batches_tracked` are left out: nothing is computed from them.
///
/// Source: torchvision 0.29, `models/resnet.py`; timm 1.0, `models/resnet.py`, whose plain ResNets
/// have the same names.
public final class TorchResNet {
  private static final String COUNTER = "num_batches_tracked";

  /// Stages and blocks of a stage that are looked for: more than any published network has.
  private static final int MOST_STAGES = 8;

  private static final int MOST_BLOCKS = 256;

  /// As many names as a person would read.
  private static final int MOST_LISTED = 6;

  private TorchResNet() {}

  /// The name there of a parameter here.
  static String name(String ours) {
    String name =
        ours.replace(".gamma", ".weight")
            .replace(".beta", ".bias")
            .replace("running_variance", "running_var")
            .replace("shortcut.conv", "downsample.0")
            .replace("shortcut.norm", "downsample.1")
            .replace("stem.conv", "conv1")
            .replace("stem.norm", "bn1")
            .replace("dense.", "fc.")
            .replace(".norm", ".bn");
    if (!name.startsWith("stage")) {
      return name;
    }
    String[] parts = name.split("\\.", 3); // stage2, block1, the rest
    int block = Integer.parseInt(parts[1].substring("block".length())) - 1;
    return "layer%s.%d.%s".formatted(parts[0].substring("stage".length()), block, parts[2]);
  }

  /// The network that a file describes by its names and shapes.
  ///
  /// @param source the file's name, for messages
  /// @param name of the network
  /// @param size rows and columns of its pictures
  /// @throws ModelFormatException if it describes none of bottleneck blocks
  public static ResNet network(String source, Safetensors file, String name, int size)
      throws ModelFormatException {
    Map<String, Shape> shapes = file.shapes();
    Shape first = shapes.get("conv1.weight");
    Shape last = shapes.get("fc.weight");
    List<Integer> blocks = blocks(shapes);
    if (first == null || first.rank() != 4 || last == null || last.rank() != 2) {
      throw failure(
          source,
          "conv1.weight [O,C,kH,kW] and fc.weight [J,I] expected, got " + first + ", " + last);
    }
    Stem stem = first.dimension(2) == 3 ? Stem.SMALL : Stem.LARGE;
    try {
      Shape input = Shape.of(size, size, first.dimension(1));
      return new ResNet(name, input, last.dimension(0), stem, first.dimension(0), blocks);
    } catch (IllegalArgumentException e) {
      throw failure(source, e.getMessage());
    }
  }

  private static List<Integer> blocks(Map<String, Shape> shapes) {
    List<Integer> blocks = new ArrayList<>();
    for (int stage = 1; stage <= MOST_STAGES; stage++) {
      int count = 0;
      while (count < MOST_BLOCKS
          && shapes.containsKey("layer%d.%d.conv1.weight".formatted(stage, count))) {
        count++;
      }
      if (count == 0) {
        break;
      }
      blocks.add(count);
    }
    return blocks;
  }

  /// A network with the weights of a file.
  ///
  /// @param source the file's name, for messages
  /// @throws ModelFormatException if tensors are missing, too many, of another shape or no numbers;
  ///     all of them are listed
  public static Model read(String source, Safetensors file, Architecture architecture)
      throws ModelFormatException {
    List<Declaration> declarations = declarations(source, architecture);
    check(source, file.shapes(), declarations);
    List<Parameter> parameters = new ArrayList<>();
    for (Declaration declaration : declarations) {
      String name = name(declaration.name());
      Tensor tensor = TorchAxes.fromTorch(file.tensor(name));
      for (float value : tensor.data()) {
        if (!Float.isFinite(value)) {
          throw failure(
              source, "tensor '%s': finite numbers expected, got %s".formatted(name, value));
        }
      }
      parameters.add(new Parameter(declaration.name(), declaration.role(), tensor));
    }
    return new Model(architecture, new Weights(parameters));
  }

  private static List<Declaration> declarations(String source, Architecture architecture)
      throws ModelFormatException {
    try {
      return architecture.declarations();
    } catch (IllegalArgumentException e) { // sizes of a hostile file
      throw failure(source, e.getMessage());
    }
  }

  private static void check(String source, Map<String, Shape> got, List<Declaration> declarations)
      throws ModelFormatException {
    List<String> missing = new ArrayList<>();
    List<String> misshaped = new ArrayList<>();
    TreeSet<String> extra = new TreeSet<>(got.keySet());
    extra.removeIf(name -> name.endsWith("." + COUNTER));
    for (Declaration declaration : declarations) {
      String name = name(declaration.name());
      Shape expected = TorchAxes.torchShape(declaration.shape());
      Shape shape = got.get(name);
      if (shape == null) {
        missing.add(name);
      } else if (!shape.equals(expected)) {
        misshaped.add("%s %s instead of %s".formatted(name, shape, expected));
      }
      extra.remove(name);
    }
    if (!missing.isEmpty() || !misshaped.isEmpty() || !extra.isEmpty()) {
      throw failure(
          source,
          "the tensors of a residual network expected; missing: %s; too many: %s; of another shape: %s"
              .formatted(listed(missing), listed(List.copyOf(extra)), listed(misshaped)));
    }
  }

  private static String listed(List<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String text = String.join(", ", names.subList(0, Math.min(names.size(), MOST_LISTED)));
    return names.size() > MOST_LISTED
        ? text + " and %d more".formatted(names.size() - MOST_LISTED)
        : text;
  }

  /// The tensors of a model as torchvision would save them.
  ///
  /// @throws IllegalArgumentException if its names are not those of a residual network
  public static Map<String, Tensor> tensors(Model model) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Parameter parameter : model.weights().all()) {
      if (!parameter.name().matches("(stem|dense|stage[0-9]{1,9}\\.block[0-9]{1,9})\\..+")) {
        throw new IllegalArgumentException(
            "TorchResNet: a residual network expected, got '%s' with the parameter '%s'"
                .formatted(model.architecture().name(), parameter.name()));
      }
      tensors.put(name(parameter.name()), TorchAxes.toTorch(parameter.value()));
    }
    return tensors;
  }

  private static ModelFormatException failure(String source, String reason) {
    return new ModelFormatException(source, Long.BYTES, reason);
  }
}

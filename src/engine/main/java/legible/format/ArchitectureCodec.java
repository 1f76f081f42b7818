package legible.format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import legible.model.Architecture;
import legible.nn.Declaration;
import legible.nn.Layer;
import legible.nn.LayerConfig;
import legible.nn.Layers;
import legible.nn.Sequential;
import legible.tensor.Shape;

/// An architecture as bytes: its name, the shape of a sample, and the layers as a tree of kinds,
/// names and settings. No class is ever named.
final class ArchitectureCodec {
  /// Two lengths, one character each, two counts.
  private static final int SMALLEST_LAYER = 4 * Integer.BYTES + 2;

  private ArchitectureCodec() {}

  /// Writes an architecture.
  ///
  /// @throws IllegalArgumentException if the reader would refuse what is written: it is asked
  static void write(ByteWriter out, Architecture architecture) {
    ByteWriter own = new ByteWriter();
    write(own, architecture.name(), architecture.input(), architecture.body().config());
    byte[] bytes = own.toByteArray();
    try {
      ByteReader in = new ByteReader("architecture", bytes, 0, bytes.length);
      if (!read(in).equals(architecture)) {
        throw new IllegalArgumentException(
            "model file: architecture '%s' does not come back from its own configuration"
                .formatted(architecture.name()));
      }
    } catch (ModelFormatException e) {
      throw new IllegalArgumentException("model file: " + e.reason(), e);
    }
    out.bytes(bytes);
  }

  static void write(ByteWriter out, String name, Shape input, LayerConfig body) {
    out.name(name);
    out.u32(input.rank());
    for (int dimension : input.toArray()) {
      out.u32(dimension);
    }
    writeLayer(out, body);
  }

  private static void writeLayer(ByteWriter out, LayerConfig layer) {
    out.name(layer.kind());
    out.name(layer.name());
    out.pairs(new TreeMap<>(layer.settings()), "settings", Limits.SETTINGS);
    out.u32(layer.children().size());
    layer.children().forEach(child -> writeLayer(out, child));
  }

  static Architecture read(ByteReader in) throws ModelFormatException {
    String name = in.name("name of the model");
    Shape input = input(in);
    int at = in.position();
    LayerConfig config = new LayerReader(in).read(0);
    if (!(layer(in, at, config) instanceof Sequential body)) {
      throw in.failure(
          at, "a sequential expected around all layers, got '%s'".formatted(config.kind()));
    }
    Architecture architecture = new Architecture(name, input, body);
    try {
      checkSamples(body, input.batchOf(1));
      checkNames(architecture);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(in.source(), at, e.getMessage(), e);
    }
    return architecture;
  }

  private static Shape input(ByteReader in) throws ModelFormatException {
    int rank = in.u32("axes of a sample", 1, Limits.RANK - 1);
    int[] dimensions = new int[rank];
    long elements = 1;
    for (int i = 0; i < rank; i++) {
      int at = in.position();
      dimensions[i] = in.u32("axis of a sample", 1, Limits.SAMPLE_ELEMENTS);
      elements *= dimensions[i];
      if (elements > Limits.SAMPLE_ELEMENTS) {
        throw in.failure(
            at,
            "a sample: at most %d elements expected, got more".formatted(Limits.SAMPLE_ELEMENTS));
      }
    }
    return Shape.of(dimensions);
  }

  /// The layer, if its bytes are exactly what the layer itself would write: no setting too many, no
  /// `03` for `3`. (Bytes and not records are compared for the sake of quick starts: the first
  /// `equals` of a record in a process costs some 20 ms.)
  private static Layer layer(ByteReader in, int at, LayerConfig config)
      throws ModelFormatException {
    Layer layer;
    ByteWriter canonical = new ByteWriter();
    try {
      layer = Layers.of(config);
      writeLayer(canonical, layer.config());
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(in.source(), at, e.getMessage(), e);
    }
    int different = in.mismatch(at, canonical.toByteArray());
    if (different >= 0) {
      throw in.failure(
          different,
          "layers: exactly their own settings in their canonical form expected, not what is here");
    }
    return layer;
  }

  private static void checkNames(Architecture architecture) {
    Set<String> names = new HashSet<>();
    for (Declaration declaration : architecture.declarations()) {
      if (!names.add(declaration.name())) {
        throw new IllegalArgumentException(
            "layers: two parameters are named '%s'".formatted(declaration.name()));
      }
    }
  }

  /// Follows a sample through all layers. Within these bounds no shape arithmetic overflows.
  ///
  /// @throws IllegalArgumentException if the layers do not fit together or a sample grows too large
  private static void checkSamples(Layer layer, Shape input) {
    Shape output = layer.outputShape(input);
    if (output.size() > Limits.SAMPLE_ELEMENTS) {
      throw new IllegalArgumentException(
          "layer '%s': at most %d elements a sample expected, got %s"
              .formatted(layer.name(), Limits.SAMPLE_ELEMENTS, output));
    }
    layer.inside(input).forEach(placed -> checkSamples(placed.layer(), placed.input()));
  }

  /// Reads the tree of layers and counts them on the way.
  private static final class LayerReader {
    private final ByteReader in;
    private int layers;

    LayerReader(ByteReader in) {
      this.in = in;
    }

    LayerConfig read(int depth) throws ModelFormatException {
      int at = in.position();
      if (++layers > Limits.LAYERS) {
        throw in.failure(at, "layers: at most %d expected".formatted(Limits.LAYERS));
      }
      if (depth >= Limits.DEPTH) {
        throw in.failure(
            at, "layers: at most %d inside of each other expected".formatted(Limits.DEPTH));
      }
      String kind = in.name("kind of a layer");
      String name = in.name("name of a layer");
      SortedMap<String, String> settings = in.pairs("settings of a layer", Limits.SETTINGS);
      int count = in.count("layers", Limits.LAYERS, SMALLEST_LAYER);
      List<LayerConfig> children = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        children.add(read(depth + 1));
      }
      return new LayerConfig(kind, name, settings, children);
    }
  }
}

package legible.nn;

import java.util.Locale;
import legible.kernel.Activation;

/// The kinds of layers by the names that model files use, and checks that all layers share.
public final class Layers {
  /// The most filters or units a layer may have: far above any published network, and low enough
  /// that no product of sizes in a hostile file comes near an overflow.
  static final int MAX_CHANNELS = 1 << 20;

  /// The largest window or stride.
  static final int MAX_WINDOW = 1024;

  private Layers() {}

  /// The layer that a configuration describes.
  ///
  /// @throws IllegalArgumentException if the kind is unknown or a setting is missing or out of range
  public static Layer of(LayerConfig config) {
    return switch (config.kind()) {
      case AveragePoolLayer.KIND -> AveragePoolLayer.of(config);
      case BatchNormLayer.KIND -> BatchNormLayer.of(config);
      case ConvLayer.KIND -> ConvLayer.of(config);
      case DenseLayer.KIND -> DenseLayer.of(config);
      case DropoutLayer.KIND -> DropoutLayer.of(config);
      case FlattenLayer.KIND -> FlattenLayer.of(config);
      case GlobalAveragePoolLayer.KIND -> GlobalAveragePoolLayer.of(config);
      case MaxPoolLayer.KIND -> MaxPoolLayer.of(config);
      case ReluLayer.KIND -> ReluLayer.of(config);
      case ResidualBlock.KIND -> ResidualBlock.of(config);
      case Sequential.KIND -> Sequential.of(config);
      default ->
          throw new IllegalArgumentException(
              "layer '%s': a known kind expected, got '%s'"
                  .formatted(config.name(), config.kind()));
    };
  }

  /// He's initializer before a ReLU, Glorot's otherwise.
  static Initializer initializerFor(Activation activation) {
    return activation == Activation.RELU ? Initializer.HE : Initializer.GLOROT;
  }

  static void check(String layer, String setting, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "layer '%s': %s expected >= 1, got %d".formatted(layer, setting, value));
    }
  }

  static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

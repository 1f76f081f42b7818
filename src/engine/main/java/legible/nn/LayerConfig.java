package legible.nn;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import legible.kernel.Activation;

/// A layer as data: what a model file stores instead of a class name.
///
/// @param kind which layer, such as `conv2d`; see [Layers]
/// @param name the layer's name in the model
/// @param settings its settings by name, as text
/// @param children the layers inside of it, if it is a container
public record LayerConfig(
    String kind, String name, Map<String, String> settings, List<LayerConfig> children) {
  public LayerConfig {
    settings = Map.copyOf(settings);
    children = List.copyOf(children);
  }

  /// A layer without children.
  ///
  /// @param settings names and values in turn
  static LayerConfig of(String kind, String name, Object... settings) {
    Map<String, String> map = new TreeMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      map.put((String) settings[i], settings[i + 1].toString().toLowerCase(Locale.ROOT));
    }
    return new LayerConfig(kind, name, map, List.of());
  }

  /// The settings in the order of their names: equal layers give equal bytes.
  public Map<String, String> sortedSettings() {
    return new TreeMap<>(settings);
  }

  /// A whole number.
  ///
  /// @throws IllegalArgumentException if it is missing, no number or out of range
  int integer(String key, int low, int high) {
    String text = text(key);
    if (text.matches("-?[0-9]{1,9}")) {
      int value = Integer.parseInt(text);
      if (value >= low && value <= high) {
        return value;
      }
    }
    throw invalid(key, "a whole number in " + low + ".." + high, text);
  }

  /// A finite float.
  float real(String key) {
    String text = text(key);
    if (text.matches("-?[0-9]{1,20}(\\.[0-9]{1,20})?(e-?[0-9]{1,2})?")) {
      return Float.parseFloat(text);
    }
    throw invalid(key, "a number", text);
  }

  boolean flag(String key) {
    String text = text(key);
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(key, "true or false", text);
    };
  }

  Activation activation() {
    return constant(Activation.class, "activation");
  }

  <E extends Enum<E>> E constant(Class<E> type, String key) {
    String text = text(key);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    throw invalid(key, "one of " + List.of(type.getEnumConstants()), text);
  }

  String text(String key) {
    String text = settings.get(key);
    if (text == null) {
      throw invalid(key, "a value", "nothing");
    }
    return text;
  }

  private IllegalArgumentException invalid(String key, String expected, String got) {
    return new IllegalArgumentException(
        "layer '%s' (%s): %s expected for '%s', got '%s'"
            .formatted(name, kind, expected, key, got));
  }
}

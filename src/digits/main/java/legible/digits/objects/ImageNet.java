package legible.digits.objects;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import legible.digits.finetune.ClassNames;
import legible.digits.image.ColourImage;

/// The classes of ImageNet, and how pictures are prepared for networks trained with it.
///
/// ```
///  shorter side to 8/7 of the input's (256 for 224) → the middle → (light - mean) / deviation
/// ```
///
/// Source: Krizhevsky et al. 2012, section 4.1; means and deviations as torchvision has them.
public final class ImageNet {
  /// In a model's metadata: how its pictures are prepared.
  public static final String PREPARATION = "pictures.preparation";

  /// The value that means this class.
  public static final String NAME = "imagenet";

  /// Red, green and blue.
  static final int COLOURS = 3;

  private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

  private ImageNet() {}

  /// The thousand classes in the order of public models.
  public static ClassNames classes() throws IOException {
    try (InputStream in = ImageNet.class.getResourceAsStream("imagenet.txt")) {
      return names("imagenet.txt", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /// Names from a text file, one in each line.
  ///
  /// @throws IOException if it cannot be read or a line is empty, comes twice or has a `/`
  public static ClassNames read(Path file) throws IOException {
    return names(file.toString(), Files.readString(file));
  }

  private static ClassNames names(String source, String text) throws IOException {
    List<String> lines = text.lines().map(String::strip).toList();
    Set<String> seen = new HashSet<>();
    for (String line : lines) {
      if (line.isEmpty() || line.contains("/") || !seen.add(line)) {
        throw new IOException(
            "%s: a name of its own, without '/', in each line expected, got '%s'"
                .formatted(source, line));
      }
    }
    return new ClassNames(lines);
  }

  /// What a network is given.
  ///
  /// @param size rows and columns of its input
  static float[] prepare(ColourImage image, int size) {
    float[] values = image.shorterSide(size * 8 / 7).middle(size).values();
    for (int i = 0; i < values.length; i++) {
      int c = i % COLOURS;
      values[i] = (values[i] - MEAN[c]) / DEVIATION[c];
    }
    return values;
  }
}

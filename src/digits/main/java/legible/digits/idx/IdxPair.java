package legible.digits.idx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Pictures of 28 x 28 pixels and their labels in two IDX files beside each other, named as MNIST's
/// are: `NAME-images-idx3-ubyte` and `NAME-labels-idx1-ubyte`, plain or with the ending `.gz`.
///
/// @param images the pictures, at least one
/// @param hashes SHA-256 of each uncompressed file by its name
public record IdxPair(LabelledImages images, Map<String, String> hashes) {
  private static final String IMAGES = "-images-idx3-ubyte";
  private static final String LABELS = "-labels-idx1-ubyte";
  private static final String COMPRESSED = ".gz";

  /// A label is one byte.
  private static final int MOST_CLASSES = 256;

  public IdxPair {
    hashes = Map.copyOf(hashes);
  }

  /// The file of pictures with this name before `-images-idx3-ubyte`, if there is one.
  public static Optional<Path> find(Path folder, String name) {
    return existing(folder.resolve(name + IMAGES));
  }

  /// A file with this name or, before it, the compressed one.
  static Optional<Path> existing(Path plain) {
    Path compressed = plain.resolveSibling(plain.getFileName() + COMPRESSED);
    return Files.exists(compressed)
        ? Optional.of(compressed)
        : Optional.of(plain).filter(Files::exists);
  }

  /// Reads a file of pictures and the file of labels that belongs to it.
  ///
  /// @throws IdxFormatException if a file is of another form, or holds no picture
  /// @throws NoSuchFileException if there are no labels
  public static IdxPair read(Path imagesFile) throws IOException {
    String name = plainName(imagesFile);
    if (!name.endsWith(IMAGES)) {
      throw new IOException(
          "%s: the name of a file of pictures expected, NAME%s or NAME%s.gz"
              .formatted(imagesFile, IMAGES, IMAGES));
    }
    String labelsName = name.substring(0, name.length() - IMAGES.length()) + LABELS;
    Path wanted = imagesFile.resolveSibling(labelsName);
    Path labelsFile =
        existing(wanted)
            .orElseThrow(
                () ->
                    new NoSuchFileException(
                        wanted.toString(), null, "the labels of " + name + " expected here"));
    IdxFile images = IdxFile.read(imagesFile, IdxFile.ANY, Mnist.PIXELS, Mnist.PIXELS);
    IdxFile labels = IdxFile.read(labelsFile, IdxFile.ANY);
    if (images.lengths()[0] == 0) {
      throw new IdxFormatException(imagesFile, 4, "at least one picture expected, got none");
    }
    return new IdxPair(
        LabelledImages.of(imagesFile, images, labelsFile, labels, MOST_CLASSES),
        Map.of(name, images.sha256(), labelsName, labels.sha256()));
  }

  private static String plainName(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(COMPRESSED)
        ? name.substring(0, name.length() - COMPRESSED.length())
        : name;
  }
}

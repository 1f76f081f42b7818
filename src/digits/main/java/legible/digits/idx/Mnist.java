package legible.digits.idx;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// The MNIST data set in a folder of four IDX files, plain or with the ending `.gz`.
///
/// The training and the test pictures are loaded by separate calls, so that what trains never holds
/// the test pictures.
///
/// @param images the pictures
/// @param hashes SHA-256 of each uncompressed file by its name
public record Mnist(LabelledImages images, Map<String, String> hashes) {
  /// Height and width of a picture.
  public static final int PIXELS = 28;

  /// The digits 0 to 9.
  public static final int CLASSES = 10;

  /// The last pictures of the training files, kept aside for choosing.
  public static final int VALIDATION = 5_000;

  /// Of the uncompressed files as LeCun published them.
  private static final Map<String, String> SHA256 =
      Map.of(
          "train-images-idx3-ubyte",
          "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
          "train-labels-idx1-ubyte",
          "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
          "t10k-images-idx3-ubyte",
          "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
          "t10k-labels-idx1-ubyte",
          "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

  public Mnist {
    hashes = Map.copyOf(hashes);
  }

  /// The 60,000 training pictures.
  ///
  /// @throws IdxFormatException if a file is not MNIST's, or damaged
  /// @throws NoSuchFileException if a file is missing
  public static Mnist training(Path folder) throws IOException {
    return load(folder, "train", 60_000);
  }

  /// The 10,000 test pictures: for final figures only.
  ///
  /// @throws IdxFormatException if a file is not MNIST's, or damaged
  /// @throws NoSuchFileException if a file is missing
  public static Mnist test(Path folder) throws IOException {
    return load(folder, "t10k", 10_000);
  }

  /// The training pictures of another data set in MNIST's form and with its file names, such as
  /// Fashion-MNIST: any number of pictures of 28 x 28 pixels, labels 0 to 9, any hash.
  ///
  /// @throws IdxFormatException if a file is not of that form
  /// @throws NoSuchFileException if a file is missing
  public static Mnist unverifiedTraining(Path folder) throws IOException {
    return load(folder, "train", IdxFile.ANY);
  }

  /// The test pictures of such a data set.
  ///
  /// @throws IdxFormatException if a file is not of that form
  /// @throws NoSuchFileException if a file is missing
  public static Mnist unverifiedTest(Path folder) throws IOException {
    return load(folder, "t10k", IdxFile.ANY);
  }

  /// Whether all of these files are MNIST's own.
  ///
  /// @param hashes SHA-256 of each uncompressed file by its name
  public static boolean isOriginal(Map<String, String> hashes) {
    return SHA256.entrySet().containsAll(hashes.entrySet());
  }

  private static Mnist load(Path folder, String prefix, int count) throws IOException {
    String imagesName = prefix + "-images-idx3-ubyte";
    String labelsName = prefix + "-labels-idx1-ubyte";
    Path imagesFile = find(folder, imagesName);
    Path labelsFile = find(folder, labelsName);
    IdxFile images = IdxFile.read(imagesFile, count, PIXELS, PIXELS);
    IdxFile labels = IdxFile.read(labelsFile, count);
    if (count != IdxFile.ANY) {
      verify(imagesFile, imagesName, images);
      verify(labelsFile, labelsName, labels);
    } else if (images.lengths()[0] == 0) {
      throw new IdxFormatException(imagesFile, 4, "at least one picture expected, got none");
    }
    Map<String, String> hashes = new TreeMap<>();
    hashes.put(imagesName, images.sha256());
    hashes.put(labelsName, labels.sha256());
    return new Mnist(LabelledImages.of(imagesFile, images, labelsFile, labels, CLASSES), hashes);
  }

  private static Path find(Path folder, String name) throws NoSuchFileException {
    Path plain = folder.resolve(name);
    return IdxPair.existing(plain)
        .orElseThrow(
            () ->
                new NoSuchFileException(
                    plain.toString(),
                    null,
                    "MNIST's file expected here, plain or with .gz; name its folder with --data"));
  }

  private static void verify(Path file, String name, IdxFile idx) throws IdxFormatException {
    if (!idx.sha256().equals(SHA256.get(name))) {
      throw new IdxFormatException(
          file,
          0,
          "MNIST's %s with the SHA-256 %s expected, got %s; fetch the file anew"
              .formatted(name, SHA256.get(name), idx.sha256()));
    }
  }
}

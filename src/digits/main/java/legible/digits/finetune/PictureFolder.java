package legible.digits.finetune;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import legible.digits.idx.LabelledImages;
import legible.digits.image.DigitNormalizer;
import legible.digits.image.GrayImage;
import legible.digits.image.ImageFile;

/// A folder with a sub-folder for each class, which has the class's name and its pictures. Pictures
/// are read as `legible predict` reads them and kept with 256 levels of grey, as MNIST's are. Hidden
/// files and files beside the sub-folders are passed over.
///
/// @param classes the names of the sub-folders
/// @param images the pictures, by class and then by file name
/// @param sha256 of the names and bytes of all pictures, hexadecimal
/// @param skipped why pictures were left out, a line for each
record PictureFolder(
    ClassNames classes, LabelledImages images, String sha256, List<String> skipped) {
  private static final int MOST_CLASSES = 256;
  private static final int SIZE = DigitNormalizer.SIZE;

  /// Reasons that a message tells one by one.
  private static final int MOST_REASONS = 5;

  PictureFolder {
    skipped = List.copyOf(skipped);
  }

  /// A file and the class that it is said to show.
  private record Labelled(Path file, int label) {}

  /// What became of a file: its pixels, or the reason why there are none.
  private record Outcome(byte[] pixels, String reason, byte[] sha256) {
    boolean isPicture() {
      return reason.isEmpty();
    }
  }

  /// Reads a folder.
  ///
  /// @param skip whether files that show nothing readable are left out; else they are refused
  /// @throws IOException if there are no classes, a class without pictures, or files that are no
  ///     pictures; the message says which
  static PictureFolder read(Path folder, boolean skip) throws IOException {
    ClassNames classes = classes(folder);
    List<Labelled> files = new ArrayList<>();
    for (int label = 0; label < classes.count(); label++) {
      for (Path file : visible(folder.resolve(classes.names().get(label)))) {
        files.add(new Labelled(file, label));
      }
    }
    List<Outcome> outcomes = files.parallelStream().map(f -> outcome(f.file())).toList();
    List<String> reasons =
        outcomes.stream().map(Outcome::reason).filter(r -> !r.isEmpty()).toList();
    if (!skip && !reasons.isEmpty()) {
      throw new IOException(refusal(folder, reasons, files.size()));
    }
    int[] good =
        IntStream.range(0, files.size()).filter(i -> outcomes.get(i).isPicture()).toArray();
    byte[] pixels = new byte[Math.multiplyExact(good.length, SIZE * SIZE)];
    byte[] labels = new byte[good.length];
    MessageDigest digest = newDigest();
    for (int i = 0; i < good.length; i++) {
      Labelled file = files.get(good[i]);
      Outcome outcome = outcomes.get(good[i]);
      System.arraycopy(outcome.pixels(), 0, pixels, i * SIZE * SIZE, SIZE * SIZE);
      labels[i] = (byte) file.label();
      String name = classes.names().get(file.label()) + "/" + file.file().getFileName() + "\n";
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update(outcome.sha256());
    }
    requirePictures(folder, classes, labels);
    return new PictureFolder(
        classes,
        new LabelledImages(pixels, 0, labels, 0, good.length, SIZE, SIZE),
        HexFormat.of().formatHex(digest.digest()),
        reasons);
  }

  private static ClassNames classes(Path folder) throws IOException {
    List<String> names =
        visible(folder).stream()
            .filter(Files::isDirectory)
            .map(p -> p.getFileName().toString())
            .toList();
    if (names.isEmpty() || names.size() > MOST_CLASSES) {
      throw new IOException(
          "%s: 1 to %d sub-folders named after the classes expected, such as %s, got %d"
              .formatted(folder, MOST_CLASSES, folder.resolve("7"), names.size()));
    }
    return ClassNames.sorted(names);
  }

  private static List<Path> visible(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(p -> !p.getFileName().toString().startsWith(".")).sorted().toList();
    }
  }

  private static void requirePictures(Path folder, ClassNames classes, byte[] labels)
      throws IOException {
    for (int label = 0; label < classes.count(); label++) {
      int wanted = label;
      if (IntStream.range(0, labels.length).noneMatch(i -> (labels[i] & 0xff) == wanted)) {
        throw new IOException(
            folder.resolve(classes.names().get(label))
                + ": at least one picture expected, got none");
      }
    }
  }

  private static String refusal(Path folder, List<String> reasons, int files) {
    String some = reasons.stream().limit(MOST_REASONS).collect(Collectors.joining("; "));
    return "%s: %d of %d files cannot be learnt from: %s%s; remove them or give --skip-unreadable"
        .formatted(
            folder,
            reasons.size(),
            files,
            some,
            reasons.size() > MOST_REASONS
                ? "; and " + (reasons.size() - MOST_REASONS) + " more"
                : "");
  }

  private static Outcome outcome(Path file) {
    try {
      byte[] bytes = ImageFile.bytes(file);
      GrayImage light = ImageFile.decode(file.toString(), bytes);
      float[] ink = DigitNormalizer.steps(file.toString(), light).getLast().result().values();
      byte[] pixels = new byte[ink.length];
      for (int i = 0; i < ink.length; i++) {
        pixels[i] = (byte) Math.clamp(Math.round(255 * ink[i]), 0, 255);
      }
      return new Outcome(pixels, "", newDigest().digest(bytes));
    } catch (IOException e) {
      return new Outcome(new byte[0], String.valueOf(e.getMessage()), new byte[0]);
    }
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}

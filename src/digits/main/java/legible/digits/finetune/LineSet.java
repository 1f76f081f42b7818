package legible.digits.finetune;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import legible.digits.idx.Mnist;
import legible.digits.image.ImageFile;
import legible.digits.photos.Photo;

/// Labelled pictures of lines that somebody brings, and MNIST, from which other lines are composed.
///
/// @param photos the pictures, in the order of the folder's table
/// @param kind the only kind of pictures taken, if not all
/// @param mnist the folder of MNIST's files
/// @param hashes SHA-256 of the data by name, for provenance
public record LineSet(
    List<Photo> photos, Optional<String> kind, Path mnist, SortedMap<String, String> hashes) {
  /// The name of the pictures in provenance: the folder's may tell what is nobody's business.
  private static final String PICTURES = "pictures";

  private static final int FEWEST = 2;

  public LineSet {
    photos = List.copyOf(photos);
  }

  /// Reads the table of a folder, see [Photo#in], and the hashes of its pictures of numbers.
  ///
  /// @param kind take only pictures of this kind, as the table has it
  /// @throws IOException if there are too few pictures, or files are missing
  public static LineSet read(Path folder, Optional<String> kind, Path mnist) throws IOException {
    List<Photo> photos =
        Photo.in(folder).stream()
            .filter(p -> !p.isSingle() && (kind.isEmpty() || kind.get().equals(p.kind())))
            .toList();
    if (photos.size() < FEWEST) {
      throw new IOException(
          "%s: at least %d pictures of whole numbers%s expected in labels.csv, one of them to measure on, got %d"
              .formatted(
                  folder,
                  FEWEST,
                  kind.map(k -> " of the kind '" + k + "'").orElse(""),
                  photos.size()));
    }
    SortedMap<String, String> hashes = new TreeMap<>();
    hashes.put(PICTURES, sha256(folder, photos));
    Mnist.training(mnist)
        .hashes()
        .forEach((name, hash) -> hashes.put(Beginning.REHEARSAL_PREFIX + name, hash));
    return new LineSet(photos, kind, mnist, hashes);
  }

  /// Of the names, labels and bytes of all pictures.
  private static String sha256(Path folder, List<Photo> photos) throws IOException {
    try {
      MessageDigest all = MessageDigest.getInstance("SHA-256");
      for (Photo photo : photos) {
        byte[] picture = MessageDigest.getInstance("SHA-256").digest(ImageFile.bytes(photo.file()));
        String name =
            folder
                .toAbsolutePath()
                .relativize(photo.file().toAbsolutePath())
                .toString()
                .replace('\\', '/');
        all.update((name + "," + photo.label() + "\n").getBytes(StandardCharsets.UTF_8));
        all.update(picture);
      }
      return HexFormat.of().formatHex(all.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}

package legible.digits.finetune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import legible.digits.idx.IdxPair;
import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;

/// Labelled pictures that somebody brings: a folder with a sub-folder for each class, a folder of IDX
/// files named as MNIST's, or one IDX file of pictures with its labels beside it. Of MNIST itself the
/// validation pictures are left out, so that `legible calibrate` can use them afterwards.
///
/// @param classes what the labels stand for
/// @param images the pictures
/// @param test test pictures that the set keeps apart itself, as MNIST does
/// @param hashes SHA-256 of the data by name, for provenance
/// @param skipped why pictures were left out, a line for each
public record PictureSet(
    ClassNames classes,
    LabelledImages images,
    Optional<LabelledImages> test,
    SortedMap<String, String> hashes,
    List<String> skipped) {
  /// The name of a folder of pictures in provenance: its own may tell what is nobody's business.
  private static final String FOLDER = "pictures";

  public PictureSet {
    hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
    skipped = List.copyOf(skipped);
  }

  /// Reads a set.
  ///
  /// @param place the folder or the file
  /// @param skip whether pictures that cannot be read are left out instead of refused
  /// @throws IOException if it is none of the three, or parts of it are wrong
  public static PictureSet read(Path place, boolean skip) throws IOException {
    if (!Files.exists(place)) {
      throw new NoSuchFileException(
          place.toString(),
          null,
          "a folder with a sub-folder of pictures for each class, or IDX files, expected");
    }
    if (!Files.isDirectory(place)) {
      return of(IdxPair.read(place), Optional.empty());
    }
    Optional<Path> training = IdxPair.find(place, "train");
    if (training.isPresent()) {
      Optional<Path> test = IdxPair.find(place, "t10k");
      return of(
          IdxPair.read(training.get()),
          test.isPresent() ? Optional.of(IdxPair.read(test.get())) : Optional.empty());
    }
    PictureFolder folder = PictureFolder.read(place, skip);
    SortedMap<String, String> hashes = new TreeMap<>();
    hashes.put(FOLDER, folder.sha256());
    return new PictureSet(
        folder.classes(), folder.images(), Optional.empty(), hashes, folder.skipped());
  }

  private static PictureSet of(IdxPair training, Optional<IdxPair> test) {
    SortedMap<String, String> hashes = new TreeMap<>(training.hashes());
    test.ifPresent(t -> hashes.putAll(t.hashes()));
    Optional<LabelledImages> kept = test.map(IdxPair::images);
    int most = Math.max(highest(training.images()), kept.map(PictureSet::highest).orElse(0));
    LabelledImages all = training.images();
    boolean mnist = Mnist.isOriginal(training.hashes());
    return new PictureSet(
        ClassNames.numbers(most + 1),
        mnist ? all.part(0, all.size() - Mnist.VALIDATION) : all,
        kept,
        hashes,
        List.of());
  }

  private static int highest(LabelledImages images) {
    return IntStream.range(0, images.size()).map(images::label).max().orElse(0);
  }

  /// The same pictures with labels by the order of other classes.
  ///
  /// @throws IllegalArgumentException if a class is not among them
  PictureSet in(ClassNames others) {
    int[] places = others.indicesOf(classes);
    return new PictureSet(
        others, images.relabelled(places), test.map(t -> t.relabelled(places)), hashes, skipped);
  }
}

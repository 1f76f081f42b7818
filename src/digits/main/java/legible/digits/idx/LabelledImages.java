package legible.digits.idx;

import java.io.IOException;
import java.nio.file.Path;

/// Grey pictures of one size with a class each.
///
/// @param pixels grey values 0..255 of all pictures, row-major, from `start`
/// @param start offset of the first picture
/// @param labels the classes
/// @param from offset of the first label
/// @param size number of pictures
/// @param height rows of a picture
/// @param width columns of a picture
public record LabelledImages(
    byte[] pixels, int start, byte[] labels, int from, int size, int height, int width) {
  /// Reads a pair of IDX files.
  ///
  /// @param classes labels must be in `[0, classes)`
  /// @throws IdxFormatException if the files are wrong or do not belong together
  public static LabelledImages of(
      Path imagesFile, IdxFile images, Path labelsFile, IdxFile labels, int classes)
      throws IOException {
    int count = images.lengths()[0];
    if (labels.lengths()[0] != count) {
      throw new IdxFormatException(
          labelsFile,
          4,
          count
              + " labels expected, one for each picture in "
              + imagesFile.getFileName()
              + ", got "
              + labels.lengths()[0]);
    }
    for (int i = labels.start(); i < labels.bytes().length; i++) {
      if ((labels.bytes()[i] & 0xff) >= classes) {
        throw new IdxFormatException(
            labelsFile,
            i,
            "a label in 0.." + (classes - 1) + " expected, got " + (labels.bytes()[i] & 0xff));
      }
    }
    return new LabelledImages(
        images.bytes(),
        images.start(),
        labels.bytes(),
        labels.start(),
        count,
        images.lengths()[1],
        images.lengths()[2]);
  }

  /// The class of a picture.
  public int label(int index) {
    return labels[from + index] & 0xff;
  }

  /// Where the pixels of a picture start.
  public int offset(int index) {
    return start + index * height * width;
  }

  /// Some of the pictures in this order, copied; a picture may come more than once.
  public LabelledImages select(int[] indices) {
    int picture = height * width;
    byte[] chosen = new byte[Math.multiplyExact(indices.length, picture)];
    byte[] classes = new byte[indices.length];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(pixels, offset(indices[i]), chosen, i * picture, picture);
      classes[i] = (byte) label(indices[i]);
    }
    return new LabelledImages(chosen, 0, classes, 0, indices.length, height, width);
  }

  /// These pictures and then the others, copied.
  ///
  /// @throws IllegalArgumentException if those have another size
  public LabelledImages and(LabelledImages others) {
    if (others.height != height || others.width != width) {
      throw new IllegalArgumentException(
          "LabelledImages: pictures of %d x %d expected, got %d x %d"
              .formatted(height, width, others.height, others.width));
    }
    int picture = height * width;
    byte[] allPixels = new byte[Math.multiplyExact(size + others.size, picture)];
    System.arraycopy(pixels, start, allPixels, 0, size * picture);
    System.arraycopy(others.pixels, others.start, allPixels, size * picture, others.size * picture);
    byte[] allLabels = new byte[size + others.size];
    System.arraycopy(labels, from, allLabels, 0, size);
    System.arraycopy(others.labels, others.from, allLabels, size, others.size);
    return new LabelledImages(allPixels, 0, allLabels, 0, size + others.size, height, width);
  }

  /// The same pictures with other classes: `classes[k]` for k.
  public LabelledImages relabelled(int[] classes) {
    byte[] changed = new byte[size];
    for (int i = 0; i < size; i++) {
      changed[i] = (byte) classes[label(i)];
    }
    return new LabelledImages(pixels, start, changed, 0, size, height, width);
  }

  /// The pictures `[first, first + count)`; the arrays are shared.
  public LabelledImages part(int first, int count) {
    return new LabelledImages(pixels, offset(first), labels, from + first, count, height, width);
  }
}

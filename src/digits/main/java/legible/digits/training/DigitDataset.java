package legible.digits.training;

import java.util.Arrays;
import java.util.Optional;
import legible.digits.augment.Augmenter;
import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;
import legible.tensor.Shape;
import legible.train.Dataset;

/// Labelled pictures as a network reads them: pixels in [0, 1], distorted or as they are.
public final class DigitDataset implements Dataset {
  private final LabelledImages images;
  private final Optional<Augmenter> augmenter;
  private final Augmenter.Scratch[] scratch;

  /// Pictures for training or evaluation.
  ///
  /// @param images the pictures
  /// @param augmenter how pictures are distorted, if at all
  /// @param threads that may call [#read] at the same time
  public DigitDataset(LabelledImages images, Optional<Augmenter> augmenter, int threads) {
    this.images = images;
    this.augmenter = augmenter;
    this.scratch = new Augmenter.Scratch[threads];
    Arrays.setAll(scratch, i -> new Augmenter.Scratch());
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public Shape sample() {
    return Shape.of(images.height(), images.width(), 1);
  }

  @Override
  public int classes() {
    return Mnist.CLASSES;
  }

  @Override
  public int label(int index) {
    return images.label(index);
  }

  @Override
  public void read(int index, int epoch, int worker, float[] target, int offset) {
    int first = images.offset(index);
    if (augmenter.isPresent()) {
      augmenter
          .get()
          .augment(images.pixels(), first, epoch, index, target, offset, scratch[worker]);
      return;
    }
    for (int i = 0; i < images.height() * images.width(); i++) {
      target[offset + i] = (images.pixels()[first + i] & 0xff) / 255f;
    }
  }
}

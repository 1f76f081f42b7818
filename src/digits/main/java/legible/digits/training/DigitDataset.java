package legible.digits.training;

import java.util.Arrays;
import java.util.Optional;
import legible.digits.augment.Augmenter;
import legible.digits.idx.LabelledImages;
import legible.digits.image.InputFrame;
import legible.tensor.Shape;
import legible.train.Dataset;

/// Labelled pictures as a network reads them: pixels in [0, 1], distorted or as they are.
public final class DigitDataset implements Dataset {
  private final LabelledImages images;
  private final Optional<Augmenter> augmenter;
  private final Augmenter.Scratch[] scratch;
  private final Shape sample;
  private final int classes;
  private final InputFrame frame;
  private final float[][] unframed;

  /// Pictures for training or evaluation.
  ///
  /// @param images the pictures
  /// @param augmenter how pictures are distorted, if at all
  /// @param threads that may call [#read] at the same time
  /// @param sample the network's input, see [InputFrame]
  /// @param classes what it tells apart
  /// @throws IllegalArgumentException if the pictures do not fit into the input
  public DigitDataset(
      LabelledImages images,
      Optional<Augmenter> augmenter,
      int threads,
      Shape sample,
      int classes) {
    this.images = images;
    this.sample = sample;
    this.classes = classes;
    this.frame = new InputFrame(sample, images.height(), images.width());
    this.unframed = new float[threads][frame.isExact() ? 0 : images.height() * images.width()];
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
    return sample;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int label(int index) {
    return images.label(index);
  }

  @Override
  public void read(int index, int epoch, int worker, float[] target, int offset) {
    if (frame.isExact()) {
      picture(index, epoch, worker, target, offset);
      return;
    }
    picture(index, epoch, worker, unframed[worker], 0);
    frame.place(unframed[worker], target, offset);
  }

  private void picture(int index, int epoch, int worker, float[] target, int offset) {
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

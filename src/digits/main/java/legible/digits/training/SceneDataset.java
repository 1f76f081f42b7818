package legible.digits.training;

import java.util.Arrays;
import legible.digits.augment.Scenes;
import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;
import legible.tensor.Shape;
import legible.train.Dataset;

/// Training pictures in scenes: the digits, and behind them pictures of no class.
final class SceneDataset implements Dataset {
  private final LabelledImages images;
  private final Scenes scenes;
  private final int strangers;
  private final Scenes.Scratch[] scratch;

  /// @param strangers how many pictures of no digit there are
  /// @param threads that may call [#read] at the same time
  SceneDataset(LabelledImages images, Scenes scenes, int strangers, int threads) {
    this.images = images;
    this.scenes = scenes;
    this.strangers = strangers;
    this.scratch = new Scenes.Scratch[threads];
    Arrays.setAll(scratch, i -> new Scenes.Scratch());
  }

  @Override
  public int size() {
    return images.size() + strangers;
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
    return index < images.size() ? images.label(index) : NO_CLASS;
  }

  @Override
  public void read(int index, int epoch, int worker, float[] target, int offset) {
    if (index < images.size()) {
      int first = images.offset(index);
      scenes.digit(images.pixels(), first, epoch, index, target, offset, scratch[worker]);
    } else {
      scenes.stranger(images, epoch, index, target, offset, scratch[worker]);
    }
  }
}

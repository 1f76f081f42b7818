package legible.digits.augment;

import legible.digits.augment.background.Scenery;
import legible.digits.augment.stranger.Strangers;
import legible.digits.idx.LabelledImages;
import legible.random.CounterRandom;

/// The training pictures of a robust reader, as a function of (seed, epoch, index): some distorted as
/// ever, the others distorted more and put into a scene; and pictures of no digit.
public final class Scenes {
  private final SceneShare share;
  private final Augmenter plain;
  private final Augmenter strong;
  private final CounterRandom random;

  /// @param augmentation of the pictures without a scene
  public Scenes(SceneShare share, Augmentation augmentation, long seed) {
    this.share = share;
    this.plain = new Augmenter(augmentation, seed);
    this.strong = new Augmenter(Augmentation.STRONG, seed);
    this.random = new CounterRandom(seed).split("scenes");
  }

  /// Memory of one thread.
  public static final class Scratch {
    private final Augmenter.Scratch augmenter = new Augmenter.Scratch();
    private final Scenery.Scratch scenery = new Scenery.Scratch();
  }

  /// Writes one digit.
  ///
  /// @param pixels grey values 0..255, row-major
  /// @param offset where the picture starts
  /// @param epoch 0-based epoch
  /// @param index which sample
  /// @param target receives 784 values in [0, 1]
  /// @param targetOffset where in target
  /// @param scratch of the calling thread
  public void digit(
      byte[] pixels,
      int offset,
      int epoch,
      int index,
      float[] target,
      int targetOffset,
      Scratch scratch) {
    CounterRandom draw = random.split(epoch).split(index);
    boolean inScene = draw.uniform(0) < share.scenes();
    (inScene ? strong : plain)
        .augment(pixels, offset, epoch, index, target, targetOffset, scratch.augmenter);
    if (inScene) {
      Scenery.draw(draw, target, targetOffset, scratch.scenery);
    }
  }

  /// Writes one picture of no digit.
  ///
  /// @param digits pictures that may become part of it
  public void stranger(
      LabelledImages digits,
      int epoch,
      int index,
      float[] target,
      int targetOffset,
      Scratch scratch) {
    Strangers.draw(random.split(epoch).split(index), digits, target, targetOffset, scratch.scenery);
  }
}

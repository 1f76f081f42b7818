package legible.digits.augment.stranger;

import java.util.Arrays;
import legible.digits.augment.background.Scenery;
import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;
import legible.digits.raster.Raster;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.train.Dataset;

/// Strangers of one kind, to ask a model about. All have the label 0, which means nothing.
public final class StrangerPictures implements Dataset {
  private final Strangers.Kind kind;
  private final LabelledImages digits;
  private final int size;
  private final CounterRandom random;
  private final Scenery.Scratch[] scratch;

  /// @param digits pictures that may become part of it
  /// @param size how many strangers
  /// @param threads that may call [#read] at the same time
  public StrangerPictures(
      Strangers.Kind kind, LabelledImages digits, int size, long seed, int threads) {
    this.kind = kind;
    this.digits = digits;
    this.size = size;
    this.random = new CounterRandom(seed).split("strangers").split(kind.title());
    this.scratch = new Scenery.Scratch[threads];
    Arrays.setAll(scratch, i -> new Scenery.Scratch());
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Shape sample() {
    return Shape.of(Raster.SIZE, Raster.SIZE, 1);
  }

  @Override
  public int classes() {
    return Mnist.CLASSES;
  }

  @Override
  public int label(int index) {
    return 0;
  }

  @Override
  public void read(int index, int epoch, int worker, float[] target, int offset) {
    kind.draw(random.split(index), digits, target, offset, scratch[worker]);
  }
}

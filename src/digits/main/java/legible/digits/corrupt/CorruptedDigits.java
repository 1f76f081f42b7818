package legible.digits.corrupt;

import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;
import legible.digits.raster.Raster;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.train.Dataset;

/// Pictures of digits, each corrupted the same way with draws of its own. Severities of one corruption
/// share their draws: only the strength differs.
final class CorruptedDigits implements Dataset {
  private final LabelledImages images;
  private final Corruption corruption;
  private final double strength;
  private final CounterRandom random;
  private final float[][] pixels;
  private final float[][] scratch;

  /// @param threads that may call [#read] at the same time
  CorruptedDigits(
      LabelledImages images, Corruption corruption, double strength, long seed, int threads) {
    this.images = images;
    this.corruption = corruption;
    this.strength = strength;
    this.random = new CounterRandom(seed).split("corrupt").split(corruption.title());
    this.pixels = new float[threads][Raster.PIXELS];
    this.scratch = new float[threads][Raster.PIXELS];
  }

  @Override
  public int size() {
    return images.size();
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
    return images.label(index);
  }

  @Override
  public void read(int index, int epoch, int worker, float[] target, int offset) {
    float[] picture = pixels[worker];
    int first = images.offset(index);
    for (int i = 0; i < Raster.PIXELS; i++) {
      picture[i] = (images.pixels()[first + i] & 0xff) / 255f;
    }
    corruption.apply(random.split(index), strength, picture, scratch[worker]);
    System.arraycopy(picture, 0, target, offset, Raster.PIXELS);
  }
}

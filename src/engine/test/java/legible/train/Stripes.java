package legible.train;

import legible.kernel.Activation;
import legible.model.Architecture;
import legible.nn.BatchNormLayer;
import legible.nn.ConvLayer;
import legible.nn.DenseLayer;
import legible.nn.DropoutLayer;
import legible.nn.FlattenLayer;
import legible.nn.MaxPoolLayer;
import legible.nn.Sequential;
import legible.op.Padding;
import legible.random.CounterRandom;
import legible.tensor.Shape;

/// Noisy pictures of 6x6 pixels with a bright row that tells the class, one of four.
///
/// @param size the number of samples
/// @param seed of the noise
/// @param wrong whether the labels are the next row's: a set that a good model does badly on
record Stripes(int size, long seed, boolean wrong) implements Dataset {
  private static final int SIDE = 6;

  Stripes(int size) {
    this(size, 9, false);
  }

  @Override
  public Shape sample() {
    return Shape.of(SIDE, SIDE, 1);
  }

  @Override
  public int classes() {
    return 4;
  }

  @Override
  public int label(int index) {
    return (row(index) + (wrong ? 1 : 0)) % 4;
  }

  @Override
  public void read(int index, int epoch, int worker, float[] target, int offset) {
    CounterRandom noise = new CounterRandom(seed).split(epoch).split(index);
    for (int i = 0; i < SIDE * SIDE; i++) {
      target[offset + i] = noise.uniform(i) + (i / SIDE == row(index) + 1 ? 0.5f : 0);
    }
  }

  private static int row(int index) {
    return index % 4;
  }

  /// A network of a few hundred parameters with every kind of state: statistics, dropout, moments.
  static Architecture network() {
    return new Architecture(
        "stripes",
        Shape.of(SIDE, SIDE, 1),
        new Sequential(
            "stripes",
            new ConvLayer("conv", 5, 3, Padding.SAME, Activation.NONE),
            new BatchNormLayer("norm", Activation.RELU),
            new MaxPoolLayer("pool", 2),
            new FlattenLayer("flatten"),
            new DenseLayer("dense1", 12, Activation.RELU),
            new DropoutLayer("dropout", 0.2f),
            new DenseLayer("dense2", 4, Activation.NONE)));
  }
}

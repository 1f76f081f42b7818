package legible;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import legible.autograd.Parameter;
import legible.autograd.Weights;
import legible.kernel.Activation;
import legible.kernel.KernelSet;
import legible.kernel.Kernels;
import legible.model.Architecture;
import legible.model.ResNet;
import legible.model.ResNet.Stem;
import legible.nn.AveragePoolLayer;
import legible.nn.BatchNormLayer;
import legible.nn.ConvLayer;
import legible.nn.DenseLayer;
import legible.nn.DropoutLayer;
import legible.nn.FlattenLayer;
import legible.nn.GlobalAveragePoolLayer;
import legible.nn.Initializer;
import legible.nn.MaxPoolLayer;
import legible.nn.ResidualBlock;
import legible.nn.Sequential;
import legible.op.Padding;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.Workspace;
import legible.train.Adam;
import legible.train.Dataset;
import legible.train.Optimizer;
import legible.train.Schedule;
import legible.train.Sgd;
import legible.train.Trainer;
import legible.train.TrainingPlan;
import legible.train.TrainingState;

/// Trains two small networks that use every layer, 100 steps each, and a narrow ResNet, 20 steps, and
/// prints one SHA-256 over all their weights and losses. [SameBitsTest] runs it in JVMs of different vector widths.
final class SameBitsRun {
  private static final int BATCH = 16;
  private static final int EPOCHS = 2;

  private SameBitsRun() {}

  /// Prints the vector width and the hash.
  ///
  /// @param arguments the kernel set and the number of threads
  public static void main(String[] arguments) {
    KernelSet set = KernelSet.valueOf(arguments[0]);
    try (Kernels kernels = Kernels.create(set, Integer.parseInt(arguments[1]))) {
      System.out.println(kernels.vectorBits() + " " + hash(kernels));
    }
  }

  static String hash(Kernels kernels) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      train(kernels, plain(), 100, plan(Adam.decoupled(0.01f)), digest);
      train(kernels, residual(), 100, plan(new Sgd(0.9f, true, 1e-4f)), digest);
      train(kernels, narrow(), 20, plan(new Sgd(0.9f, false, 1e-4f)), digest);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static void train(
      Kernels kernels,
      Architecture architecture,
      int steps,
      TrainingPlan plan,
      MessageDigest digest) {
    TrainingState state = TrainingState.start(plan, architecture);
    Dataset data = new Noise(BATCH * steps / EPOCHS, architecture.input());
    new Trainer(architecture, plan, new Workspace(kernels), List.of()).fit(state, data, data);
    add(state.weights(), digest);
    add(state.average(), digest);
    digest.update(state.history().toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void add(Weights weights, MessageDigest digest) {
    for (Parameter parameter : weights.all()) {
      float[] data = parameter.value().data();
      ByteBuffer bytes = ByteBuffer.allocate(4 * data.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(data);
      digest.update(bytes);
    }
  }

  private static TrainingPlan plan(Optimizer optimizer) {
    Schedule schedule = new Schedule.OneCycle(0.003, 0.3, 10, 100);
    return new TrainingPlan(
        EPOCHS, BATCH, 7, optimizer, schedule, 0.1f, 0.99f, 5.0, 0, false, List.of());
  }

  /// Odd channel counts on purpose: lanes that are not filled must not matter.
  private static Architecture plain() {
    return new Architecture(
        "plain",
        Shape.of(14, 13, 1),
        new Sequential(
            "plain",
            new ConvLayer("conv1", 16, 3, Padding.SAME, Activation.RELU),
            new MaxPoolLayer("pool1", 2),
            new ConvLayer("conv2", 19, 3, Padding.VALID, Activation.RELU),
            new AveragePoolLayer("pool2", 2),
            new FlattenLayer("flatten"),
            new DropoutLayer("dropout", 0.25f),
            new DenseLayer("dense1", 37, Activation.RELU),
            new DenseLayer("dense2", 10, Activation.NONE)));
  }

  private static Architecture residual() {
    Sequential body =
        new Sequential(
            "block.body",
            convolution("block.conv1", 12, 2),
            new BatchNormLayer("block.norm1", Activation.RELU),
            convolution("block.conv2", 20, 1),
            new BatchNormLayer("block.norm2", Activation.NONE));
    Sequential shortcut = new Sequential("block.shortcut", convolution("block.projection", 20, 2));
    return new Architecture(
        "residual",
        Shape.of(11, 11, 3),
        new Sequential(
            "residual",
            convolution("stem", 12, 1),
            new BatchNormLayer("norm", Activation.RELU),
            new ResidualBlock("block", body, shortcut, Activation.RELU),
            new MaxPoolLayer("pool", 3, 2, Padding.pixels(1)),
            new GlobalAveragePoolLayer("mean"),
            new DenseLayer("dense", 10, Activation.NONE)));
  }

  private static Architecture narrow() {
    return new ResNet("narrow", Shape.of(20, 20, 3), 10, Stem.LARGE, 6, List.of(1, 2, 1))
        .architecture();
  }

  private static ConvLayer convolution(String name, int filters, int stride) {
    return new ConvLayer(
        name,
        filters,
        3,
        stride,
        Padding.pixels(1),
        false,
        Activation.NONE,
        Initializer.ORTHOGONAL);
  }

  /// Random pictures whose label is written into them as a bright stripe.
  private record Noise(int size, Shape sample) implements Dataset {
    @Override
    public int classes() {
      return 10;
    }

    @Override
    public int label(int index) {
      return index % 10;
    }

    @Override
    public void read(int index, int epoch, int worker, float[] target, int offset) {
      CounterRandom random = new CounterRandom(3).split(epoch).split(index);
      for (int i = 0; i < sample.size(); i++) {
        target[offset + i] = random.uniform(i);
      }
      int row = sample.size() / sample.dimension(0);
      for (int i = 0; i < row; i++) {
        target[offset + label(index) * row + i] += 1f;
      }
    }
  }
}

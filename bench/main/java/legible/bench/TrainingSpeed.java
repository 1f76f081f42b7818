package legible.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import legible.autograd.Gradients;
import legible.autograd.Tape;
import legible.autograd.Weights;
import legible.kernel.KernelSet;
import legible.kernel.Kernels;
import legible.model.Architecture;
import legible.model.Networks;
import legible.op.SoftmaxCrossEntropy;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;
import legible.train.Adam;
import legible.train.OptimizerState;

/// Training speed of the two digit networks on synthetic pictures, one JSON line: the same work as
/// `bench/compare/pytorch_training.py`, to be run in turn with it.
public final class TrainingSpeed {
  private static final int WARM_UP_STEPS = 300;
  private static final long ROUND_NANOS = 1_000_000_000L;

  private final Workspace workspace;
  private final Architecture architecture;
  private final Weights weights;
  private final OptimizerState optimizer;
  private final int batch;
  private long steps;

  private TrainingSpeed(Architecture architecture, int batch, Workspace workspace) {
    this.architecture = architecture;
    this.batch = batch;
    this.workspace = workspace;
    this.weights = architecture.initialize(1);
    this.optimizer = OptimizerState.create(Adam.standard(), weights);
  }

  /// Measures one network.
  ///
  /// @param arguments network, batch size, threads, seconds, and optionally the kernel set
  public static void main(String[] arguments) {
    Architecture architecture =
        arguments[0].equals("cnn") ? Networks.cnn() : Networks.kerasExample();
    int batch = Integer.parseInt(arguments[1]);
    int threads = Integer.parseInt(arguments[2]);
    double seconds = Double.parseDouble(arguments[3]);
    KernelSet set =
        arguments.length > 4
            ? KernelSet.valueOf(arguments[4].toUpperCase(Locale.ROOT))
            : KernelSet.VECTOR;
    try (Kernels kernels = Kernels.create(set, threads)) {
      TrainingSpeed speed = new TrainingSpeed(architecture, batch, new Workspace(kernels));
      System.out.printf(
          Locale.ROOT,
          "{\"peer\":\"Legible %s\",\"network\":\"%s\",\"batchSize\":%d,\"threads\":%d,"
              + "\"imagesPerSecond\":%.1f,\"bytesPerStep\":%d}%n",
          set,
          architecture.name(),
          batch,
          threads,
          speed.median(seconds),
          speed.bytesPerStep());
    }
  }

  private double median(double seconds) {
    for (int i = 0; i < WARM_UP_STEPS; i++) {
      step();
    }
    List<Double> rates = new ArrayList<>();
    for (int round = 0; round < seconds; round++) {
      long start = System.nanoTime();
      int count = 0;
      while (System.nanoTime() - start < ROUND_NANOS) {
        step();
        count++;
      }
      rates.add(count * batch * 1e9 / (System.nanoTime() - start));
    }
    return rates.stream().sorted().toList().get(rates.size() / 2);
  }

  /// What this thread allocates in one step, the mean of many.
  private long bytesPerStep() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    int count = 100;
    for (int i = 0; i < count; i++) {
      step();
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / count;
  }

  private void step() {
    CounterRandom random = new CounterRandom(steps);
    try (Tape tape = new Tape(workspace, weights, p -> true, random)) {
      Tensor images = workspace.tensor(architecture.input().batchOf(batch));
      float[] pixels = images.data();
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (i * 31 & 255) / 255f;
      }
      Tensor targets = workspace.zeros(Shape.of(batch, 10));
      for (int i = 0; i < batch; i++) {
        targets.data()[i * 10 + i % 10] = 1f;
      }
      Tensor logits = architecture.forward(tape, images);
      Tensor loss = tape.apply(new SoftmaxCrossEntropy(0f), logits, targets).y();
      Gradients gradients = tape.backward(loss);
      optimizer.step(workspace.kernels(), ++steps, 1e-3, 0, weights, gradients);
    }
  }
}

package legible.bench.compare;

import legible.autograd.Tape;
import legible.autograd.Weights;
import legible.bench.protocol.Job;
import legible.bench.protocol.Numbers;
import legible.kernel.Kernels;
import legible.model.Architecture;
import legible.op.SoftmaxCrossEntropy;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;
import legible.train.OptimizerState;

/// Training steps on one batch.
public final class TrainingJob implements Job {
  private final Workspace workspace;
  private final Architecture architecture;
  private final Weights weights;
  private final OptimizerState optimizer;
  private final Tensor images;
  private final Tensor targets;
  private long steps;

  /// A job with the kernels, which it closes at its end.
  ///
  /// @param network one of [ComparedNetworks]
  /// @param batch pictures of a step
  public TrainingJob(String network, int batch, Kernels kernels) {
    workspace = new Workspace(kernels);
    architecture = ComparedNetworks.of(network);
    weights = ComparedNetworks.weights(architecture);
    optimizer = OptimizerState.create(ComparedNetworks.optimizer(architecture), weights);
    images = ComparedNetworks.pictures(architecture, batch);
    int classes = architecture.output().size();
    targets = Tensor.zeros(Shape.of(batch, classes));
    for (int i = 0; i < batch; i++) {
      targets.data()[i * classes + i % classes] = 1f;
    }
  }

  @Override
  public void run() {
    try (Tape tape = new Tape(workspace, weights, p -> true, new CounterRandom(steps))) {
      Tensor logits = architecture.forward(tape, images);
      Tensor loss = tape.apply(new SoftmaxCrossEntropy(0f), logits, targets).y();
      optimizer.step(
          workspace.kernels(), ++steps, Numbers.LEARNING_RATE, 0, weights, tape.backward(loss));
    }
  }

  @Override
  public double check() {
    return weights.trainedCount();
  }

  @Override
  public void close() {
    workspace.kernels().close();
  }
}

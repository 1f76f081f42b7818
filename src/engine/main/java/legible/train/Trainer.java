package legible.train;

import java.util.List;
import legible.autograd.Gradients;
import legible.autograd.Tape;
import legible.model.Architecture;
import legible.random.CounterRandom;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// Trains a network: walks forward, goes back, updates, epoch after epoch.
///
/// All that a step draws at random is a function of (seed, step) or (seed, epoch): a training that
/// was stopped after an epoch and continued reaches the same bits as an unbroken one.
public final class Trainer {
  /// The moving average follows faster at first, when the weights still are far from useful: its
  /// decay in step t is at most (1 + t)/(10 + t), as TensorFlow's ExponentialMovingAverage has it.
  private static final int AVERAGE_WARM_UP = 10;

  private final Architecture architecture;
  private final TrainingPlan plan;
  private final Workspace workspace;
  private final List<TrainingListener> listeners;
  private final Objective objective;
  private final CounterRandom random;

  /// Trains a network to give each sample its class.
  ///
  /// @param architecture the network, or the last layers of one over samples that are [Features]: the
  ///     state may hold parameters that these layers do not have
  public Trainer(
      Architecture architecture,
      TrainingPlan plan,
      Workspace workspace,
      List<TrainingListener> listeners) {
    this(architecture, plan, workspace, listeners, Objective.classes(plan.labelSmoothing()));
  }

  /// Trains a network for another objective.
  public Trainer(
      Architecture architecture,
      TrainingPlan plan,
      Workspace workspace,
      List<TrainingListener> listeners,
      Objective objective) {
    this.architecture = architecture;
    this.plan = plan;
    this.workspace = workspace;
    this.listeners = List.copyOf(listeners);
    this.objective = objective;
    this.random = new CounterRandom(plan.seed()).split("train");
  }

  /// Trains from the given state to the plan's end, or until early stopping. The state is changed in
  /// place; its result is the answer.
  ///
  /// @param train the training samples
  /// @param validation samples that choose, never trained on; may be empty
  /// @throws TrainingException if the loss is no longer a finite number
  public void fit(TrainingState state, Dataset train, Dataset validation) {
    while (state.epochs() < plan.epochs() && !exhausted(state)) {
      EpochRecord epoch = epoch(state, train, validation);
      state.finish(epoch);
      listeners.forEach(l -> l.finished(epoch, state));
    }
  }

  private boolean exhausted(TrainingState state) {
    return plan.patience() > 0 && state.epochsWithoutProgress() >= plan.patience();
  }

  private EpochRecord epoch(TrainingState state, Dataset train, Dataset validation) {
    int epoch = state.epochs();
    int size = train.size();
    int[] order = random.split("order").split(epoch).permutation(size);
    long steps = plan.stepsPerEpoch(size);
    double loss = 0;
    int correct = 0;
    double learningRate = 0;
    for (int from = 0; from < size; from += plan.batchSize()) {
      int to = Math.min(from + plan.batchSize(), size);
      long step = epoch * steps + from / plan.batchSize();
      learningRate = plan.schedule().learningRate(step, plan.epochs() * steps);
      Measured result = step(state, train, order, from, to, epoch, step, learningRate);
      loss += (double) result.loss() * (to - from);
      correct += result.correct();
      for (TrainingListener listener : listeners) {
        listener.stepped(epoch + 1, to, size, loss / to, (double) correct / to);
      }
    }
    double validationLoss = Double.NaN;
    double validationAccuracy = Double.NaN;
    if (validation.size() > 0) {
      Evaluation evaluation =
          Evaluation.of(
              architecture, state.average(), validation, workspace, (images, total) -> {});
      validationLoss = evaluation.loss();
      validationAccuracy = evaluation.accuracy();
    }
    return new EpochRecord(
        epoch + 1,
        learningRate,
        loss / size,
        (double) correct / size,
        validationLoss,
        validationAccuracy);
  }

  /// What one step measured.
  private record Measured(float loss, int correct) {}

  private Measured step(
      TrainingState state,
      Dataset train,
      int[] order,
      int from,
      int to,
      int epoch,
      long step,
      double learningRate) {
    Batches batches = new Batches(train, workspace);
    CounterRandom draws = random.split("step").split(step);
    try (Tape tape = new Tape(workspace, state.weights(), p -> !plan.freezes(p.name()), draws)) {
      Tensor images = batches.images(order, from, to, epoch);
      Tensor logits = architecture.forward(tape, images);
      Objective.Loss of = objective.of(tape, workspace, logits, train, order, from, to, epoch);
      Measured result = new Measured(of.loss().data()[0], of.correct());
      if (!Float.isFinite(result.loss())) {
        throw new TrainingException(
            "the loss became %s in epoch %d, step %d; try a lower learning rate or clip gradients"
                .formatted(result.loss(), epoch + 1, step + 1));
      }
      Gradients gradients = tape.backward(of.loss());
      state
          .optimizer()
          .step(
              workspace.kernels(),
              step + 1,
              parameter -> learningRate * plan.learningRateFactor(parameter.name()),
              plan.maxGradientNorm(),
              state.weights(),
              gradients);
      state.average(workspace.kernels().updates(), averageDecay(step));
      return result;
    }
  }

  private float averageDecay(long step) {
    float warmUp = (float) ((1.0 + step) / (AVERAGE_WARM_UP + step));
    return Math.min(plan.averageDecay(), warmUp);
  }
}

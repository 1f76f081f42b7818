package legible.train;

import java.util.ArrayList;
import java.util.List;
import legible.autograd.Parameter;
import legible.autograd.Weights;
import legible.kernel.Updates;
import legible.model.Architecture;
import legible.tensor.Tensor;

/// Everything that changes during a training. Saved after an epoch and restored, the training goes
/// on to the same bits as if it had never stopped.
public final class TrainingState {
  private final Weights weights;
  private final Weights average;
  private final OptimizerState optimizer;
  private final List<EpochRecord> history;
  private final Weights best;

  /// A state restored from elsewhere.
  ///
  /// @param weights what the optimizer changes
  /// @param average the moving average of the weights; the same object where there is none
  /// @param optimizer what the optimizer remembers
  /// @param history finished epochs
  /// @param best copy of the result of the best epoch so far; the same object as average if none is
  ///     kept
  public TrainingState(
      Weights weights,
      Weights average,
      OptimizerState optimizer,
      List<EpochRecord> history,
      Weights best) {
    this.weights = weights;
    this.average = average;
    this.optimizer = optimizer;
    this.history = new ArrayList<>(history);
    this.best = best;
  }

  /// The state before the first epoch, with these weights, which training changes in place.
  public static TrainingState start(TrainingPlan plan, Weights weights) {
    Weights average = plan.averageDecay() > 0 ? weights.copy() : weights;
    OptimizerState optimizer = OptimizerState.create(plan.optimizer(), weights);
    Weights best = plan.keepBest() ? average.copy() : average;
    return new TrainingState(weights, average, optimizer, List.of(), best);
  }

  /// The state before the first epoch, with new weights drawn from the plan's seed.
  public static TrainingState start(TrainingPlan plan, Architecture architecture) {
    return start(plan, architecture.initialize(plan.seed()));
  }

  public Weights weights() {
    return weights;
  }

  /// The weights to evaluate: the moving average, or the weights themselves where there is none.
  public Weights average() {
    return average;
  }

  public OptimizerState optimizer() {
    return optimizer;
  }

  /// The finished epochs, first to last.
  public List<EpochRecord> history() {
    return List.copyOf(history);
  }

  /// The weights that the training gives: those of the best epoch if kept, else the newest average.
  public Weights result() {
    return best;
  }

  /// The number of finished epochs.
  public int epochs() {
    return history.size();
  }

  /// Ends an epoch, and keeps its weights if they are the best so far and best ones are kept.
  void finish(EpochRecord epoch) {
    boolean better = history.stream().allMatch(earlier -> isBetter(epoch, earlier));
    history.add(epoch);
    if (better && best != average) {
      best.set(average);
    }
  }

  /// The number of epochs since the best validation loss.
  int epochsWithoutProgress() {
    int best = 0;
    for (int i = 1; i < history.size(); i++) {
      if (isBetter(history.get(i), history.get(best))) {
        best = i;
      }
    }
    return history.isEmpty() ? 0 : history.size() - 1 - best;
  }

  /// A lower loss is better, and any number is better than none. Without validation data there is no
  /// loss: then the newer epoch counts as better, so that the result is the last one.
  private static boolean isBetter(EpochRecord epoch, EpochRecord earlier) {
    return Double.isNaN(earlier.validationLoss())
        || epoch.validationLoss() < earlier.validationLoss();
  }

  /// Moves the average one step towards the weights, statistics included.
  void average(Updates updates, float decay) {
    if (average == weights) {
      return;
    }
    for (Parameter parameter : weights.all()) {
      Tensor value = parameter.value();
      float[] target = average.get(parameter.name()).value().data();
      updates.movingAverage(value.size(), value.data(), target, decay);
    }
  }
}

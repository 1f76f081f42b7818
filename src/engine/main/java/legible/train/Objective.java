package legible.train;

import legible.autograd.Tape;
import legible.op.SoftmaxCrossEntropy;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// What a training teaches: which loss its steps make smaller, and when a sample counts as right.
///
/// The samples of a batch are those at `order[from..to)` as they look in an epoch.
public interface Objective {
  /// The loss of a batch and the number of samples answered rightly.
  ///
  /// @param tape records the loss
  /// @param workspace memory for the targets
  /// @param logits what the network said to the batch
  Loss of(
      Tape tape,
      Workspace workspace,
      Tensor logits,
      Dataset data,
      int[] order,
      int from,
      int to,
      int epoch);

  /// What an objective says to a batch.
  ///
  /// @param loss a scalar
  /// @param correct samples answered rightly
  record Loss(Tensor loss, int correct) {}

  /// One class for each sample: cross-entropy.
  static Objective classes(float labelSmoothing) {
    return (tape, workspace, logits, data, order, from, to, epoch) -> {
      Batches batches = new Batches(data, workspace);
      Tensor targets = batches.targets(order, from, to);
      Tensor loss = tape.apply(new SoftmaxCrossEntropy(labelSmoothing), logits, targets).y();
      return new Loss(loss, batches.correct(logits, order, from, to));
    };
  }
}

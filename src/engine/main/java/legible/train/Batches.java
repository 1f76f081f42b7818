package legible.train;

import java.util.Arrays;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// Reads batches of a data set into tensors of a workspace.
final class Batches {
  /// Samples that one thread reads at a time: enough work to be worth a hand-off.
  private static final int SAMPLES_PER_TASK = 8;

  private final Dataset data;
  private final Workspace workspace;

  Batches(Dataset data, Workspace workspace) {
    this.data = data;
    this.workspace = workspace;
  }

  /// The samples `order[from..to)` as `[N, sample...]`.
  Tensor images(int[] order, int from, int to, int epoch) {
    Shape sample = data.sample();
    Tensor images = workspace.tensor(sample.batchOf(to - from));
    workspace
        .kernels()
        .parallel()
        .run(
            Math.ceilDiv(to - from, SAMPLES_PER_TASK),
            (task, worker) -> {
              int first = from + task * SAMPLES_PER_TASK;
              for (int i = first; i < Math.min(first + SAMPLES_PER_TASK, to); i++) {
                data.read(order[i], epoch, worker, images.data(), (i - from) * sample.size());
              }
            });
    return images;
  }

  /// Their labels as one-hot rows `[N, classes]`; an even row for a sample of no class.
  Tensor targets(int[] order, int from, int to) {
    int classes = data.classes();
    Tensor targets = workspace.zeros(Shape.of(to - from, classes));
    for (int i = from; i < to; i++) {
      int row = (i - from) * classes;
      int label = data.label(order[i]);
      if (label == Dataset.NO_CLASS) {
        Arrays.fill(targets.data(), row, row + classes, 1f / classes);
      } else {
        targets.data()[row + label] = 1f;
      }
    }
    return targets;
  }

  /// How many of the samples have their label as the largest logit.
  int correct(Tensor logits, int[] order, int from, int to) {
    int correct = 0;
    for (int i = from; i < to; i++) {
      if (Evaluation.argMax(logits.data(), (i - from) * data.classes(), data.classes())
          == data.label(order[i])) {
        correct++;
      }
    }
    return correct;
  }
}

package legible.train;

import java.util.List;
import java.util.stream.IntStream;
import legible.autograd.Weights;
import legible.infer.Predictor;
import legible.kernel.Kernels;
import legible.model.Architecture;
import legible.op.SoftmaxCrossEntropy;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// How well a model answers on a data set.
///
/// @param probabilities the softmax of each sample's logits, `[images][classes]`
/// @param labels the true classes
/// @param loss mean cross-entropy, nats
public record Evaluation(float[][] probabilities, int[] labels, double loss) {
  /// Images per pass. It does not change a bit of the answer: each row of a batch is computed alone.
  private static final int BATCH = 256;

  /// Told after each batch how far an evaluation is.
  @FunctionalInterface
  public interface Progress {
    void evaluated(int images, int total);
  }

  /// Asks the model about every sample of the data set, without augmentation.
  public static Evaluation of(
      Architecture architecture,
      Weights weights,
      Dataset data,
      Workspace workspace,
      Progress progress) {
    int size = data.size();
    int classes = data.classes();
    int[] order = IntStream.range(0, size).toArray();
    Batches batches = new Batches(data, workspace);
    Kernels kernels = workspace.kernels();
    float[][] probabilities = new float[size][classes];
    double loss = 0;
    try (Predictor predictor =
        Predictor.create(architecture, weights, kernels.set(), kernels.parallel().threads())) {
      for (int from = 0; from < size; from += BATCH) {
        int to = Math.min(from + BATCH, size);
        Tensor logits = workspace.tensor(Shape.of(to - from, classes));
        float[] images = batches.images(order, from, to, 0).data();
        predictor.logits(images, to - from, logits.data());
        Tensor targets = batches.targets(order, from, to);
        var entropy = new SoftmaxCrossEntropy(0f).forward(workspace, List.of(logits, targets));
        loss += (double) entropy.y().data()[0] * (to - from);
        float[] rows = entropy.saved().probabilities().data();
        for (int i = from; i < to; i++) {
          System.arraycopy(rows, (i - from) * classes, probabilities[i], 0, classes);
        }
        workspace.releaseAll();
        progress.evaluated(to, size);
      }
    }
    int[] labels = IntStream.range(0, size).map(data::label).toArray();
    return new Evaluation(probabilities, labels, loss / Math.max(1, size));
  }

  /// The number of samples.
  public int images() {
    return labels.length;
  }

  /// The predicted class of a sample, the first among equals.
  public int predicted(int image) {
    return argMax(probabilities[image], 0, probabilities[image].length);
  }

  /// The number of samples whose predicted class is the true one.
  public int correct() {
    return (int) IntStream.range(0, labels.length).filter(i -> predicted(i) == labels[i]).count();
  }

  /// `correct/images`, in [0, 1].
  public double accuracy() {
    return (double) correct() / images();
  }

  /// Counts by true class (row) and predicted class (column).
  public int[][] confusion() {
    int classes = images() == 0 ? 0 : probabilities[0].length;
    int[][] counts = new int[classes][classes];
    for (int i = 0; i < labels.length; i++) {
      counts[labels[i]][predicted(i)]++;
    }
    return counts;
  }

  /// The index of the largest value, the first among equals.
  static int argMax(float[] values, int offset, int length) {
    int best = 0;
    for (int i = 1; i < length; i++) {
      if (values[offset + i] > values[offset + best]) {
        best = i;
      }
    }
    return best;
  }
}

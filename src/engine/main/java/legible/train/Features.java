package legible.train;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import legible.autograd.Inference;
import legible.autograd.Role;
import legible.autograd.Weights;
import legible.infer.Predictor;
import legible.kernel.Kernels;
import legible.model.Architecture;
import legible.nn.BatchNormLayer;
import legible.nn.DropoutLayer;
import legible.nn.Layer;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// What the first layers of a network make of samples, computed once: while these layers are frozen
/// and the samples look the same in every epoch, the layers behind them train on this to the same
/// bits as the whole network would.
public final class Features implements Dataset {
  /// Samples per pass. It does not change a bit: each is computed alone.
  private static final int BATCH = 64;

  private final Dataset data;
  private final Shape sample;
  private final float[][] rows;

  private Features(Dataset data, Shape sample) {
    this.data = data;
    this.sample = sample;
    this.rows = new float[data.size()][sample.size()];
  }

  /// The number of layers at the beginning, along the row of [legible.nn.Sequential#row], that a
  /// training with this plan can replace by features: their trained parameters are frozen, and
  /// nothing in them is drawn at random.
  public static int frozenLayers(Architecture architecture, TrainingPlan plan) {
    List<Layer> row = architecture.body().row();
    Shape shape = architecture.input().batchOf(1);
    int count = 0;
    while (count < row.size() && isConstant(row.get(count), shape, plan)) {
      shape = row.get(count).outputShape(shape);
      count++;
    }
    // A predictor folds a normalisation into the layer before it: cut apart, they round otherwise.
    while (count > 0 && count < row.size() && row.get(count) instanceof BatchNormLayer) {
      count--;
    }
    return count;
  }

  private static boolean isConstant(Layer layer, Shape input, TrainingPlan plan) {
    return layers(layer, input).noneMatch(DropoutLayer.class::isInstance)
        && layer.declare(input).stream()
            .allMatch(d -> d.role() == Role.STATISTIC || plan.freezes(d.name()));
  }

  private static Stream<Layer> layers(Layer layer, Shape input) {
    return Stream.concat(
        Stream.of(layer), layer.inside(input).flatMap(p -> layers(p.layer(), p.input())));
  }

  /// The memory that features take.
  ///
  /// @param first the first layers
  public static long bytes(Architecture first, int samples) {
    return (long) Float.BYTES * first.output().size() * samples;
  }

  /// Features to train on: as a training step computes them.
  ///
  /// @param first the first layers
  /// @param weights theirs, and maybe others
  /// @param data samples that do not depend on the epoch
  public static Features toTrainOn(
      Architecture first,
      Weights weights,
      Dataset data,
      Workspace workspace,
      Evaluation.Progress progress) {
    Features features = new Features(data, first.output());
    features.fill(
        workspace,
        progress,
        (images, count) -> {
          Inference pass = new Inference(workspace, weights);
          return first.forward(pass, images).data();
        });
    return features;
  }

  /// Features to evaluate: as answers are computed, which may differ in the last bits from how a
  /// training step computes them, see [Predictor].
  ///
  /// @param first the first layers, at least one
  /// @param weights theirs, and maybe others
  /// @param data samples, as in the first epoch
  public static Features toEvaluate(
      Architecture first,
      Weights weights,
      Dataset data,
      Workspace workspace,
      Evaluation.Progress progress) {
    Features features = new Features(data, first.output());
    Kernels kernels = workspace.kernels();
    try (Predictor predictor =
        Predictor.create(first, weights, kernels.set(), kernels.parallel().threads())) {
      features.fill(workspace, progress, (images, count) -> predictor.logits(images.data(), count));
    }
    return features;
  }

  /// The features of a batch, one row after the other.
  @FunctionalInterface
  private interface Pass {
    float[] of(Tensor images, int count);
  }

  private void fill(Workspace workspace, Evaluation.Progress progress, Pass pass) {
    int[] order = IntStream.range(0, size()).toArray();
    Batches batches = new Batches(data, workspace);
    for (int from = 0; from < size(); from += BATCH) {
      int to = Math.min(from + BATCH, size());
      float[] values = pass.of(batches.images(order, from, to, 0), to - from);
      for (int i = from; i < to; i++) {
        System.arraycopy(values, (i - from) * sample.size(), rows[i], 0, sample.size());
      }
      workspace.releaseAll();
      progress.evaluated(to, size());
    }
  }

  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public Shape sample() {
    return sample;
  }

  @Override
  public int classes() {
    return data.classes();
  }

  @Override
  public int label(int index) {
    return data.label(index);
  }

  /// Copies the features; they are the same in every epoch.
  @Override
  public void read(int index, int epoch, int worker, float[] target, int offset) {
    System.arraycopy(rows[index], 0, target, offset, sample.size());
  }
}

package legible.nn;

import java.util.ArrayList;
import java.util.List;
import legible.autograd.Pass;
import legible.autograd.Role;
import legible.autograd.Tape;
import legible.kernel.Activation;
import legible.kernel.Updates;
import legible.op.BatchNorm;
import legible.op.FixedBatchNorm;
import legible.op.Op;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// Batch normalisation with its scale, shift and running statistics.
///
/// In training, while γ is trainable, the batch's own statistics are used ([BatchNorm]) and
///
/// ```
///  runningMean     ← runningMean     + momentum·(mean           - runningMean)
///  runningVariance ← runningVariance + momentum·(var·R/(R-1)    - runningVariance)
/// ```
///
/// with R the values per channel: the running variance is the unbiased one, as in PyTorch. In
/// inference, and in a frozen layer, the running statistics are used ([FixedBatchNorm]).
///
/// Shapes: x and y `[...,C]`. Parameters: `gamma`, `beta`, `running_mean`, `running_variance`, `[C]`
/// each.
///
/// @param name the layer's name
/// @param momentum share of the newest batch, in (0, 1]; **Keras calls 1 - momentum by this name**
/// @param epsilon added to the variance, > 0
/// @param activation applied to each output
/// @param initializer of γ: ones, or zeros for the last layer of a residual function, whose block then
///     begins as its shortcut (Goyal et al. 2017, "Accurate, large minibatch SGD", section 5.1)
public record BatchNormLayer(
    String name, float momentum, float epsilon, Activation activation, Initializer initializer)
    implements Layer {
  static final String KIND = "batch-norm";

  /// Missing where γ begins as ones.
  private static final String INITIALIZER = "initializer";

  public BatchNormLayer {
    if (!(momentum > 0 && momentum <= 1)) {
      throw new IllegalArgumentException(
          "layer '%s': momentum expected in (0, 1], got %s".formatted(name, momentum));
    }
    if (!(epsilon > 0 && epsilon <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "layer '%s': epsilon expected > 0 and finite, got %s".formatted(name, epsilon));
    }
  }

  /// With the momentum 0.1 and epsilon 1e-5 of PyTorch.
  public BatchNormLayer(String name, Activation activation) {
    this(name, 0.1f, 1e-5f, activation, Initializer.ONES);
  }

  /// With a scale that begins at 0.
  public static BatchNormLayer startingAtZero(String name, Activation activation) {
    return new BatchNormLayer(name, 0.1f, 1e-5f, activation, Initializer.ZEROS);
  }

  static BatchNormLayer of(LayerConfig config) {
    return new BatchNormLayer(
        config.name(),
        config.real("momentum"),
        config.real("epsilon"),
        config.activation(),
        config.settings().containsKey(INITIALIZER)
            ? config.constant(Initializer.class, INITIALIZER)
            : Initializer.ONES);
  }

  @Override
  public Shape outputShape(Shape x) {
    return x;
  }

  @Override
  public List<Declaration> declare(Shape x) {
    Shape channels = Shape.of(x.dimension(-1));
    return List.of(
        new Declaration(name + ".gamma", Role.SCALE, channels, initializer),
        new Declaration(name + ".beta", Role.BIAS, channels, Initializer.ZEROS),
        new Declaration(name + ".running_mean", Role.STATISTIC, channels, Initializer.ZEROS),
        new Declaration(name + ".running_variance", Role.STATISTIC, channels, Initializer.ONES));
  }

  @Override
  public Tensor forward(Pass pass, Tensor x) {
    Tensor gamma = pass.parameter(name + ".gamma");
    Tensor beta = pass.parameter(name + ".beta");
    Tensor mean = pass.parameter(name + ".running_mean");
    Tensor variance = pass.parameter(name + ".running_variance");
    if (pass instanceof Tape tape && tape.tracks(gamma)) {
      Op.Forward<BatchNorm.Saved> forward =
          tape.apply(new BatchNorm(epsilon, activation), x, gamma, beta);
      updateStatistics(tape, x.size() / gamma.size(), forward.saved(), mean, variance);
      return forward.y();
    }
    FixedBatchNorm fixed = new FixedBatchNorm(epsilon, activation);
    return pass.apply(fixed, x, gamma, beta, mean, variance).y();
  }

  private void updateStatistics(
      Tape tape, int rows, BatchNorm.Saved batch, Tensor mean, Tensor variance) {
    int channels = mean.size();
    float keep = 1 - momentum;
    Updates updates = tape.workspace().kernels().updates();
    updates.movingAverage(channels, batch.mean().data(), mean.data(), keep);
    Tensor unbiased = tape.workspace().tensor(variance.shape());
    float correction = rows > 1 ? (float) ((double) rows / (rows - 1)) : 1f;
    for (int c = 0; c < channels; c++) {
      unbiased.data()[c] = batch.variance().data()[c] * correction;
    }
    updates.movingAverage(channels, unbiased.data(), variance.data(), keep);
    tape.workspace().release(unbiased);
  }

  @Override
  public LayerConfig config() {
    List<Object> settings =
        new ArrayList<>(
            List.of("momentum", momentum, "epsilon", epsilon, "activation", activation));
    if (initializer != Initializer.ONES) {
      settings.addAll(List.of(INITIALIZER, initializer));
    }
    return LayerConfig.of(KIND, name, settings.toArray());
  }
}

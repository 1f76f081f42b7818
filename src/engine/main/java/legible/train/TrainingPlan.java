package legible.train;

import java.util.List;

/// Every setting of a training, apart from the network and the data.
///
/// @param epochs passes over the training samples, >= 1
/// @param batchSize samples per step, >= 1; the last batch of an epoch may be smaller
/// @param seed of the weights, the order of the samples, dropout and augmentation
/// @param optimizer how gradients change the parameters
/// @param schedule the learning rate
/// @param labelSmoothing share of the target spread over all classes, in [0, 1)
/// @param averageDecay decay of the exponential moving average of the weights per step, in [0, 1); 0
///     for none
/// @param maxGradientNorm joint norm that gradients are clipped to; 0 for no clipping
/// @param patience stop after this many epochs without a better validation loss; 0 for never
/// @param keepBest whether the result is the epoch with the best validation loss, not the last
/// @param frozen prefixes of the names of parameters that stay as they are
public record TrainingPlan(
    int epochs,
    int batchSize,
    long seed,
    Optimizer optimizer,
    Schedule schedule,
    float labelSmoothing,
    float averageDecay,
    double maxGradientNorm,
    int patience,
    boolean keepBest,
    List<String> frozen) {
  public TrainingPlan {
    frozen = List.copyOf(frozen);
    require(epochs >= 1, "epochs >= 1", epochs);
    require(batchSize >= 1, "batchSize >= 1", batchSize);
    require(labelSmoothing >= 0 && labelSmoothing < 1, "labelSmoothing in [0, 1)", labelSmoothing);
    require(averageDecay >= 0 && averageDecay < 1, "averageDecay in [0, 1)", averageDecay);
    require(maxGradientNorm >= 0, "maxGradientNorm >= 0", maxGradientNorm);
    require(patience >= 0, "patience >= 0", patience);
  }

  private static void require(boolean holds, String expected, Object got) {
    if (!holds) {
      throw new IllegalArgumentException(
          "TrainingPlan: %s expected, got %s".formatted(expected, got));
    }
  }

  /// Whether a parameter of this name is frozen.
  public boolean freezes(String parameter) {
    return frozen.stream().anyMatch(parameter::startsWith);
  }

  /// The number of steps in one epoch over this many samples.
  public long stepsPerEpoch(int samples) {
    return Math.ceilDiv(samples, batchSize);
  }
}

package legible.train;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Every setting of a training, apart from the network and the data.
///
/// @param epochs passes over the training samples, >= 1
/// @param batchSize samples per step, >= 1; the last batch of an epoch may be smaller
/// @param seed of the weights, the order of the samples, dropout and augmentation
/// @param optimizer how gradients change the parameters
/// @param schedule the learning rate
/// @param labelSmoothing share of the target spread over all classes, in [0, 1)
/// @param averageDecay decay of the exponential moving average of the weights per step, in [0, 1);
///   0 for none
/// @param maxGradientNorm joint norm that gradients are clipped to; 0 for no clipping
/// @param patience stop after this many epochs without a better validation loss; 0 for never
/// @param keepBest whether the result is the epoch with the best validation loss, not the last
/// @param frozen prefixes of the names of parameters that stay as they are, without spaces
/// @param groups parameters that learn faster or slower than the schedule says
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
    List<String> frozen,
    List<ParameterGroup> groups) {
  private static final String GROUPS = "parameter-groups";

  public TrainingPlan {
    frozen = List.copyOf(frozen);
    groups = List.copyOf(groups);
    require(epochs >= 1, "epochs >= 1", epochs);
    require(batchSize >= 1, "batchSize >= 1", batchSize);
    require(labelSmoothing >= 0 && labelSmoothing < 1, "labelSmoothing in [0, 1)", labelSmoothing);
    require(averageDecay >= 0 && averageDecay < 1, "averageDecay in [0, 1)", averageDecay);
    require(maxGradientNorm >= 0, "maxGradientNorm >= 0", maxGradientNorm);
    require(patience >= 0, "patience >= 0", patience);
    for (String prefix : frozen) {
      require(isPrefix(prefix), "frozen prefixes of printable ASCII, no spaces", prefix);
    }
  }

  /// A plan with one learning rate for all parameters.
  public TrainingPlan(
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
    this(
        epochs,
        batchSize,
        seed,
        optimizer,
        schedule,
        labelSmoothing,
        averageDecay,
        maxGradientNorm,
        patience,
        keepBest,
        frozen,
        List.of());
  }

  /// The same plan with learning rates of their own for these parameters.
  public TrainingPlan with(List<ParameterGroup> learning) {
    return new TrainingPlan(
        epochs,
        batchSize,
        seed,
        optimizer,
        schedule,
        labelSmoothing,
        averageDecay,
        maxGradientNorm,
        patience,
        keepBest,
        frozen,
        learning);
  }

  /// Whether a text can stand for parameters whose names begin with it.
  static boolean isPrefix(String text) {
    return text.matches("[!-~]+");
  }

  private static void require(boolean holds, String expected, Object got) {
    if (!holds) {
      throw new IllegalArgumentException(
          "TrainingPlan: %s expected, got %s".formatted(expected, got));
    }
  }

  /// Every setting as text by its name, for provenance and checkpoints; [#parse] is the way back. A
  /// plan without groups has no text for them.
  public SortedMap<String, String> settings() {
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put("epochs", Integer.toString(epochs));
    settings.put("batch-size", Integer.toString(batchSize));
    settings.put("seed", Long.toString(seed));
    settings.put("optimizer", optimizer.text());
    settings.put("schedule", schedule.text());
    settings.put("label-smoothing", Float.toString(labelSmoothing));
    settings.put("average-decay", Float.toString(averageDecay));
    settings.put("max-gradient-norm", Double.toString(maxGradientNorm));
    settings.put("patience", Integer.toString(patience));
    settings.put("keep-best", Boolean.toString(keepBest));
    settings.put("frozen", String.join(" ", frozen));
    if (!groups.isEmpty()) {
      settings.put(GROUPS, ParameterGroup.text(groups));
    }
    return settings;
  }

  /// The plan that [#settings] wrote.
  ///
  /// @throws IllegalArgumentException if a setting is missing, unknown, out of range or in another
  ///   form than [#settings] gives it
  public static TrainingPlan parse(Map<String, String> settings) {
    String frozen = text(settings, "frozen");
    TrainingPlan plan;
    try {
      plan =
          new TrainingPlan(
              Integer.parseInt(text(settings, "epochs")),
              Integer.parseInt(text(settings, "batch-size")),
              Long.parseLong(text(settings, "seed")),
              Optimizer.parse(text(settings, "optimizer")),
              Schedule.parse(text(settings, "schedule")),
              Float.parseFloat(text(settings, "label-smoothing")),
              Float.parseFloat(text(settings, "average-decay")),
              Double.parseDouble(text(settings, "max-gradient-norm")),
              Integer.parseInt(text(settings, "patience")),
              Boolean.parseBoolean(text(settings, "keep-best")),
              frozen.isEmpty() ? List.of() : List.of(frozen.split(" ", -1)),
              settings.containsKey(GROUPS)
                  ? ParameterGroup.parse(settings.get(GROUPS))
                  : List.of());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("TrainingPlan: numbers expected in " + settings, e);
    }
    require(plan.settings().equals(settings), "the settings " + plan.settings(), settings);
    return plan;
  }

  private static String text(Map<String, String> settings, String key) {
    String text = settings.get(key);
    require(text != null, "the setting '" + key + "'", settings.keySet());
    return text;
  }

  /// Whether a parameter of this name is frozen.
  public boolean freezes(String parameter) {
    return frozen.stream().anyMatch(parameter::startsWith);
  }

  /// What the learning rate of this parameter is multiplied by: the factor of the first group that
  /// it belongs to, or 1.
  public double learningRateFactor(String parameter) {
    return groups.stream()
        .filter(g -> g.contains(parameter))
        .findFirst()
        .map(ParameterGroup::learningRateFactor)
        .orElse(1.0);
  }

  /// The number of steps in one epoch over this many samples.
  public long stepsPerEpoch(int samples) {
    return Math.ceilDiv(samples, batchSize);
  }
}

package legible.digits.finetune;

import java.util.List;
import java.util.OptionalDouble;
import legible.autograd.Role;
import legible.model.Architecture;
import legible.nn.Declaration;
import legible.train.Adam;
import legible.train.Schedule;
import legible.train.TrainingPlan;

/// What a user can say about the fine-tuning of a reader of lines.
///
/// @param epochs passes
/// @param lines of a pass: half of them are photographed ones, each as often as it takes, half are
///     composed
/// @param batchSize lines in a step
/// @param seed of every random draw
/// @param learningRate the highest one; 0.001 if not given
/// @param holdOut share of the pictures that nothing is learnt from, in (0, 1)
public record LineSettings(
    int epochs, int lines, int batchSize, long seed, OptionalDouble learningRate, double holdOut) {
  /// Passes unless the caller says otherwise.
  public static final int EPOCHS = 12;

  /// Lines of a pass unless the caller says otherwise.
  public static final int LINES = 1_500;

  /// Lines in a step unless the caller says otherwise.
  public static final int BATCH_SIZE = 32;

  private static final double LEARNING_RATE = 0.001;

  private static final double WARM_UP = 0.3;
  private static final float WEIGHT_DECAY = 0.05f;
  private static final float AVERAGE_DECAY = 0.99f;
  private static final double LARGEST_GRADIENT = 5;

  /// The whole plan.
  TrainingPlan plan(Architecture architecture) {
    return new TrainingPlan(
        epochs,
        batchSize,
        seed,
        Adam.decoupled(WEIGHT_DECAY),
        new Schedule.OneCycle(learningRate.orElse(LEARNING_RATE), WARM_UP, 10, 1000),
        0f,
        AVERAGE_DECAY,
        LARGEST_GRADIENT,
        0,
        false,
        normalizations(architecture));
  }

  /// Batch normalisations keep their statistics: those of a mixture of photographs and composed lines
  /// would fit neither.
  private static List<String> normalizations(Architecture architecture) {
    return architecture.declarations().stream()
        .filter(d -> d.role() == Role.STATISTIC)
        .map(Declaration::name)
        .map(name -> name.substring(0, name.lastIndexOf('.') + 1))
        .distinct()
        .toList();
  }
}

package legible.digits.training;

import java.util.List;
import java.util.Locale;
import legible.digits.augment.Augmentation;
import legible.model.Architecture;
import legible.model.Networks;
import legible.train.Adam;
import legible.train.Schedule;
import legible.train.TrainingPlan;

/// How each of the networks is trained unless the caller says otherwise. The settings were chosen on
/// a part of the training pictures, never on the test pictures; see `docs/decisions/0009-recipe.md`.
public enum Recipe {
  /// Logistic regression on pictures as they are.
  LOGISTIC(Networks.logistic(), Augmentation.NONE) {
    @Override
    public TrainingPlan plan(int epochs, int batchSize, long seed, int patience, boolean best) {
      return new TrainingPlan(
          epochs,
          batchSize,
          seed,
          Adam.standard(),
          new Schedule.OneCycle(0.004, 0.2, 10, 1000),
          0f,
          0.999f,
          0,
          patience,
          best,
          List.of());
    }

    @Override
    public int epochs() {
      return 20;
    }
  },

  /// The small convolution network on distorted pictures.
  CNN(Networks.cnn(), Augmentation.DIGITS) {
    @Override
    public TrainingPlan plan(int epochs, int batchSize, long seed, int patience, boolean best) {
      return new TrainingPlan(
          epochs,
          batchSize,
          seed,
          Adam.decoupled(0.1f),
          new Schedule.OneCycle(0.003, 0.2, 10, 1000),
          0.1f,
          0.9995f,
          0,
          patience,
          best,
          List.of());
    }

    @Override
    public int epochs() {
      return 30;
    }
  };

  /// Pictures in a step.
  public static final int BATCH_SIZE = 64;

  private final Architecture architecture;
  private final Augmentation augmentation;

  Recipe(Architecture architecture, Augmentation augmentation) {
    this.architecture = architecture;
    this.augmentation = augmentation;
  }

  /// The network.
  public Architecture architecture() {
    return architecture;
  }

  /// How its training pictures are distorted.
  public Augmentation augmentation() {
    return augmentation;
  }

  /// Passes over the training pictures.
  public abstract int epochs();

  /// The whole plan.
  public abstract TrainingPlan plan(
      int epochs, int batchSize, long seed, int patience, boolean keepBest);

  /// The name on the command line, such as `cnn`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package legible.digits.training;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import legible.digits.augment.Augmentation;
import legible.digits.augment.SceneShare;
import legible.digits.idx.Mnist;
import legible.model.Architecture;
import legible.model.Networks;
import legible.model.ResNet;
import legible.model.ResNet.Stem;
import legible.tensor.Shape;
import legible.train.Adam;
import legible.train.Schedule;
import legible.train.Sgd;
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
      return convolutionPlan(0.003, epochs, batchSize, seed, patience, best);
    }

    @Override
    public int epochs() {
      return 30;
    }
  },

  /// ResNet-50 on distorted pictures with a border of 2 pixels.
  RESNET50(ResNet.fifty(Shape.of(32, 32, 1), Mnist.CLASSES).architecture(), Augmentation.DIGITS) {
    @Override
    public TrainingPlan plan(int epochs, int batchSize, long seed, int patience, boolean best) {
      return residualPlan(epochs, batchSize, seed, patience, best);
    }

    @Override
    public int epochs() {
      return 4;
    }
  },

  /// A residual network of 8 layers on the same pictures, to learn other things from; see
  /// `docs/transfer.md`.
  RESNET8(
      new ResNet("resnet8", Shape.of(32, 32, 1), Mnist.CLASSES, Stem.LARGE, 64, List.of(1, 1), 2)
          .architecture(),
      Augmentation.DIGITS) {
    @Override
    public TrainingPlan plan(int epochs, int batchSize, long seed, int patience, boolean best) {
      return residualPlan(epochs, batchSize, seed, patience, best);
    }

    @Override
    public int epochs() {
      return 10;
    }
  },

  /// A deeper convolution network on pictures in scenes; see `docs/robustness.md`.
  CNN_ROBUST(Networks.robust(), Augmentation.DIGITS) {
    @Override
    public TrainingPlan plan(int epochs, int batchSize, long seed, int patience, boolean best) {
      return convolutionPlan(0.002, epochs, batchSize, seed, patience, best);
    }

    @Override
    public int epochs() {
      return 30;
    }

    @Override
    public Optional<SceneShare> scenes() {
      return Optional.of(SceneShare.ROBUST);
    }
  };

  private static TrainingPlan convolutionPlan(
      double learningRate, int epochs, int batchSize, long seed, int patience, boolean best) {
    return new TrainingPlan(
        epochs,
        batchSize,
        seed,
        Adam.decoupled(0.1f),
        new Schedule.OneCycle(learningRate, 0.2, 10, 1000),
        0.1f,
        0.9995f,
        0,
        patience,
        best,
        List.of());
  }

  private static TrainingPlan residualPlan(
      int epochs, int batchSize, long seed, int patience, boolean best) {
    return new TrainingPlan(
        epochs,
        batchSize,
        seed,
        new Sgd(0.9f, true, 5e-4f),
        new Schedule.OneCycle(0.05, 0.25, 10, 1000),
        0.1f,
        0.998f,
        0,
        patience,
        best,
        List.of());
  }

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

  /// Whether and how many of its training pictures are in scenes.
  public Optional<SceneShare> scenes() {
    return Optional.empty();
  }

  /// Passes over the training pictures.
  public abstract int epochs();

  /// The whole plan.
  public abstract TrainingPlan plan(
      int epochs, int batchSize, long seed, int patience, boolean keepBest);

  /// The name on the command line, such as `cnn-robust`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

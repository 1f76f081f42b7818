package legible.digits.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import legible.digits.finetune.FineTuneSettings;
import legible.digits.finetune.LineSettings;
import legible.digits.training.Recipe;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What a user can say to `legible finetune`.
final class FinetuneOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR|IDX|mnist",
      required = true,
      description = {
        "The pictures to learn from; mnist stands for data/mnist. For a reader a folder with"
            + " labels.csv."
      })
  Path data;

  @Option(
      names = "--rehearse",
      paramLabel = "DIR|IDX|mnist",
      description = {
        "Pictures that the model shall not forget, such as those it was trained with: they are"
            + " mixed in, half and half, and measured as well."
      })
  Path rehearse;

  @Option(
      names = "--freeze",
      paramLabel = "PREFIX",
      split = ",",
      description = {
        "Leave the layers as they are whose parameters' names begin so; 'body' is all layers but"
            + " the last. May be given several times."
      })
  List<String> freeze = List.of();

  @Option(
      names = "--classes",
      paramLabel = "K",
      description = "Make a new head for K classes in any case.")
  Integer classes;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = {
        "Passes over the pictures; the default is about 1,500 steps' worth, at least 3, at most 60;"
            + " of a reader 12."
      })
  Integer epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "B",
      description = "Pictures in a step; the default is 64, of a reader 32.")
  Integer batchSize;

  @Option(
      names = "--learning-rate",
      paramLabel = "F",
      description = "The highest learning rate of the body; the default is 0.0005.")
  Double learningRate;

  @Option(
      names = "--head-learning-rate",
      paramLabel = "F",
      description = {
        "The highest learning rate of the last layer; the default is that of the body, ten times as"
            + " much for a new head."
      })
  Double headLearningRate;

  @Option(names = "--augment", description = "Distort the training pictures, each time anew.")
  boolean augment;

  @Option(
      names = "--hold-out",
      paramLabel = "SHARE",
      description = "The part of each class, or of the lines, to measure on; the default is 0.2.")
  double holdOut = 0.2;

  @Option(
      names = "--per-class",
      paramLabel = "N",
      description = "Learn from N pictures of each class only, drawn from the seed.")
  Integer perClass;

  @Option(
      names = "--lines",
      paramLabel = "N",
      description = {
        "reader: lines of a pass, half of them composed; the photographed ones come again, in"
            + " another way each time. The default is 1,500."
      })
  Integer lines;

  @Option(
      names = "--kind",
      paramLabel = "NAME",
      description = "reader: take only the pictures of this kind, as labels.csv has it.")
  String kind;

  @Option(
      names = "--from-scratch",
      description = "Take only the layers of MODEL and draw all weights anew: for comparison.")
  boolean fromScratch;

  @Option(
      names = "--skip-unreadable",
      description = "Leave out pictures that cannot be read instead of refusing the folder.")
  boolean skip;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "The seed of every random draw; the default is 1.")
  long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The new model file; the default is MODEL's name with -finetuned.")
  Path out;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "The folder of the report; the default is target/report/NAME of the new file.")
  Path report;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description =
          "Go on from this checkpoint, with its settings; MODEL, --data and --rehearse as"
              + " they were.")
  Path resume;

  @Option(names = "--json", description = "Print one JSON document.")
  boolean asJson;

  /// The settings for a model of single pictures.
  FineTuneSettings pictureSettings() {
    return new FineTuneSettings(
        optional(epochs),
        batchSize == null ? Recipe.BATCH_SIZE : batchSize,
        seed,
        optional(learningRate),
        optional(headLearningRate),
        freeze,
        optional(classes),
        fromScratch,
        augment,
        new FineTuneSettings.Division(holdOut, perClass == null ? 0 : perClass));
  }

  /// The settings for a reader of lines.
  LineSettings lineSettings() {
    return new LineSettings(
        epochs == null ? LineSettings.EPOCHS : epochs,
        lines == null ? LineSettings.LINES : lines,
        batchSize == null ? LineSettings.BATCH_SIZE : batchSize,
        seed,
        optional(learningRate),
        holdOut);
  }

  private static OptionalInt optional(Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private static OptionalDouble optional(Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /// Checks what can be checked before the model is known.
  void check() {
    require("--epochs", epochs == null || epochs >= 1, "a number >= 1", epochs);
    require("--batch-size", batchSize == null || batchSize >= 1, "a number >= 1", batchSize);
    require("--classes", classes == null || (classes >= 2 && classes <= 256), "2 to 256", classes);
    require("--per-class", perClass == null || perClass >= 1, "a number >= 1", perClass);
    require("--lines", lines == null || lines >= 2, "a number >= 2", lines);
    require("--hold-out", holdOut > 0 && holdOut < 1, "a share between 0 and 1", holdOut);
    requireRate("--learning-rate", learningRate);
    requireRate("--head-learning-rate", headLearningRate);
    require(
        "--freeze", !fromScratch || freeze.isEmpty(), "nothing frozen with --from-scratch", freeze);
    boolean settings =
        epochs != null || learningRate != null || headLearningRate != null || lines != null;
    boolean division = classes != null || perClass != null || !freeze.isEmpty();
    if (resume != null && (settings || division || fromScratch || augment)) {
      throw new ParameterException(
          spec.commandLine(),
          "--resume: the settings of the checkpoint are used; give MODEL, --data, --rehearse and"
              + " --kind only");
    }
  }

  /// Refuses what makes no sense for a reader of lines.
  void checkForReader() {
    String pictures = "a model of single pictures expected, got a reader of lines";
    refuse("--freeze", !freeze.isEmpty(), pictures);
    refuse("--classes", classes != null, pictures);
    refuse("--head-learning-rate", headLearningRate != null, pictures);
    refuse("--per-class", perClass != null, pictures);
    refuse("--from-scratch", fromScratch, pictures);
    refuse("--augment", augment, "not expected: a reader's lines look another way in every pass");
    refuse(
        "--rehearse",
        rehearse != null,
        "not expected: composed lines are always mixed in for a reader, half and half, so that it"
            + " does not forget");
  }

  /// Refuses what makes sense for a reader of lines only.
  void checkForPictures() {
    String reader = "a reader of lines expected, got a model of single pictures";
    refuse("--lines", lines != null, reader);
    refuse("--kind", kind != null, reader);
  }

  private void refuse(String option, boolean given, String words) {
    if (given) {
      throw new ParameterException(spec.commandLine(), option + ": " + words);
    }
  }

  private void requireRate(String option, Double rate) {
    require(option, rate == null || (rate > 0 && rate <= 10), "a rate in (0, 10]", rate);
  }

  private void require(String option, boolean holds, String expected, Object got) {
    if (!holds) {
      throw new ParameterException(
          spec.commandLine(), "%s: %s expected, got %s".formatted(option, expected, got));
    }
  }

  /// Where the new model goes.
  Path out(Path model) {
    if (out != null) {
      return out;
    }
    String name = model.getFileName().toString().replaceFirst("(\\.legible)?$", "");
    return model.resolveSibling(name + "-finetuned.legible");
  }

  /// Where the report goes.
  Path report(Path file) {
    String name = file.getFileName().toString().replaceFirst("\\.legible$", "");
    return report == null ? Places.report(name) : report;
  }
}

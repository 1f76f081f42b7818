package legible.digits.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import legible.digits.report.HistoryFiles;
import legible.digits.report.Report;
import legible.digits.training.ReaderJob;
import legible.digits.training.Recipe;
import legible.digits.training.TrainingJob;
import legible.format.Checkpoint;
import legible.format.ModelFile;
import legible.kernel.Kernels;
import legible.train.TrainingPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `legible train`: from the data to a model file and a report.
@Command(
    name = "train",
    description = {
      "Trains a network on MNIST, measures it, saves it and writes a report.",
      "The last 5,000 training pictures are kept aside for choosing; the test pictures are read at"
          + " the very end. A checkpoint stands beside the model after each epoch, until the model"
          + " is saved."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  legible train",
      "  legible train logistic --seed 3 --json",
      "  legible train --epochs 1 --limit 10000 --out /tmp/quick.legible",
      "  legible train --resume models/cnn.checkpoint.legible",
      "  legible train reader"
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ComputeOptions compute;

  @Parameters(
      arity = "0..1",
      paramLabel = "NETWORK",
      description = {
        "logistic, cnn, cnn-robust, resnet8, resnet50 or reader (of whole numbers); the default is"
            + " cnn."
      })
  private String network;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Passes over the training pictures; the default is 4 (resnet50), 10 (resnet8), 20"
              + " (logistic), 30 (cnn, cnn-robust) or 40 (reader, and a fifth of them more on"
              + " tidier lines).")
  private Integer epochs;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "The seed of every random draw; the default is 1.")
  private Long seed;

  @Option(
      names = "--batch-size",
      paramLabel = "B",
      description = "Pictures in a step; the default is 64.")
  private Integer batchSize;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Train on the first N training pictures only.")
  private Integer limit;

  @Option(
      names = "--lines",
      paramLabel = "N",
      description = "reader: composed lines of an epoch; the default is 16000.")
  private Integer lines;

  @Option(
      names = "--early-stopping",
      paramLabel = "N",
      description = "Stop after N epochs without a better validation loss.")
  private Integer patience;

  @Option(
      names = "--best-weights",
      description = "Save the epoch with the best validation loss instead of the last one.")
  private boolean best;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The folder of MNIST's files; the default is data/mnist.")
  private Path data = Places.data();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The model file; the default is models/NETWORK.legible.")
  private Path out;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "The folder of the report; the default is target/report/NETWORK.")
  private Path report;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description = "Go on from this checkpoint, with its settings.")
  private Path resume;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean asJson;

  @Override
  public Integer call() throws IOException {
    checkOptions();
    if ("reader".equalsIgnoreCase(network) || ReaderTraining.isCheckpoint(resume)) {
      return reader();
    }
    ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), "training");
    try (Kernels kernels = compute.create()) {
      TrainingJob job = new TrainingJob(data, kernels, List.of(bar));
      Checkpoint start = resume == null ? fresh(job) : Checkpoint.read(resume);
      String name = start.architecture().name();
      Path file = out == null ? Places.model(name) : out;
      Path folder = report == null ? Places.report(name) : report;
      int done = start.state().epochs();
      bar.epochs(done, start.plan().epochs());
      Files.createDirectories(folder); // fails now rather than after the training
      long begin = System.nanoTime();
      TrainingJob.Result result = job.run(start, file, bar::images);
      double seconds = (System.nanoTime() - begin) / 1e9;
      bar.clear();
      HistoryFiles.write(folder, result.history());
      Path page = Report.write(folder, result);
      double rate = (double) result.trainingImages() * (result.history().size() - done) / seconds;
      print(result, file, page, seconds, rate);
    }
    return 0;
  }

  private void checkOptions() {
    requireAtLeast("--epochs", epochs, 1);
    requireAtLeast("--batch-size", batchSize, 1);
    requireAtLeast("--limit", limit, 1);
    requireAtLeast("--lines", lines, 1);
    requireAtLeast("--early-stopping", patience, 1);
    boolean settings =
        network != null || epochs != null || seed != null || batchSize != null || limit != null;
    if (resume != null && (settings || patience != null || best || lines != null)) {
      throw new ParameterException(
          spec.commandLine(),
          "--resume: the settings of the checkpoint are used; NETWORK, --epochs, --seed,"
              + " --batch-size, --limit, --early-stopping and --best-weights cannot be given as"
              + " well");
    }
  }

  private int reader() throws IOException {
    if (limit != null || patience != null || best || report != null) {
      throw new ParameterException(
          spec.commandLine(),
          "reader: --epochs, --seed, --batch-size, --data, --out, --resume and --lines expected;"
              + " --limit, --early-stopping, --best-weights and --report are for networks of"
              + " digits");
    }
    ReaderTraining training = new ReaderTraining(spec.commandLine(), data, asJson);
    try (Kernels kernels = compute.create()) {
      training.run(
          kernels,
          resume,
          ReaderJob.plan(
              epochs == null ? ReaderJob.EPOCHS : epochs,
              batchSize == null ? ReaderJob.BATCH_SIZE : batchSize,
              seed == null ? 1 : seed),
          lines == null ? ReaderJob.LINES_PER_EPOCH : lines,
          out == null ? Places.model("reader") : out);
    }
    return 0;
  }

  private void requireAtLeast(String option, Integer value, int least) {
    if (value != null && value < least) {
      throw new ParameterException(
          spec.commandLine(), option + ": a number >= " + least + " expected, got " + value);
    }
  }

  private Checkpoint fresh(TrainingJob job) throws IOException {
    Recipe recipe = recipe();
    TrainingPlan plan =
        recipe.plan(
            epochs == null ? recipe.epochs() : epochs,
            batchSize == null ? Recipe.BATCH_SIZE : batchSize,
            seed == null ? 1 : seed,
            patience == null ? 0 : patience,
            best);
    return job.start(
        recipe.architecture(),
        plan,
        recipe.augmentation(),
        recipe.scenes(),
        limit == null ? 0 : limit);
  }

  private Recipe recipe() {
    if (network == null) {
      return Recipe.CNN;
    }
    for (Recipe recipe : Recipe.values()) {
      if (recipe.toString().equals(network.toLowerCase(Locale.ROOT))) {
        return recipe;
      }
    }
    throw new ParameterException(
        spec.commandLine(),
        "NETWORK: one of " + List.of(Recipe.values()) + " or reader expected, got " + network);
  }

  private void print(TrainingJob.Result result, Path file, Path page, double seconds, double rate)
      throws IOException {
    ModelFile model = result.file();
    PrintWriter output = spec.commandLine().getOut();
    if (asJson) {
      Json.print(
          output,
          json -> {
            json.writeStringField("model", model.architecture().name());
            json.writeNumberField("parameters", model.weights().trainedCount());
            json.writeNumberField("epochs", result.history().size());
            json.writeNumberField("seed", Long.parseLong(model.metadata().get("plan.seed")));
            json.writeNumberField("seconds", seconds);
            json.writeNumberField("imagesPerSecond", rate);
            json.writeNumberField("validationAccuracy", result.validation().accuracy());
            json.writeNumberField("testAccuracy", result.test().accuracy());
            json.writeStringField("file", file.toString());
            json.writeStringField("sha256", model.sha256());
          });
      return;
    }
    output.printf(
        Locale.ROOT,
        "%s: test accuracy %.4f (%d of %d wrong), validation accuracy %.4f%n",
        model.architecture().name(),
        result.test().accuracy(),
        result.test().images() - result.test().correct(),
        result.test().images(),
        result.validation().accuracy());
    output.printf(
        Locale.ROOT,
        "trained %d epochs in %.1f s, %,.0f images/s%n",
        result.history().size(),
        seconds,
        rate);
    output.printf("model   %s%n        SHA-256 %s%nreport  %s%n", file, model.sha256(), page);
    output.flush();
  }
}

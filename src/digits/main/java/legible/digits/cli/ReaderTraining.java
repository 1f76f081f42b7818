package legible.digits.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import legible.digits.training.ReaderJob;
import legible.format.Checkpoint;
import legible.format.ModelFile;
import legible.format.Provenance;
import legible.kernel.Kernels;
import legible.train.TrainingPlan;
import picocli.CommandLine;

/// `legible train reader`: the part of `train` that has a training of its own kind.
final class ReaderTraining {
  private final CommandLine command;
  private final Path data;
  private final boolean asJson;

  ReaderTraining(CommandLine command, Path data, boolean asJson) {
    this.command = command;
    this.data = data;
    this.asJson = asJson;
  }

  /// Whether a training to go on with is that of a reader.
  static boolean isCheckpoint(Path resume) throws IOException {
    return resume != null && Checkpoint.read(resume).metadata().containsKey(ReaderJob.COMPOSER);
  }

  void run(Kernels kernels, Path resume, TrainingPlan plan, int lines, Path out)
      throws IOException {
    ProgressBar bar = new ProgressBar(command.getErr(), "training");
    ReaderJob job = new ReaderJob(data, kernels, List.of(bar));
    Checkpoint start = resume == null ? job.start(plan, lines) : Checkpoint.read(resume);
    int done = ReaderJob.done(start);
    bar.epochs(done, ReaderJob.epochs(start));
    long begin = System.nanoTime();
    ReaderJob.Result result = job.run(start, out);
    double seconds = (System.nanoTime() - begin) / 1e9;
    bar.clear();
    int epochs = ReaderJob.epochs(start);
    print(result, out, epochs, seconds, (double) result.lines() * (epochs - done));
  }

  private void print(ReaderJob.Result result, Path out, int epochs, double seconds, double lines)
      throws IOException {
    ModelFile model = result.file();
    double validation = accuracy(model, Provenance.VALIDATION_ACCURACY);
    double test = accuracy(model, Provenance.TEST_ACCURACY);
    PrintWriter output = command.getOut();
    if (asJson) {
      Json.print(
          output,
          json -> {
            json.writeStringField("model", model.architecture().name());
            json.writeNumberField("parameters", model.weights().trainedCount());
            json.writeNumberField("epochs", epochs);
            json.writeNumberField("seed", Long.parseLong(model.metadata().get("plan.seed")));
            json.writeNumberField("seconds", seconds);
            json.writeNumberField("linesPerSecond", lines / seconds);
            json.writeNumberField("validationAccuracy", validation);
            json.writeNumberField("testAccuracy", test);
            json.writeStringField("file", out.toString());
            json.writeStringField("sha256", model.sha256());
          });
      return;
    }
    output.printf(
        Locale.ROOT,
        "%s: %.4f of the plain lines of test digits right, %.4f of validation digits%n",
        model.architecture().name(),
        test,
        validation);
    output.printf(
        Locale.ROOT,
        "trained %d epochs in %.1f s, %,.0f lines/s%n",
        epochs,
        seconds,
        lines / seconds);
    output.printf("model   %s%n        SHA-256 %s%n", out, model.sha256());
    output.flush();
  }

  private static double accuracy(ModelFile model, String name) {
    return Double.parseDouble(model.metadata().get(name));
  }
}

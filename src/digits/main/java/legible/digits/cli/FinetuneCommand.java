package legible.digits.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import legible.digits.finetune.Beginning;
import legible.digits.finetune.FineTuneJob;
import legible.digits.finetune.PictureSet;
import legible.digits.report.FineTuneReport;
import legible.digits.report.HistoryFiles;
import legible.digits.training.ReaderJob;
import legible.format.Checkpoint;
import legible.format.ModelFile;
import legible.kernel.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `legible finetune`: a trained model learns from other pictures.
@Command(
    name = "finetune",
    description = {
      "Trains a model further on your own pictures, measures it before and after, saves it as a new"
          + " file and writes a report. MODEL itself stays as it is.",
      "The pictures: a folder with a sub-folder for each class, which has the class's name"
          + " (7/a.png, 7/b.jpg, 9/c.png); or IDX files in the form of MNIST's.",
      "A part of each class is held out, never learnt from: the accuracies are of that part. Of a"
          + " folder with t10k files these are held out. The seed decides which.",
      "Where the model has other classes than the pictures it gets a new head (last layer). What"
          + " frozen layers make of the pictures is computed once.",
      "A reader of lines learns from a folder of pictures of whole numbers with a labels.csv"
          + " (file,label,source,kind,notes; the label has the digits alone). As many composed"
          + " lines are mixed in, so that it does not forget."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  legible finetune models/cnn.legible --data photos --rehearse mnist --augment",
      "  legible finetune models/cnn.legible --data letters --freeze body",
      "  legible finetune models/cnn.legible --data photos --freeze conv1 --freeze conv2 --json",
      "  legible finetune models/cnn.legible --data photos --resume"
          + " models/cnn-finetuned.checkpoint.legible",
      "  legible finetune models/reader.legible --data my-photos --hold-out 0.5"
    })
final class FinetuneCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ComputeOptions compute;
  @Mixin private FinetuneOptions options;

  @Parameters(paramLabel = "MODEL", description = "The model file to begin with.")
  private Path model;

  @Override
  public Integer call() throws IOException {
    options.check();
    ModelFile parent = ModelFile.read(model);
    Path file = options.out(model);
    try (Kernels kernels = compute.create()) {
      if (ReaderJob.isReader(parent)) {
        options.checkForReader();
        new LineFinetuning(spec.commandLine(), options, kernels).run(parent, model, file);
      } else {
        options.checkForPictures();
        pictures(parent, file, kernels);
      }
    }
    return 0;
  }

  private void pictures(ModelFile parent, Path file, Kernels kernels) throws IOException {
    PictureSet pictures = read(options.data);
    Optional<PictureSet> old =
        options.rehearse == null ? Optional.empty() : Optional.of(read(options.rehearse));
    Path folder = options.report(file);
    ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), "training");
    ProgressBar other = new ProgressBar(spec.commandLine().getErr(), "reading");
    FineTuneJob job =
        new FineTuneJob(new Beginning(parent, pictures, old), kernels, List.of(bar), other::images);
    Checkpoint start = options.resume == null ? fresh(job) : Checkpoint.read(options.resume);
    bar.epochs(start.state().epochs(), start.plan().epochs());
    Files.createDirectories(folder); // fails now rather than after the training
    long begin = System.nanoTime();
    FineTuneJob.Result result = run(job, start, file);
    double seconds = (System.nanoTime() - begin) / 1e9;
    bar.clear();
    other.clear();
    HistoryFiles.write(folder, result.history());
    Path page = FineTuneReport.write(folder, result);
    PrintWriter output = spec.commandLine().getOut();
    FinetuneSummary summary = new FinetuneSummary(result, model, file, page, seconds);
    if (options.asJson) {
      summary.json(output);
    } else {
      summary.print(output);
    }
  }

  private PictureSet read(Path place) throws IOException {
    PictureSet set = PictureSet.read(Places.pictures(place), options.skip);
    set.skipped().forEach(reason -> spec.commandLine().getErr().println("left out: " + reason));
    spec.commandLine().getErr().flush();
    return set;
  }

  private Checkpoint fresh(FineTuneJob job) throws IOException {
    try {
      return job.start(options.pictureSettings());
    } catch (IllegalArgumentException e) {
      throw unfit(e);
    }
  }

  private FineTuneJob.Result run(FineTuneJob job, Checkpoint start, Path file) throws IOException {
    try {
      return job.run(start, file);
    } catch (IllegalArgumentException e) {
      throw unfit(e);
    }
  }

  /// What does not fit together: an option if the message names one, else the model and the pictures.
  private IOException unfit(IllegalArgumentException e) {
    if (e.getMessage().startsWith("--")) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    return new IOException(model + " and " + options.data + ": " + e.getMessage(), e);
  }
}

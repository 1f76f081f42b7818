package legible.digits.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import legible.digits.finetune.LineBeginning;
import legible.digits.finetune.LineSet;
import legible.digits.finetune.LineTuneJob;
import legible.digits.report.HistoryFiles;
import legible.digits.report.LineTuneReport;
import legible.format.Checkpoint;
import legible.format.ModelFile;
import legible.kernel.Kernels;
import picocli.CommandLine;

/// `legible finetune` of a reader: the part of it that learns from pictures of lines.
final class LineFinetuning {
  private final CommandLine command;
  private final FinetuneOptions options;
  private final Kernels kernels;

  LineFinetuning(CommandLine command, FinetuneOptions options, Kernels kernels) {
    this.command = command;
    this.options = options;
    this.kernels = kernels;
  }

  /// @param model the file of the parent
  /// @param file the new model
  void run(ModelFile parent, Path model, Path file) throws IOException {
    LineSet data = LineSet.read(options.data, Optional.ofNullable(options.kind), Places.data());
    ProgressBar bar = new ProgressBar(command.getErr(), "training");
    ProgressBar other = new ProgressBar(command.getErr(), "reading");
    LineTuneJob job =
        new LineTuneJob(new LineBeginning(parent, data), kernels, List.of(bar), other::images);
    Checkpoint start =
        options.resume == null
            ? job.start(options.lineSettings())
            : Checkpoint.read(options.resume);
    bar.epochs(start.state().epochs(), start.plan().epochs());
    Path folder = options.report(file);
    Files.createDirectories(folder); // fails now rather than after the training
    long begin = System.nanoTime();
    LineTuneJob.Result result = job.run(start, file, options.skip);
    double seconds = (System.nanoTime() - begin) / 1e9;
    bar.clear();
    other.clear();
    result.leftOut().forEach(reason -> command.getErr().println("left out: " + reason));
    command.getErr().flush();
    HistoryFiles.write(folder, result.history());
    Path page = LineTuneReport.write(folder, result);
    PrintWriter output = command.getOut();
    LineFinetuneSummary summary = new LineFinetuneSummary(result, model, file, page, seconds);
    if (options.asJson) {
      summary.json(output);
    } else {
      summary.print(output);
    }
  }
}

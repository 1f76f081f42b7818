package legible.digits.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;
import legible.digits.training.DigitDataset;
import legible.format.ModelFile;
import legible.kernel.Kernels;
import legible.tensor.Workspace;
import legible.train.Evaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `legible evaluate`: the answers of a model on the 10,000 test pictures.
@Command(
    name = "evaluate",
    description = "Measures a model on the 10,000 test pictures of MNIST.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  legible evaluate models/cnn.legible",
      "  legible evaluate models/cnn.legible --json | jq .accuracy"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ComputeOptions compute;

  @Parameters(paramLabel = "FILE", description = "The model file.")
  private Path file;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The folder of MNIST's files; the default is data/mnist.")
  private Path data = Places.data();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean asJson;

  @Override
  public Integer call() throws IOException {
    ModelFile model = ModelFile.read(file);
    Digits.require(model, file);
    LabelledImages images = Mnist.test(data).images();
    try (Kernels kernels = compute.create()) {
      DigitDataset set = new DigitDataset(images, Optional.empty(), kernels.parallel().threads());
      ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), "evaluating");
      Evaluation evaluation =
          Evaluation.of(
              model.architecture(), model.weights(), set, new Workspace(kernels), bar::images);
      bar.clear();
      print(model, evaluation);
    }
    return 0;
  }

  private void print(ModelFile model, Evaluation evaluation) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (asJson) {
      Json.print(
          out,
          json -> {
            json.writeStringField("model", model.architecture().name());
            json.writeNumberField("images", evaluation.images());
            json.writeNumberField("correct", evaluation.correct());
            json.writeNumberField("accuracy", evaluation.accuracy());
            json.writeNumberField("loss", evaluation.loss());
            json.writeArrayFieldStart("confusion");
            for (int[] row : evaluation.confusion()) {
              Json.array(json, row);
            }
            json.writeEndArray();
          });
      return;
    }
    out.printf(
        Locale.ROOT,
        "%s: %d of %d right, accuracy %.4f, loss %.5f%n%n",
        model.architecture().name(),
        evaluation.correct(),
        evaluation.images(),
        evaluation.accuracy(),
        evaluation.loss());
    out.println("true\\read" + "    0     1     2     3     4     5     6     7     8     9");
    int[][] confusion = evaluation.confusion();
    for (int digit = 0; digit < confusion.length; digit++) {
      out.printf("%8d ", digit);
      for (int count : confusion[digit]) {
        out.print(count == 0 ? "     ." : String.format(Locale.ROOT, "%6d", count));
      }
      out.println();
    }
    out.flush();
  }
}

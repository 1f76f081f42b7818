package legible.digits.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import legible.digits.compose.LinePictures;
import legible.digits.decision.Calibration;
import legible.digits.decision.ReadRates;
import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;
import legible.digits.numbers.NumberReader;
import legible.digits.training.LineRates;
import legible.format.ModelFile;
import legible.kernel.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `legible evaluate`: a model's answers to pictures whose labels are known.
@Command(
    name = "evaluate",
    description = {
      "Measures a model on the 10,000 test pictures of MNIST, and a reader on lines of 2 to 10 of"
          + " those digits, half of them touching.",
      "With --photos on the pictures that a folder's labels.csv names: single digits for a model of"
          + " digits, numbers for a reader."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  legible evaluate models/cnn.legible",
      "  legible evaluate models/cnn.legible --json | jq .accuracy",
      "  legible evaluate models/cnn-robust.legible --corruptions --limit 1000",
      "  legible evaluate models/cnn-robust.legible --refusals",
      "  legible evaluate models/reader.legible",
      "  legible evaluate models/reader.legible --photos my-photos"
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final int DEFAULT_LINES = 1000;

  @Spec private CommandSpec spec;
  @Mixin private ComputeOptions compute;

  @Parameters(paramLabel = "FILE", description = "The model file.")
  private Path file;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The folder of MNIST's files; the default is data/mnist.")
  private Path data = Places.data();

  @Option(names = "--limit", paramLabel = "N", description = "Use the first N test pictures only.")
  private Integer limit;

  @Option(
      names = "--photos",
      paramLabel = "DIR",
      description = "Measure on the labelled photographs in this folder instead.")
  private Path photos;

  @Option(
      names = "--lines",
      paramLabel = "N",
      description = "reader: how many lines are composed; the default is 1000.")
  private Integer lines;

  @Option(
      names = "--corruptions",
      description =
          "Corrupt the pictures in the 15 ways of MNIST-C at 5 severities, and print a table.")
  private boolean corruptions;

  @Option(
      names = "--refusals",
      description =
          "Print how many pictures are read and misread if the less sure answers are refused, and"
              + " how many pictures of no digit are refused.")
  private boolean refusals;

  @Option(
      names = "--strangers",
      paramLabel = "DIR",
      description =
          "With --refusals: also ask about the test pictures of another data set in MNIST's form"
              + " that shows no digits, such as Fashion-MNIST.")
  private Path strangers;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean asJson;

  @Override
  public Integer call() throws IOException {
    check();
    ModelFile model = ModelFile.read(file);
    boolean reader = NumberReader.reads(model);
    if (reader) {
      Digits.requireReader(model, file);
    } else {
      Digits.require(model, file);
    }
    ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), "evaluating");
    try (Kernels kernels = compute.create()) {
      View view =
          photos != null
              ? new PhotoEvaluation(model, kernels, bar).scores(photos)
              : reader ? lines(model, kernels, bar) : digits(model, kernels, bar);
      bar.clear();
      view.show(spec.commandLine().getOut(), asJson);
    }
    return 0;
  }

  private void check() {
    require(limit == null || limit >= 1, "--limit: a number >= 1 expected, got " + limit);
    require(lines == null || lines >= 1, "--lines: a number >= 1 expected, got " + lines);
    require(!(corruptions && refusals), "one of --corruptions and --refusals expected, got both");
    require(strangers == null || refusals, "--strangers: --refusals expected with it");
    require(
        photos == null || !(corruptions || refusals || limit != null || lines != null),
        "--photos: no --corruptions, --refusals, --limit or --lines expected with it");
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  private View lines(ModelFile model, Kernels kernels, ProgressBar bar) throws IOException {
    require(
        !corruptions && !refusals && limit == null,
        "--corruptions, --refusals and --limit: a model of single digits expected, got a reader");
    LinePictures plain = LinePictures.plain(Mnist.test(data).images());
    int count = lines == null ? DEFAULT_LINES : lines;
    try (NumberReader reader = new NumberReader(model, kernels)) {
      ReadRates rates = LineRates.ofTexts(reader, plain, count, bar::images);
      return new LineScoreView(
          model.architecture().name(), rates, Calibration.of(model.metadata()));
    }
  }

  private View digits(ModelFile model, Kernels kernels, ProgressBar bar) throws IOException {
    require(lines == null, "--lines: a reader expected, got a model of single digits");
    if (corruptions || refusals) {
      Digits.requireUnframed(model, file);
    }
    LabelledImages all = Mnist.test(data).images();
    LabelledImages images = limit == null ? all : all.part(0, Math.min(limit, all.size()));
    DigitEvaluation evaluation = new DigitEvaluation(model, images, kernels, bar);
    return corruptions ? evaluation.corruptions() : evaluation.answers(refusals, strangers);
  }
}

package legible.digits.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import legible.digits.decision.Calibration;
import legible.digits.decision.Reliability;
import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;
import legible.digits.numbers.NumberReader;
import legible.digits.training.DigitDataset;
import legible.digits.training.ReaderJob;
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

/// `legible calibrate`: makes a model's probabilities true.
@Command(
    name = "calibrate",
    description = {
      "Fits the temperature of a model, which makes its probabilities true, and the thresholds of"
          + " 'legible predict --max-error', on the 5,000 validation pictures of MNIST. A reader"
          + " gets thresholds for 'legible read --max-error', on lines composed from their digits.",
      "'legible train' does the same at its end; this is for models of earlier versions. The"
          + " weights stay as they are; a signature is removed, since it would no longer hold."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  legible calibrate old.legible",
      "  legible calibrate old.legible --out new.legible --json"
    })
final class CalibrateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ComputeOptions compute;

  @Parameters(paramLabel = "FILE", description = "The model file.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the calibrated model is saved; the default is in place of the old one.")
  private Path out;

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
    if (NumberReader.reads(model)) {
      return reader(model);
    }
    Digits.require(model, file);
    LabelledImages all = Mnist.training(data).images();
    LabelledImages kept = all.part(all.size() - Mnist.VALIDATION, Mnist.VALIDATION);
    try (Kernels kernels = compute.create()) {
      DigitDataset set =
          new DigitDataset(
              kept,
              Optional.empty(),
              kernels.parallel().threads(),
              model.architecture().input(),
              Mnist.CLASSES);
      ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), "calibrating");
      Evaluation answers =
          Evaluation.of(
              model.architecture(), model.weights(), set, new Workspace(kernels), bar::images);
      bar.clear();
      Calibration calibration = Calibration.fit(answers);
      double before = Reliability.of(answers).expectedCalibrationError();
      double after = Reliability.of(calibration.apply(answers)).expectedCalibrationError();
      print(calibration, before, after, save(model, calibration));
    }
    return 0;
  }

  /// Only the thresholds: a reader's confidence is no softmax.
  private int reader(ModelFile model) throws IOException {
    try (Kernels kernels = compute.create()) {
      ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), "calibrating");
      Calibration calibration =
          ReaderJob.calibration(model, data, kernels, Integer.MAX_VALUE, bar::images);
      bar.clear();
      print(calibration, Double.NaN, Double.NaN, save(model, calibration));
    }
    return 0;
  }

  private Path target() {
    return out == null ? file : out;
  }

  /// @return the SHA-256 of the new file
  private String save(ModelFile model, Calibration calibration) throws IOException {
    SortedMap<String, String> metadata = new TreeMap<>(model.metadata());
    calibration.write(metadata);
    ModelFile calibrated = new ModelFile(model.model(), metadata);
    calibrated.write(target());
    return calibrated.sha256();
  }

  /// @param before calibration error; NaN where there is no temperature
  private void print(Calibration calibration, double before, double after, String sha256)
      throws IOException {
    PrintWriter output = spec.commandLine().getOut();
    Path target = target();
    if (asJson) {
      Json.print(
          output,
          json -> {
            json.writeStringField("file", target.toString());
            json.writeStringField("sha256", sha256);
            if (!Double.isNaN(before)) {
              json.writeNumberField("temperature", calibration.temperature());
              json.writeNumberField("eceBefore", before);
              json.writeNumberField("ece", after);
            }
            json.writeObjectFieldStart("rejectBelow");
            for (var entry : calibration.thresholds().entrySet()) {
              json.writeNumberField(entry.getKey().toString(), entry.getValue());
            }
            json.writeEndObject();
          });
      return;
    }
    if (!Double.isNaN(before)) {
      output.printf(
          Locale.ROOT,
          "temperature %.4f; calibration error on the validation pictures %.4f, before %.4f%n",
          calibration.temperature(),
          after,
          before);
    }
    calibration
        .thresholds()
        .forEach(
            (misread, threshold) ->
                output.printf(
                    Locale.ROOT,
                    "for at most %6.2f %% misread, answers below %s are refused%n",
                    100 * misread,
                    threshold > 1
                        ? "any probability"
                        : String.format(Locale.ROOT, "%.4f %%", 100 * threshold)));
    output.printf("model %s%n      SHA-256 %s%n", target, sha256);
    output.flush();
  }
}

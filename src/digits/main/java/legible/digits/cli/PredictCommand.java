package legible.digits.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import legible.digits.Recognizer;
import legible.digits.image.DigitNormalizer;
import legible.digits.image.ImageFile;
import legible.format.ModelFile;
import legible.kernel.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `legible predict`: the digit in each of some pictures.
@Command(
    name = "predict",
    description = {
      "Reads the digit in each picture (PNG, JPEG, BMP or GIF; any size; dark ink on a light ground"
          + " or the reverse).",
      "A picture that cannot be read is reported, the others are still answered."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  legible predict nine.png",
      "  legible predict scans/*.jpg --json | jq -r '[.file, .digit] | @tsv'"
    })
final class PredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ComputeOptions compute;

  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "The pictures.")
  private List<Path> images;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "The model file; the default is models/cnn.legible.")
  private Path file = Places.model("cnn");

  @Option(names = "--json", description = "Print one JSON document per picture and line.")
  private boolean asJson;

  @Override
  public Integer call() throws IOException {
    ModelFile model = ModelFile.read(file);
    Digits.require(model, file);
    boolean failed = false;
    try (Kernels kernels = compute.create();
        Recognizer recognizer = new Recognizer(model, kernels)) {
      for (Path image : images) {
        try {
          float[] pixels = DigitNormalizer.normalize(image.toString(), ImageFile.read(image));
          print(image, recognizer.probabilities(pixels));
        } catch (IOException e) {
          Failures.print(spec.commandLine(), e);
          failed = true;
        }
      }
    }
    return failed ? 1 : 0;
  }

  private void print(Path image, float[] probabilities) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    int digit = 0;
    for (int k = 1; k < probabilities.length; k++) {
      digit = probabilities[k] > probabilities[digit] ? k : digit;
    }
    int answer = digit;
    if (asJson) {
      Json.print(
          out,
          json -> {
            json.writeStringField("file", image.toString());
            json.writeNumberField("digit", answer);
            json.writeNumberField("probability", probabilities[answer]);
            Json.array(json, "probabilities", probabilities);
          });
      return;
    }
    out.printf(Locale.ROOT, "%s: %d (%.1f %%)%n", image, answer, 100 * probabilities[answer]);
    out.flush();
  }
}

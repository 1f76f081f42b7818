package legible.digits.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import legible.digits.Answer;
import legible.digits.Reading;
import legible.digits.Recognizer;
import legible.digits.image.ImageFile;
import legible.digits.receipt.Receipt;
import legible.digits.receipt.ReceiptFile;
import legible.format.ModelFile;
import legible.kernel.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `legible predict`: the digit in each of some pictures.
@Command(
    name = "predict",
    description = {
      "Reads the digit in each picture (PNG, JPEG, BMP or GIF; any size; dark ink on a light ground"
          + " or the reverse).",
      "A picture that cannot be read is reported, the others are still answered.",
      "A receipt says what was decided and from what; 'legible replay' decides it again and"
          + " compares every bit."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  legible predict nine.png",
      "  legible predict scans/*.jpg --json | jq -r '[.file, .digit] | @tsv'",
      "  legible predict nine.png --receipt nine.receipt.json"
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

  @Option(
      names = "--receipt",
      paramLabel = "FILE",
      description = "Write what was decided and from what to this file; for one picture only.")
  private Path receipt;

  @Option(names = "--json", description = "Print one JSON document per picture and line.")
  private boolean asJson;

  @Override
  public Integer call() throws IOException {
    if (receipt != null && images.size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "--receipt: one IMAGE expected, got " + images.size());
    }
    ModelFile model = ModelFile.read(file);
    Digits.require(model, file);
    boolean failed = false;
    try (Kernels kernels = compute.create();
        Recognizer recognizer = new Recognizer(model, kernels)) {
      for (Path image : images) {
        try {
          byte[] picture = ImageFile.bytes(image);
          Reading reading = recognizer.read(image.toString(), picture);
          if (receipt != null) {
            ReceiptFile.write(
                Receipt.of(image.toString(), picture, file.toString(), model, reading), receipt);
          }
          print(image, reading.answer());
        } catch (IOException e) {
          Failures.print(spec.commandLine(), e);
          failed = true;
        }
      }
    }
    return failed ? 1 : 0;
  }

  private void print(Path image, Answer answer) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (asJson) {
      Json.print(
          out,
          json -> {
            json.writeStringField("file", image.toString());
            json.writeNumberField("digit", answer.digit());
            json.writeNumberField("probability", answer.probability());
            Json.array(json, "probabilities", answer.probabilities());
          });
      return;
    }
    out.printf(
        Locale.ROOT, "%s: %d (%.1f %%)%n", image, answer.digit(), 100 * answer.probability());
    out.flush();
  }
}

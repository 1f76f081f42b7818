package legible.digits.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import legible.digits.decision.Refusal;
import legible.digits.image.ImageFile;
import legible.digits.json.AnswerJson;
import legible.digits.numbers.NumberReader;
import legible.digits.numbers.NumberReading;
import legible.digits.report.BoxPicture;
import legible.format.ModelFile;
import legible.kernel.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `legible read`: the whole numbers in each of some pictures.
@Command(
    name = "read",
    description = {
      "Reads the numbers written in each picture: all digits of a line, with points, commas,"
          + " dashes, stars and currency signs. Several lines are read from top to bottom.",
      "A picture that cannot be read is reported, the others are still answered."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  legible read amount.png",
      "  legible read --amount checks/*.png --json | jq -r '[.file, .amount, .confidence] | @tsv'",
      "  legible read amount.png --max-error 0.01",
      "  legible read page.jpg --boxes page-boxes.png"
    })
final class ReadCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ComputeOptions compute;

  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "The pictures.")
  private List<Path> images;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "The model file; the default is models/reader.legible.")
  private Path file = Places.model("reader");

  @Option(
      names = "--amount",
      description =
          "The text has the shape of an amount of money, such as 1,234.56, 1234- or 12 34/100; what"
              + " has not is rejected.")
  private boolean amount;

  @Option(
      names = "--max-error",
      paramLabel = "SHARE",
      description = {
        "Reject what the model is not sure enough of: of the answers not rejected, no greater share"
            + " shall be wrong, such as 0.01.",
        "The model's thresholds were chosen on composed lines; on worse pictures more answers may"
            + " be wrong."
      })
  private Double maxError;

  @Option(
      names = "--boxes",
      paramLabel = "FILE",
      description = "Draw what was read and where into a copy (PNG); for one picture only.")
  private Path boxes;

  @Option(names = "--json", description = "Print one JSON document per picture and line.")
  private boolean asJson;

  @Override
  public Integer call() throws IOException {
    if (boxes != null && images.size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "--boxes: one IMAGE expected, got " + images.size());
    }
    ModelFile model = ModelFile.read(file);
    Digits.requireReader(model, file);
    Refusal refusal =
        maxError == null
            ? Refusal.NEVER
            : MaxError.refusal(maxError, model, file, spec.commandLine());
    boolean failed = false;
    try (Kernels kernels = compute.create();
        NumberReader reader = new NumberReader(model, kernels)) {
      for (Path image : images) {
        try {
          byte[] picture = ImageFile.bytes(image);
          NumberReading reading = reader.read(image.toString(), picture, amount);
          if (boxes != null) {
            BoxPicture.write(ImageFile.decode(image.toString(), picture), reading, boxes);
          }
          print(image, reading, refusal);
        } catch (IOException e) {
          Failures.print(spec.commandLine(), e);
          failed = true;
        }
      }
    }
    return failed ? 1 : 0;
  }

  private void print(Path image, NumberReading reading, Refusal refusal) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (asJson) {
      Json.print(
          out,
          json -> {
            json.writeStringField("file", image.toString());
            AnswerJson.write(json, reading, amount, refusal);
          });
      return;
    }
    reading
        .lines()
        .forEach(
            line ->
                out.printf(
                    Locale.ROOT,
                    "%s: %s (%.1f %%)%n",
                    image,
                    line.text(),
                    100 * line.confidence()));
    if (refusal.rejects(reading)) {
      out.println(image + ": rejected, a person should read it");
    }
    out.flush();
  }
}

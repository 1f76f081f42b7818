package legible.digits.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import legible.digits.Recognizer;
import legible.digits.image.ImageFile;
import legible.digits.receipt.Receipt;
import legible.digits.receipt.ReceiptFile;
import legible.digits.receipt.ReceiptFormatException;
import legible.format.EngineVersion;
import legible.format.ModelFile;
import legible.kernel.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `legible replay`: decides again what a receipt says was decided, and compares every bit.
@Command(
    name = "replay",
    description = {
      "Decides again what a receipt of 'legible predict --receipt' says was decided, and compares"
          + " every value bit by bit: the files, each step of the preprocessing, what the network"
          + " read, what it said, and the decision.",
      "The exit code is 0 if all of it is identical and 1 if anything differs."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  legible replay nine.receipt.json",
      "  legible replay nine.receipt.json --image archive/nine.png --model old/cnn.legible",
      "  legible replay nine.receipt.json --json | jq '.differences[0]'"
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ComputeOptions compute;

  @Parameters(paramLabel = "RECEIPT", description = "The receipt.")
  private Path file;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "The model file; the default is the one that the receipt names.")
  private Path model;

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description = "The picture; the default is the one that the receipt names.")
  private Path image;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean asJson;

  @Override
  public Integer call() throws IOException {
    Receipt receipt = ReceiptFile.read(file);
    Path modelFile = model == null ? named("model", "--model", receipt.model()) : model;
    Path imageFile = image == null ? named("picture", "--image", receipt.input()) : image;
    byte[] picture = ImageFile.bytes(imageFile);
    List<Receipt.Difference> differences = foreign(receipt, picture);
    if (differences.isEmpty()) {
      ModelFile network = ModelFile.read(modelFile);
      Digits.require(network, modelFile);
      try (Kernels kernels = compute.create();
          Recognizer recognizer = new Recognizer(network, kernels)) {
        differences =
            receipt.differences(
                Receipt.of(
                    imageFile.toString(),
                    picture,
                    modelFile.toString(),
                    network,
                    recognizer.read(imageFile.toString(), picture)));
      }
    }
    print(receipt, differences);
    return differences.isEmpty() ? 0 : 1;
  }

  /// A file that the receipt names, and only if it is one: a receipt may come from anywhere, and
  /// shall not make us wait for a device.
  private Path named(String what, String option, Receipt.Source source) throws IOException {
    try {
      Path path = Path.of(source.file());
      if (Files.isRegularFile(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      // no file of this system: told like one that is not there
    }
    throw new ReceiptFormatException(
        file.toString(),
        "its %s '%s' is not there; say where it is with %s".formatted(what, source.file(), option));
  }

  /// Another picture need not be decoded: nothing that follows would be about the receipt.
  private static List<Receipt.Difference> foreign(Receipt receipt, byte[] picture) {
    String sha256 = Receipt.sha256Of(picture);
    return sha256.equals(receipt.input().sha256())
        ? List.of()
        : List.of(new Receipt.Difference("input.sha256", receipt.input().sha256(), sha256));
  }

  private void print(Receipt receipt, List<Receipt.Difference> differences) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (asJson) {
      Json.print(
          out,
          json -> {
            json.writeStringField("receipt", file.toString());
            json.writeBooleanField("identical", differences.isEmpty());
            json.writeNumberField("digit", receipt.decision().digit());
            json.writeStringField("receiptEngine", receipt.engine());
            json.writeStringField("engine", EngineVersion.TEXT);
            json.writeArrayFieldStart("differences");
            for (Receipt.Difference difference : differences) {
              json.writeStartObject();
              json.writeStringField("field", difference.field());
              json.writeStringField("receipt", difference.expected());
              json.writeStringField("replay", difference.got());
              json.writeEndObject();
            }
            json.writeEndArray();
          });
      return;
    }
    out.println(file + ": " + verdict(receipt, differences));
    if (!receipt.engine().equals(EngineVersion.TEXT)) {
      out.printf("decided by Legible %s, replayed by %s%n", receipt.engine(), EngineVersion.TEXT);
    }
    out.flush();
  }

  private static String verdict(Receipt receipt, List<Receipt.Difference> differences) {
    Receipt.Decision decision = receipt.decision();
    if (differences.isEmpty()) {
      return String.format(
          Locale.ROOT,
          "identical: a %d (%.1f %%), and every value on the way has the same bits",
          decision.digit(),
          100 * decision.probability());
    }
    Receipt.Difference first = differences.getFirst();
    return "different: %s: %s in the receipt, %s now%s"
        .formatted(
            first.field(),
            first.expected(),
            first.got(),
            differences.size() == 1 ? "" : "; " + differences.size() + " fields differ in all");
  }
}

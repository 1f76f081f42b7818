package legible.digits.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import legible.digits.Answer;
import legible.digits.Reading;
import legible.digits.Recognizer;
import legible.digits.decision.Refusal;
import legible.digits.finetune.ClassNames;
import legible.digits.image.ImageFile;
import legible.digits.image.Step;
import legible.digits.json.AnswerJson;
import legible.digits.objects.ObjectRecognizer;
import legible.digits.receipt.Receipt;
import legible.digits.receipt.ReceiptFile;
import legible.digits.report.GrayPicture;
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
      "Reads the digit in each picture (PNG, JPEG, BMP, GIF or TIFF; any size; dark ink on a light"
          + " ground or the reverse).",
      "A model that was fine-tuned for other classes answers with their names.",
      "A picture that cannot be read is reported, the others are still answered.",
      "A receipt says what was decided and from what; 'legible replay' decides it again and"
          + " compares every bit."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  legible predict nine.png",
      "  legible predict scans/*.jpg --json | jq -r '[.file, .digit] | @tsv'",
      "  legible predict nine.png --max-error 0.001 --model models/cnn-robust.legible",
      "  legible predict nine.png --receipt nine.receipt.json",
      "  legible predict nine.png --steps nine-steps"
    })
final class PredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ComputeOptions compute = new ComputeOptions();

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

  @Option(
      names = "--steps",
      paramLabel = "DIR",
      description = "Write the picture after every step into this folder; for one picture only.")
  private Path steps;

  @Option(
      names = "--max-error",
      paramLabel = "SHARE",
      description = {
        "Refuse to answer where the model is not sure enough: of the answers given, no greater"
            + " share shall be wrong, such as 0.001.",
        "The model's thresholds were chosen on pictures like MNIST's; on worse pictures more"
            + " answers may be wrong."
      })
  private Double maxError;

  @Option(names = "--json", description = "Print one JSON document per picture and line.")
  private boolean asJson;

  /// Whether a command line is `predict` and names of pictures, without options: it needs no parser,
  /// which would take half of the time.
  static boolean isPlain(String... arguments) {
    return arguments.length > 1
        && arguments[0].equals("predict")
        && Arrays.stream(arguments)
            .noneMatch(a -> a.isEmpty() || a.startsWith("-") || a.startsWith("@"));
  }

  /// Runs a plain command line.
  ///
  /// @return the exit code
  static int plain(String... arguments) {
    PredictCommand command = new PredictCommand();
    command.compute.single();
    command.images = Arrays.stream(arguments).skip(1).map(Path::of).toList();
    try {
      return command.call();
    } catch (IOException | RuntimeException e) {
      Failures.print(command.err(), e);
      return 1;
    }
  }

  private PrintWriter out() {
    return spec == null ? standard(System.out) : spec.commandLine().getOut();
  }

  private static PrintWriter standard(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  private PrintWriter err() {
    return spec == null ? standard(System.err) : spec.commandLine().getErr();
  }

  @Override
  public Integer call() throws IOException {
    if (receipt != null && images.size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "--receipt: one IMAGE expected, got " + images.size());
    }
    if (steps != null && images.size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "--steps: one IMAGE expected, got " + images.size());
    }
    Ahead<Picture> first = Ahead.start("picture", () -> Picture.read(images.getFirst()));
    ModelFile model = ModelFile.read(file);
    if (ObjectRecognizer.reads(model)) {
      first.discard();
      return objects(model);
    }
    ClassNames classes = Digits.classes(model, file);
    if (receipt != null) {
      Digits.require(model, file);
    }
    Refusal refusal = refusal(model);
    boolean failed = false;
    try (Kernels kernels = compute.create();
        Recognizer recognizer = new Recognizer(model, kernels)) {
      for (int i = 0; i < images.size(); i++) {
        Path image = images.get(i);
        try {
          Picture picture = i == 0 ? first.get() : Picture.read(image);
          Reading reading = recognizer.read(picture.steps());
          if (receipt != null) {
            ReceiptFile.write(
                Receipt.of(image.toString(), picture.bytes(), file.toString(), model, reading),
                receipt);
          }
          if (steps != null) {
            GrayPicture.write(reading.steps(), steps);
          }
          print(image, reading.answer(), classes, refusal);
        } catch (IOException e) {
          Failures.print(err(), e);
          failed = true;
        }
      }
    }
    return failed ? 1 : 0;
  }

  /// Names what is in colour pictures.
  private int objects(ModelFile model) throws IOException {
    if (receipt != null || steps != null || maxError != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--receipt, --steps and --max-error are for models of digits, got one of "
              + model.architecture().output().size()
              + " classes of objects");
    }
    boolean failed = false;
    try (Kernels kernels = compute.create();
        ObjectRecognizer recognizer = new ObjectRecognizer(file.toString(), model, kernels)) {
      for (Path image : images) {
        try {
          Answer answer = recognizer.read(image.toString(), ImageFile.bytes(image));
          print(image, answer, recognizer.classes(), Refusal.NEVER);
        } catch (IOException e) {
          Failures.print(err(), e);
          failed = true;
        }
      }
    }
    return failed ? 1 : 0;
  }

  /// A picture of a digit.
  ///
  /// @param bytes of the file
  /// @param steps from the picture to what a network reads
  private record Picture(byte[] bytes, List<Step> steps) {
    static Picture read(Path image) throws IOException {
      byte[] bytes = ImageFile.bytes(image);
      return new Picture(bytes, Recognizer.reduce(image.toString(), bytes));
    }
  }

  private Refusal refusal(ModelFile model) throws IOException {
    return maxError == null
        ? Refusal.NEVER
        : MaxError.refusal(maxError, model, file, spec.commandLine());
  }

  private void print(Path image, Answer answer, ClassNames classes, Refusal refusal)
      throws IOException {
    PrintWriter out = out();
    if (asJson) {
      Json.print(
          out,
          json -> {
            json.writeStringField("file", image.toString());
            AnswerJson.write(json, answer, classes, refusal);
          });
      return;
    }
    if (refusal.rejects(answer)) {
      out.println(image + ": refused (" + refusal.reason(answer) + ")");
    } else {
      // Not by a Formatter or a BigDecimal: each takes longer than to compute the answer.
      long tenths = Math.round(10.0 * (100 * answer.probability()));
      String percent = tenths / 10 + "." + tenths % 10 + " %";
      out.println(image + ": " + classes.names().get(answer.digit()) + " (" + percent + ")");
    }
    out.flush();
  }
}

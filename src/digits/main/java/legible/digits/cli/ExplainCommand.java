package legible.digits.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import legible.digits.Reading;
import legible.digits.Recognizer;
import legible.digits.explain.Arithmetic;
import legible.digits.explain.Explanation;
import legible.digits.explain.Saliency;
import legible.digits.image.ImageFile;
import legible.digits.report.ExplanationPage;
import legible.format.ModelFile;
import legible.format.Storage;
import legible.infer.Walk;
import legible.kernel.Kernels;
import legible.tensor.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `legible explain`: the arithmetic behind an answer.
@Command(
    name = "explain",
    description = {
      "Shows how an answer came about: the shape and range of every step's values, and for one"
          + " output every term of its sum in order with the running total, which ends in exactly"
          + " the value that the program stored.",
      "The steps are those by which 'legible predict' answers. The exit code is 1 if the total is"
          + " not the stored value."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  legible explain nine.png",
      "  legible explain nine.png --layer conv1 --at 13,9,4",
      "  legible explain nine.png --out target/nine.html",
      "  legible explain nine.png --layer dense1 --at 17 --json | jq '.arithmetic.terms[0]'"
    })
final class ExplainCommand implements Callable<Integer> {
  private static final int MOST_STEPS = 100_000;

  @Spec private CommandSpec spec;
  @Mixin private ComputeOptions compute;

  @Parameters(paramLabel = "IMAGE", description = "The picture.")
  private Path image;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "The model file; the default is models/cnn.legible.")
  private Path file = Places.model("cnn");

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description = "The layer whose output is computed; the default is the last one.")
  private String layer;

  @Option(
      names = "--at",
      paramLabel = "Y,X,C",
      description =
          "The place of the output: row, column and channel from 0 on, or one number in a layer"
              + " without rows. The default is the largest output.")
  private String at;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Points on the path of the integrated gradients; the default is 256.")
  private int steps = 256;

  @Option(
      names = "--out",
      paramLabel = "FILE.html",
      description = "Also write a page with the feature maps and saliency pictures to this file.")
  private Path page;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean asJson;

  @Override
  public Integer call() throws IOException {
    if (steps < 1 || steps > MOST_STEPS) {
      throw new ParameterException(
          spec.commandLine(),
          "--steps: a number in 1..%d expected, got %d".formatted(MOST_STEPS, steps));
    }
    ImageFile.prepare();
    byte[] picture = ImageFile.bytes(image);
    ModelFile model = ModelFile.read(file);
    Digits.require(model, file);
    Digits.requireUnframed(model, file);
    try (Kernels kernels = compute.create();
        Recognizer recognizer = new Recognizer(model, kernels)) {
      Explanation explanation = explain(model, kernels, recognizer.read(image.toString(), picture));
      if (page != null) {
        Storage.write(page, ExplanationPage.html(explanation).getBytes(StandardCharsets.UTF_8));
      }
      PrintWriter out = spec.commandLine().getOut();
      if (asJson) {
        ExplainJson.print(out, explanation);
      } else {
        ExplainText.print(out, explanation);
      }
      return explanation.arithmetic().isExact() ? 0 : 1;
    }
  }

  private Explanation explain(ModelFile model, Kernels kernels, Reading reading) {
    Walk walk = new Walk(model.architecture(), model.weights(), kernels);
    List<Walk.Stage> stages = walk.run(reading.pixels());
    if (!Arrays.equals(stages.getLast().out().data(), reading.answer().logits())) {
      throw new AssertionError("bug in Legible: the walk does not end in the answer's logits");
    }
    Walk.Stage stage = stage(stages);
    Arithmetic arithmetic = Arithmetic.of(stage, place(stage));
    Saliency saliency =
        Saliency.of(
            walk,
            kernels,
            model.architecture().input(),
            reading.pixels(),
            reading.answer().digit(),
            steps);
    return new Explanation(
        image.toString(), reading, file.toString(), model, stages, arithmetic, saliency);
  }

  private Walk.Stage stage(List<Walk.Stage> stages) {
    if (layer == null) {
      return stages.getLast();
    }
    return Explanation.stage(stages, layer)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "--layer: one of %s expected, got '%s'"
                        .formatted(
                            stages.stream()
                                .flatMap(
                                    s -> Stream.concat(Stream.of(s.name()), s.layers().stream()))
                                .distinct()
                                .collect(Collectors.joining(", ")),
                            layer)));
  }

  private List<Integer> place(Walk.Stage stage) {
    if (at == null) {
      return Arithmetic.largest(stage);
    }
    Shape shape = stage.out().shape().withoutFirst();
    List<Integer> place =
        at.matches("[0-9]{1,9}(,[0-9]{1,9})*")
            ? Stream.of(at.split(",")).map(Integer::valueOf).toList()
            : List.of();
    if (!Arithmetic.contains(shape, place)) {
      throw new ParameterException(
          spec.commandLine(),
          "--at: %s within the shape %s of %s expected, such as %s, got '%s'"
              .formatted(
                  shape.rank() == 3 ? "row, column and channel" : "one number",
                  shape,
                  stage.name(),
                  Arithmetic.of(stage, Arithmetic.largest(stage)).place(),
                  at));
    }
    return place;
  }
}

package legible.digits.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import legible.format.ModelFile;
import legible.format.Safetensors;
import legible.infer.Predictor;
import legible.kernel.Kernels;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `legible run`: a model's logits for tensors, to compare engines.
@Command(
    name = "run",
    description = {
      "Runs a model on the tensor 'input' [N,H,W,C] of a safetensors file, prepared already, and"
          + " writes the tensor 'logits' [N,classes].",
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = "  legible run resnet50.legible --input in.safetensors --output out.safetensors")
final class RunCommand implements Callable<Integer> {
  /// Samples of a pass: it bounds the memory and does not change a bit.
  private static final int BATCH = 8;

  @Spec private CommandSpec spec;
  @Mixin private ComputeOptions compute;

  @Parameters(paramLabel = "MODEL", description = "The model file.")
  private Path file;

  @Option(names = "--input", required = true, paramLabel = "FILE", description = "The samples.")
  private Path input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The file for the logits.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    ModelFile model = ModelFile.read(file);
    Tensor samples = Safetensors.read(input).tensor("input");
    Shape sample = model.architecture().input();
    boolean fits =
        samples.shape().rank() == sample.rank() + 1
            && samples.shape().dimension(0) > 0
            && samples.shape().withoutFirst().equals(sample);
    if (!fits) {
      throw new IOException(
          "%s: 'input' of the shape [N] and %s expected, got %s"
              .formatted(input, sample, samples.shape()));
    }
    Tensor logits = logits(model, samples);
    Safetensors.write(output, Map.of("logits", logits), new TreeMap<>());
    spec.commandLine().getOut().printf("%s: logits %s%n", output, logits.shape());
    spec.commandLine().getOut().flush();
    return 0;
  }

  private Tensor logits(ModelFile model, Tensor samples) {
    int count = samples.shape().dimension(0);
    int size = model.architecture().input().size();
    Tensor logits = Tensor.zeros(model.architecture().output().batchOf(count));
    ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), "running");
    try (Kernels kernels = compute.create();
        Predictor predictor =
            Predictor.create(
                model.architecture(),
                model.weights(),
                kernels.set(),
                kernels.parallel().threads())) {
      for (int from = 0; from < count; from += BATCH) {
        int to = Math.min(from + BATCH, count);
        float[] part = Arrays.copyOfRange(samples.data(), from * size, to * size);
        float[] answers = predictor.logits(part, to - from);
        System.arraycopy(answers, 0, logits.data(), from * predictor.classes(), answers.length);
        bar.images(to, count);
      }
    }
    bar.clear();
    return logits;
  }
}

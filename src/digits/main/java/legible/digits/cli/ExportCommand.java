package legible.digits.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import legible.format.ModelFile;
import legible.format.Safetensors;
import legible.format.TorchResNet;
import legible.tensor.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `legible export`: a model's weights for other engines.
@Command(
    name = "export",
    description = "Writes the weights of a model in a form that other engines read.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  legible export models/cnn.legible --format safetensors --out cnn.safetensors",
      "  legible export resnet50.legible --format safetensors --names torchvision --out"
          + " r.safetensors"
    })
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The model file.")
  private Path file;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "safetensors, with elements of float32.")
  private String format;

  @Option(
      names = "--names",
      paramLabel = "NAMES",
      description = {
        "legible, names and axes as here; or torchvision, names and axes of its residual networks.",
        "The default is legible."
      })
  private String names = "legible";

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    if (!format.equals("safetensors")) {
      throw new ParameterException(
          spec.commandLine(), "--format: safetensors expected, got " + format);
    }
    if (!names.equals("legible") && !names.equals("torchvision")) {
      throw new ParameterException(
          spec.commandLine(), "--names: legible or torchvision expected, got " + names);
    }
    ModelFile model = ModelFile.read(file);
    Map<String, Tensor> tensors = tensors(model);
    Safetensors.write(
        out, tensors, new TreeMap<>(Map.of("format", names.equals("legible") ? names : "pt")));
    spec.commandLine().getOut().printf("%s: %d tensors%n", out, tensors.size());
    spec.commandLine().getOut().flush();
    return 0;
  }

  private Map<String, Tensor> tensors(ModelFile model) throws IOException {
    if (names.equals("torchvision")) {
      try {
        return TorchResNet.tensors(model.model());
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ": --names torchvision: " + e.getMessage(), e);
      }
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    model.weights().all().forEach(p -> tensors.put(p.name(), p.value()));
    return tensors;
  }
}

package legible.digits.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import legible.digits.finetune.ClassNames;
import legible.digits.objects.ImageNet;
import legible.format.ModelFile;
import legible.format.Provenance;
import legible.format.Safetensors;
import legible.format.TorchResNet;
import legible.model.Model;
import legible.model.ResNet;
import legible.tensor.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `legible import`: public weights become a model file.
@Command(
    name = "import",
    description = {
      "Makes a model of weights in a safetensors file with the names of torchvision or timm.",
      "Missing, extra and misshaped tensors are listed, and then nothing is written."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  legible import resnet50 model.safetensors --out models/resnet50.legible --classes"
          + " imagenet",
      "  legible import resnet mine.safetensors --out mine.legible --size 32 --classes names.txt"
    })
final class ImportCommand implements Callable<Integer> {
  private static final String FIFTY = "resnet50";

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "NETWORK",
      description = "resnet50, or resnet for any residual network of bottleneck blocks.")
  private String network;

  @Parameters(index = "1", paramLabel = "FILE", description = "The safetensors file.")
  private Path file;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "The model file.")
  private Path out;

  @Option(
      names = "--size",
      paramLabel = "N",
      description = "Rows and columns of the pictures; the default is 224.")
  private int size = 224;

  @Option(
      names = "--classes",
      paramLabel = "imagenet|FILE",
      description = {
        "The names of the classes: imagenet, or a text file with a name in each line.",
        "'legible predict' then prepares colour pictures as for ImageNet and answers with names."
      })
  private String classes;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean asJson;

  @Override
  public Integer call() throws IOException {
    if (!network.equals(FIFTY) && !network.equals("resnet")) {
      throw new ParameterException(
          spec.commandLine(), "NETWORK: resnet50 or resnet expected, got " + network);
    }
    if (size < 1 || size > 4096) {
      throw new ParameterException(
          spec.commandLine(), "--size: a number in 1..4096 expected, got " + size);
    }
    Safetensors weights = Safetensors.read(file);
    ResNet told = TorchResNet.network(file.toString(), weights, network, size);
    ResNet wanted =
        network.equals(FIFTY)
            ? ResNet.fifty(Shape.of(size, size, told.input().dimension(2)), told.classes())
            : told;
    Model model = TorchResNet.read(file.toString(), weights, wanted.architecture());
    ModelFile imported = new ModelFile(model, metadata(weights, told));
    imported.write(out);
    print(imported);
    return 0;
  }

  private SortedMap<String, String> metadata(Safetensors weights, ResNet told) throws IOException {
    SortedMap<String, String> metadata = Provenance.of(Map.of("weights", weights.sha256()));
    if (classes == null) {
      return metadata;
    }
    ClassNames names =
        classes.equals("imagenet") ? ImageNet.classes() : ImageNet.read(Path.of(classes));
    if (names.count() != told.classes()) {
      throw new IOException(
          "--classes: names of the model's %d classes expected, got %d"
              .formatted(told.classes(), names.count()));
    }
    metadata.put(ClassNames.METADATA, names.text());
    metadata.put(ImageNet.PREPARATION, ImageNet.NAME);
    return metadata;
  }

  private void print(ModelFile model) throws IOException {
    PrintWriter output = spec.commandLine().getOut();
    if (asJson) {
      Json.print(
          output,
          json -> {
            json.writeStringField("model", model.architecture().name());
            json.writeNumberField("parameters", model.weights().trainedCount());
            json.writeStringField("file", out.toString());
            json.writeStringField("sha256", model.sha256());
          });
      return;
    }
    output.printf(
        Locale.ROOT,
        "%s: %,d parameters, from pictures %s to %d classes%nmodel %s%n",
        model.architecture().name(),
        model.weights().trainedCount(),
        model.architecture().input(),
        model.architecture().output().size(),
        out);
    output.flush();
  }
}

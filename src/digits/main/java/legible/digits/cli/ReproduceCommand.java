package legible.digits.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import legible.digits.compare.ModelComparison;
import legible.digits.compare.TensorComparison;
import legible.digits.finetune.Beginning;
import legible.digits.finetune.FineTuneJob;
import legible.digits.finetune.LineBeginning;
import legible.digits.finetune.LineSet;
import legible.digits.finetune.LineTuneJob;
import legible.digits.finetune.PictureSet;
import legible.digits.training.ReaderJob;
import legible.digits.training.TrainingJob;
import legible.format.EngineVersion;
import legible.format.ModelFile;
import legible.format.Provenance;
import legible.kernel.Kernels;
import legible.model.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `legible reproduce`: the training of a model once more, and whether the same bits come out.
@Command(
    name = "reproduce",
    description = {
      "Trains a model again with the data and settings that its file tells, and compares the"
          + " weights bit by bit. Nothing is saved. It takes as long as the training did.",
      "A fine-tuned model needs the model that it began as and the same pictures as well: --parent,"
          + " --data and --rehearse.",
      "The exit code is 0 if the weights are identical and 1 if they differ."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  legible reproduce models/logistic.legible",
      "  legible reproduce models/cnn.legible --threads 1 --json",
      "  legible reproduce cnn-finetuned.legible --parent models/cnn.legible --data photos"
    })
final class ReproduceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ComputeOptions compute;

  @Parameters(paramLabel = "MODEL", description = "The model file.")
  private Path file;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The folder of MNIST's files or, fine-tuned, of its pictures; the default is mnist.")
  private Path data = Path.of("mnist");

  @Option(
      names = "--parent",
      paramLabel = "FILE",
      description = "fine-tuned: the model that it began as.")
  private Path parent;

  @Option(
      names = "--rehearse",
      paramLabel = "DIR",
      description = "fine-tuned: the pictures that were rehearsed.")
  private Path rehearse;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean asJson;

  @Override
  public Integer call() throws IOException {
    ModelFile model = ModelFile.read(file);
    ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), "training");
    try (Kernels kernels = compute.create()) {
      bar.epochs(0, epochs(model));
      long begin = System.nanoTime();
      Model again = again(model, kernels, bar);
      double seconds = (System.nanoTime() - begin) / 1e9;
      bar.clear();
      Comparison comparison = Comparison.of(model, new ModelFile(again, model.metadata()));
      print(comparison, seconds);
      return comparison.identical() ? 0 : 1;
    }
  }

  private Model again(ModelFile model, Kernels kernels, ProgressBar bar) throws IOException {
    String source = file.toString();
    Path pictures = Places.pictures(data);
    String began = model.metadata().get(Provenance.PARENT_SHA256);
    if (LineBeginning.made(model.metadata())) {
      LineSet lines = LineSet.read(data, LineBeginning.kind(model.metadata()), Places.data());
      LineBeginning beginning = new LineBeginning(parent(began), lines);
      return new LineTuneJob(beginning, kernels, List.of(bar), bar::images).repeat(source, model);
    }
    if (began != null) {
      Beginning beginning = beginning(began, pictures);
      return new FineTuneJob(beginning, kernels, List.of(bar), bar::images).repeat(source, model);
    }
    if (ReaderJob.isReader(model)) {
      return new ReaderJob(pictures, kernels, List.of(bar)).repeat(source, model);
    }
    Digits.require(model, file);
    return new TrainingJob(pictures, kernels, List.of(bar)).repeat(source, model);
  }

  private ModelFile parent(String parentSha256) throws IOException {
    if (parent == null) {
      throw new IOException(
          "%s: it was fine-tuned from the model with the SHA-256 %s; name that one with --parent, and its pictures with --data and --rehearse"
              .formatted(file, parentSha256));
    }
    return ModelFile.read(parent);
  }

  private Beginning beginning(String parentSha256, Path pictures) throws IOException {
    ModelFile began = parent(parentSha256);
    Optional<PictureSet> old =
        rehearse == null
            ? Optional.empty()
            : Optional.of(PictureSet.read(Places.pictures(rehearse), true));
    return new Beginning(began, PictureSet.read(pictures, true), old);
  }

  /// For the progress alone: wrong provenance is told by the job.
  private static int epochs(ModelFile model) {
    String epochs = model.metadata().getOrDefault(Provenance.PLAN_PREFIX + "epochs", "");
    int told = epochs.matches("[0-9]{1,9}") ? Integer.parseInt(epochs) : 1;
    boolean twoParts = ReaderJob.isReader(model) && !LineBeginning.made(model.metadata());
    return twoParts ? ReaderJob.epochs(told) : told;
  }

  /// What came out, beside what was in the file.
  private record Comparison(ModelFile file, ModelFile again, List<TensorComparison> tensors) {
    static Comparison of(ModelFile file, ModelFile again) {
      return new Comparison(file, again, ModelComparison.of(file, again).tensors());
    }

    boolean identical() {
      return first().isEmpty();
    }

    Optional<TensorComparison> first() {
      return tensors.stream().filter(t -> t.different() > 0).findFirst();
    }

    int different() {
      return (int) tensors.stream().filter(t -> t.different() > 0).count();
    }

    static float element(ModelFile model, TensorComparison tensor) {
      return model.weights().get(tensor.name()).value().data()[tensor.first().getAsInt()];
    }
  }

  private void print(Comparison comparison, double seconds) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (asJson) {
      Json.print(out, json -> write(json, comparison, seconds));
      return;
    }
    out.println(file + ": " + verdict(comparison));
    out.printf("%-28s %s%n", "SHA-256 of the weights, file", comparison.file().weightsSha256());
    out.printf("%-28s %s%n", "again", comparison.again().weightsSha256());
    out.printf(Locale.ROOT, "trained in %.1f s by Legible %s", seconds, EngineVersion.TEXT);
    out.printf(", the file is by %s%n", engine(comparison.file()));
    out.flush();
  }

  private static String engine(ModelFile model) {
    String version = model.metadata().getOrDefault(Provenance.ENGINE_VERSION, "unknown");
    return version.matches("[!-~]{1,60}") ? version : "unknown";
  }

  private static String verdict(Comparison comparison) {
    if (comparison.identical()) {
      return "identical: the training gave the same weights again";
    }
    TensorComparison tensor = comparison.first().get();
    int index = tensor.first().getAsInt();
    float before = Comparison.element(comparison.file(), tensor);
    float again = Comparison.element(comparison.again(), tensor);
    return "different: tensor '%s', element %d %s: %s (%s) in the file, %s (%s) trained again;"
            .formatted(
                tensor.name(),
                index,
                TensorComparison.place(tensor.shape(), index),
                before,
                Float.toHexString(before),
                again,
                Float.toHexString(again))
        + " %d of %d tensors differ".formatted(comparison.different(), comparison.tensors().size());
  }

  private void write(JsonGenerator json, Comparison comparison, double seconds) throws IOException {
    json.writeStringField("model", file.toString());
    json.writeBooleanField("identical", comparison.identical());
    json.writeStringField("weightsSha256", comparison.file().weightsSha256());
    json.writeStringField("weightsSha256Again", comparison.again().weightsSha256());
    json.writeStringField("modelEngine", engine(comparison.file()));
    json.writeStringField("engine", EngineVersion.TEXT);
    json.writeNumberField("seconds", seconds);
    json.writeNumberField("differentTensors", comparison.different());
    if (comparison.identical()) {
      return;
    }
    TensorComparison tensor = comparison.first().get();
    json.writeObjectFieldStart("first");
    json.writeStringField("tensor", tensor.name());
    json.writeNumberField("index", tensor.first().getAsInt());
    json.writeStringField("file", Float.toHexString(Comparison.element(comparison.file(), tensor)));
    json.writeStringField(
        "again", Float.toHexString(Comparison.element(comparison.again(), tensor)));
    json.writeEndObject();
  }
}

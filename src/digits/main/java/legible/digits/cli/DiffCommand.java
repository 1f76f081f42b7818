package legible.digits.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import legible.digits.compare.ModelComparison;
import legible.digits.compare.TensorComparison;
import legible.format.ModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `legible diff`: in what two models differ.
@Command(
    name = "diff",
    description = {
      "Compares two models: layers, provenance, and each tensor element by element.",
      "ULP counts the floats from one value to the other. The exit code is 0 if the models are"
          + " identical and 1 if they differ."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  legible diff models/cnn.legible /tmp/cnn.legible",
      "  legible diff a.legible b.legible --json | jq '.tensors[] | select(.different > 0)'"
    })
final class DiffCommand implements Callable<Integer> {
  private static final int SHORT_DIGEST = 12;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A", description = "A model file.")
  private Path fileA;

  @Parameters(index = "1", paramLabel = "B", description = "Another one.")
  private Path fileB;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean asJson;

  @Override
  public Integer call() throws IOException {
    ModelFile a = ModelFile.read(fileA);
    ModelFile b = ModelFile.read(fileB);
    ModelComparison comparison = ModelComparison.of(a, b);
    PrintWriter out = spec.commandLine().getOut();
    if (asJson) {
      Json.print(out, json -> write(json, comparison, a, b));
    } else {
      print(out, comparison, a, b);
    }
    return comparison.isIdentical() ? 0 : 1;
  }

  private void print(PrintWriter out, ModelComparison comparison, ModelFile a, ModelFile b) {
    if (comparison.isIdentical()) {
      out.printf("identical: the same layers, provenance and weights, SHA-256 %s%n", a.sha256());
      out.flush();
      return;
    }
    out.printf("A  %s  SHA-256 %s%n", fileA, a.sha256());
    out.printf("B  %s  SHA-256 %s%n", fileB, b.sha256());
    lines(out, "architecture", comparison.architecture());
    lines(out, "provenance", comparison.provenance());
    lines(out, "tensors of different shapes", comparison.otherTensors());
    tensors(out, comparison.tensors());
    out.flush();
  }

  /// What differs, and how much else there is.
  private static void lines(PrintWriter out, String title, List<ModelComparison.Line> lines) {
    List<ModelComparison.Line> different = lines.stream().filter(l -> !l.isEqual()).toList();
    if (lines.isEmpty()) {
      return;
    }
    out.printf("%n%s: %d of %d differ%n", title, different.size(), lines.size());
    for (ModelComparison.Line line : different) {
      out.printf("  %s%n", line.name());
      out.printf("    A  %s%n", oneLine(line.a().orElse("nothing")));
      out.printf("    B  %s%n", oneLine(line.b().orElse("nothing")));
    }
  }

  /// A file from elsewhere may hold line breaks and terminal commands.
  private static String oneLine(String text) {
    return text.replaceAll("\\p{C}|\\p{Zl}|\\p{Zp}", "?");
  }

  private static void tensors(PrintWriter out, List<TensorComparison> tensors) {
    long different = tensors.stream().filter(t -> t.different() > 0).count();
    out.printf("%ntensors: %d of %d differ%n", different, tensors.size());
    int name = tensors.stream().mapToInt(t -> t.name().length()).max().orElse(0);
    int shape = tensors.stream().mapToInt(t -> t.shape().toString().length()).max().orElse(0);
    String format =
        "  %-" + Math.max(name, 4) + "s  %-" + Math.max(shape, 5) + "s  %20s  %12s  %12s";
    out.printf(
        format + "  %-12s  %-12s%n",
        "name",
        "shape",
        "elements that differ",
        "max |A - B|",
        "max ULP",
        "SHA-256 A",
        "SHA-256 B");
    for (TensorComparison tensor : tensors) {
      out.printf(
          Locale.ROOT,
          format + "  %s  %s%n",
          tensor.name(),
          tensor.shape(),
          tensor.different() + " of " + tensor.shape().size(),
          String.format(Locale.ROOT, "%.4g", tensor.maxAbsolute()),
          tensor.maxUlp(),
          tensor.sha256A().substring(0, SHORT_DIGEST),
          tensor.sha256B().substring(0, SHORT_DIGEST));
    }
  }

  private void write(JsonGenerator json, ModelComparison comparison, ModelFile a, ModelFile b)
      throws IOException {
    json.writeBooleanField("identical", comparison.isIdentical());
    json.writeBooleanField("identicalWeights", comparison.weightsAreIdentical());
    json.writeStringField("a", fileA.toString());
    json.writeStringField("b", fileB.toString());
    json.writeStringField("sha256A", a.sha256());
    json.writeStringField("sha256B", b.sha256());
    write(json, "architecture", comparison.architecture());
    write(json, "provenance", comparison.provenance());
    write(json, "otherTensors", comparison.otherTensors());
    json.writeArrayFieldStart("tensors");
    for (TensorComparison tensor : comparison.tensors()) {
      json.writeStartObject();
      json.writeStringField("name", tensor.name());
      json.writeFieldName("shape");
      Json.array(json, tensor.shape().toArray());
      json.writeNumberField("different", tensor.different());
      json.writeNumberField("maxAbsolute", tensor.maxAbsolute());
      json.writeNumberField("maxUlp", tensor.maxUlp());
      json.writeStringField("sha256A", tensor.sha256A());
      json.writeStringField("sha256B", tensor.sha256B());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, String name, List<ModelComparison.Line> lines)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (ModelComparison.Line line : lines) {
      json.writeStartObject();
      json.writeStringField("name", line.name());
      json.writeStringField("a", line.a().orElse(null));
      json.writeStringField("b", line.b().orElse(null));
      json.writeBooleanField("equal", line.isEqual());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}

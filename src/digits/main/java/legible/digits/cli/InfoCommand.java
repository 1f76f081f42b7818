package legible.digits.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import legible.format.EngineVersion;
import legible.format.ModelFile;
import legible.kernel.FusedMultiplyAdd;
import legible.kernel.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `legible info`: what computes here, or what a model file holds.
@Command(
    name = "info",
    description = {
      "Without a file: the engine on this machine.",
      "With one: the layers of a model, where it comes from, and its SHA-256."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  legible info", "  legible info models/cnn.legible"})
final class InfoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ComputeOptions compute;

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "A model file.")
  private Path file;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean asJson;

  @Override
  public Integer call() throws IOException {
    if (file == null) {
      engine();
    } else {
      model(ModelFile.read(file));
    }
    return 0;
  }

  private void engine() throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    try (Kernels kernels = compute.create()) {
      facts.put("engine", EngineVersion.TEXT);
      facts.put("jdk", Runtime.version().toString());
      facts.put("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
      facts.put("kernels", kernels.set().name().toLowerCase(Locale.ROOT));
      facts.put("vectorBits", kernels.vectorBits());
      facts.put("threads", kernels.parallel().threads());
      facts.put("hardwareFma", FusedMultiplyAdd.inHardware());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (asJson) {
      Json.print(
          out,
          json -> {
            for (Map.Entry<String, Object> fact : facts.entrySet()) {
              json.writeObjectField(fact.getKey(), fact.getValue());
            }
          });
      return;
    }
    facts.forEach((name, value) -> out.printf("%-12s %s%n", name, value));
    out.flush();
  }

  private void model(ModelFile model) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (asJson) {
      Json.print(
          out,
          json -> {
            json.writeStringField("model", model.architecture().name());
            json.writeNumberField("parameters", model.weights().trainedCount());
            json.writeObjectFieldStart("provenance");
            for (Map.Entry<String, String> entry : model.metadata().entrySet()) {
              json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
            if (model.signature().isPresent()) {
              json.writeObjectFieldStart("signature");
              json.writeStringField("fingerprint", model.signature().get().fingerprint());
              json.writeBooleanField("valid", model.signatureHolds());
              json.writeEndObject();
            }
            json.writeStringField("weightsSha256", model.weightsSha256());
            json.writeStringField("sha256", model.sha256());
          });
      return;
    }
    out.println(model.model().summary());
    model.metadata().forEach((name, value) -> out.printf("%-32s %s%n", name, value));
    out.printf("%n%-32s %s%n", "signature", signature(model));
    out.printf("%-32s %s%n", "SHA-256 of the weights", model.weightsSha256());
    out.printf("%-32s %s%n", "SHA-256 of the file", model.sha256());
    out.flush();
  }

  /// Whom to trust is not said here: see `legible verify`.
  private static String signature(ModelFile model) {
    if (model.signature().isEmpty()) {
      return "none";
    }
    return model.signature().get().fingerprint()
        + (model.signatureHolds()
            ? " (the fingerprint of its key; the signature is right)"
            : " (the fingerprint of its key; the signature DOES NOT FIT)");
  }
}

package legible.digits.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import legible.digits.signing.KeyFile;
import legible.digits.signing.Verdict;
import legible.format.ModelFile;
import legible.format.ModelSignature;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `legible verify`: whether a model's signature is right, and by whom.
@Command(
    name = "verify",
    description = {
      "Checks the signature of a model: that of --signature, else the one inside the file, else"
          + " that in MODEL.sig.",
      "Without --public-key it proves only that nothing changed since the owner of the key that"
          + " comes with the signature signed; anybody can make such a key.",
      "The exit code is 0 if the signature is right and 1 if it is not, or missing."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  legible verify models/cnn.legible --public-key bank.key.pub",
      "  legible verify models/cnn.legible --signature archive/cnn.sig --json"
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "The model file.")
  private Path file;

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description = "The public key to trust, from somewhere else than the model.")
  private Path key;

  @Option(
      names = "--signature",
      paramLabel = "FILE",
      description = "A detached signature; the default is the one inside, else MODEL.sig.")
  private Path signatureFile;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean asJson;

  @Override
  public Integer call() throws IOException {
    Optional<PublicKey> trusted =
        key == null ? Optional.empty() : Optional.of(KeyFile.readPublic(key));
    ModelFile model = ModelFile.read(file);
    Path beside = SignCommand.detachedFile(file);
    if (signatureFile == null && model.signature().isEmpty() && Files.exists(beside)) {
      signatureFile = beside;
    }
    Verdict verdict;
    if (signatureFile == null) {
      verdict = Verdict.of(model, trusted);
      print(verdict, model.signature(), "embedded", trusted);
    } else {
      ModelSignature detached = ModelSignature.read(signatureFile);
      verdict = Verdict.of(model, detached, trusted);
      print(verdict, Optional.of(detached), signatureFile.toString(), trusted);
    }
    return verdict.isGood() ? 0 : 1;
  }

  private void print(
      Verdict verdict,
      Optional<ModelSignature> signature,
      String place,
      Optional<PublicKey> trusted)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (asJson) {
      Json.print(
          out,
          json -> {
            json.writeStringField("model", file.toString());
            json.writeBooleanField("valid", verdict.isGood());
            json.writeBooleanField("trusted", verdict == Verdict.TRUSTED);
            json.writeStringField(
                "verdict", verdict.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            if (signature.isPresent()) {
              json.writeStringField("signature", place);
              json.writeStringField("fingerprint", signature.get().fingerprint());
            }
            json.writeStringField("reason", verdict.text());
          });
      return;
    }
    out.println(file + ": " + (verdict.isGood() ? "valid: " : "INVALID: ") + verdict.text());
    if (signature.isPresent()) {
      out.printf("%-24s %s%n", "signature", place);
      out.printf("%-24s %s%n", "fingerprint of its key", signature.get().fingerprint());
    }
    if (trusted.isPresent()) {
      out.printf(
          "%-24s %s%n", "fingerprint of your key", ModelSignature.fingerprint(trusted.get()));
    }
    out.flush();
  }
}

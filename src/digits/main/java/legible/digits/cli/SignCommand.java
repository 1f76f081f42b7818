package legible.digits.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.concurrent.Callable;
import legible.digits.signing.KeyFile;
import legible.digits.signing.KeyFormatException;
import legible.format.ModelFile;
import legible.format.ModelSignature;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `legible sign`: an Ed25519 signature of a model.
@Command(
    name = "sign",
    description = {
      "Signs a model with Ed25519: the signature goes into the file, which every command reads as"
          + " before, or with --detached into MODEL.sig, and the model stays as it is.",
      "An earlier signature is replaced."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  legible sign models/cnn.legible --key bank.key",
      "  legible sign models/cnn.legible --key bank.key --detached"
    })
final class SignCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "The model file.")
  private Path file;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The private key; its public key is expected in FILE.pub.")
  private Path key;

  @Option(names = "--detached", description = "Write MODEL.sig and leave the model as it is.")
  private boolean detached;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean asJson;

  @Override
  public Integer call() throws IOException {
    KeyPair keys = KeyFile.readPair(key);
    ModelFile model = ModelFile.read(file);
    Path written = detached ? detachedFile(file) : file;
    try {
      if (detached) {
        ModelSignature.sign(model.encode(), keys).write(written);
      } else {
        model = model.signed(keys);
        model.write(written);
      }
    } catch (IllegalArgumentException e) {
      throw new KeyFormatException(
          KeyFile.publicFile(key).toString(),
          "the public key of %s expected, got that of another private key".formatted(key));
    }
    print(written, ModelSignature.fingerprint(keys.getPublic()), model.sha256());
    return 0;
  }

  /// Where the signature of a model stands that is not inside of it.
  static Path detachedFile(Path model) {
    return model.resolveSibling(model.getFileName() + ".sig");
  }

  private void print(Path written, String fingerprint, String sha256) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (asJson) {
      Json.print(
          out,
          json -> {
            json.writeStringField("model", file.toString());
            json.writeStringField("signature", detached ? "detached" : "embedded");
            json.writeStringField("written", written.toString());
            json.writeStringField("fingerprint", fingerprint);
            json.writeStringField("sha256", sha256);
          });
      return;
    }
    out.printf("%s: signed, the signature is in %s%n", file, detached ? written : "the file");
    out.printf("key fingerprint      %s%nSHA-256 of the model %s%n", fingerprint, sha256);
    out.flush();
  }
}

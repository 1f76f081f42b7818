package legible.digits.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.concurrent.Callable;
import legible.digits.signing.KeyFile;
import legible.format.ModelSignature;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `legible keygen`: a pair of keys for signing models.
@Command(
    name = "keygen",
    description = {
      "Makes an Ed25519 key pair for signing models: FILE, which only its owner may read and which"
          + " stays secret, and FILE.pub, which everybody may have.",
      "Files that exist are never overwritten."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  legible keygen --out bank.key"})
final class KeygenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The private key's file.")
  private Path file;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean asJson;

  @Override
  public Integer call() throws IOException {
    KeyPair keys = KeyFile.create(file);
    Path open = KeyFile.publicFile(file);
    String fingerprint = ModelSignature.fingerprint(keys.getPublic());
    PrintWriter out = spec.commandLine().getOut();
    if (asJson) {
      Json.print(
          out,
          json -> {
            json.writeStringField("privateKey", file.toString());
            json.writeStringField("publicKey", open.toString());
            json.writeStringField("fingerprint", fingerprint);
          });
      return 0;
    }
    out.printf("private key  %s (keep it secret)%n", file);
    out.printf("public key   %s%nfingerprint  %s%n", open, fingerprint);
    out.flush();
    return 0;
  }
}

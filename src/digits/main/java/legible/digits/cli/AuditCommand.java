package legible.digits.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import legible.audit.Audit;
import legible.audit.Finding;
import legible.digits.audit.Cards;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `legible audit`: every operation and kernel against its definition.
@Command(
    name = "audit",
    description = {
      "Checks every operation and kernel on this machine: against double precision, gradients"
          + " against central differences, scalar against vector, one thread against more.",
      "Writes a card for each, with its formula, code, measured errors and tests. The exit code is"
          + " 1 if anything is wrong."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  legible audit",
      "  legible audit --no-cards --json | jq '.findings[] | select(.faults != [])'"
    })
final class AuditCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder of the cards; the default is docs/audit.")
  private Path out = Places.audit();

  @Option(names = "--no-cards", description = "Check only.")
  private boolean withoutCards;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "The threads that are compared with one; the default is 3.")
  private int threads = 3;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean asJson;

  @Override
  public Integer call() throws IOException {
    if (threads < 2 || threads > 256) {
      throw new ParameterException(
          spec.commandLine(), "--threads: a number in 2..256 expected, got " + threads);
    }
    ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), "auditing");
    List<Finding> findings;
    try (Audit audit = new Audit(threads)) {
      findings = audit.run((done, total, finding) -> bar.images(done, total));
    }
    bar.clear();
    if (!withoutCards) {
      Cards.write(findings, Places.engineSources(), out);
    }
    new AuditView(findings).show(spec.commandLine().getOut(), asJson);
    return findings.stream().allMatch(Finding::passed) ? 0 : 1;
  }
}

package legible.digits.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import legible.format.EngineVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command `legible` and how its sub-commands fail.
@Command(
    name = "legible",
    description = "Reads handwritten digits with a neural network written in plain Java.",
    mixinStandardHelpOptions = true,
    versionProvider = RootCommand.Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  legible train                 train the reader, save models/cnn.legible, write a report",
      "  legible predict nine.png      read the digit in a picture",
      "  legible predict --help        what a command can do"
    })
final class RootCommand implements Runnable {
  /// In the order of the help.
  private static final List<Subcommand> SUBCOMMANDS =
      List.of(
          new Subcommand("train", TrainCommand::new),
          new Subcommand("finetune", FinetuneCommand::new),
          new Subcommand("evaluate", EvaluateCommand::new),
          new Subcommand("calibrate", CalibrateCommand::new),
          new Subcommand("predict", PredictCommand::new),
          new Subcommand("read", ReadCommand::new),
          new Subcommand("explain", ExplainCommand::new),
          new Subcommand("serve", ServeCommand::new),
          new Subcommand("info", InfoCommand::new),
          new Subcommand("diff", DiffCommand::new),
          new Subcommand("reproduce", ReproduceCommand::new),
          new Subcommand("replay", ReplayCommand::new),
          new Subcommand("import", ImportCommand::new),
          new Subcommand("export", ExportCommand::new),
          new Subcommand("run", RunCommand::new),
          new Subcommand("audit", AuditCommand::new),
          new Subcommand("keygen", KeygenCommand::new),
          new Subcommand("sign", SignCommand::new),
          new Subcommand("verify", VerifyCommand::new));

  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      description = "Show the stack trace of a failure.",
      scope = CommandLine.ScopeType.INHERIT)
  private boolean debug;

  private RootCommand() {}

  /// The parser for a command line. Where the first word names a command, it knows that one only: to
  /// learn all of them takes longer than to read a digit.
  static CommandLine commandLine(String... arguments) {
    RootCommand root = new RootCommand();
    CommandLine line = new CommandLine(root);
    Optional<Subcommand> named =
        SUBCOMMANDS.stream()
            .filter(c -> arguments.length > 0 && c.name().equals(arguments[0]))
            .findFirst();
    named
        .map(List::of)
        .orElse(SUBCOMMANDS)
        .forEach(c -> line.addSubcommand(c.name(), c.create().get()));
    return line.setExecutionExceptionHandler(root::report)
        .setParameterExceptionHandler(RootCommand::misused);
  }

  /// A command and how to make it.
  private record Subcommand(String name, Supplier<Callable<Integer>> create) {}

  /// Without a sub-command there is nothing to do: a usage error.
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command expected, got none");
  }

  private int report(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    Failures.print(command, failure);
    if (debug) {
      failure.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /// What is wrong with the command line, and where to read on.
  private static int misused(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    command.getErr().println("legible: " + failure.getMessage());
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  /// The engine's version and the JVM that runs it.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"legible " + EngineVersion.TEXT + " (Java " + Runtime.version() + ")"};
    }
  }
}

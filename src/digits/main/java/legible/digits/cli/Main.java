package legible.digits.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import legible.format.EngineVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command `legible`. Exit codes: 0 for success, 1 for a failure, 2 for a wrong command line.
@Command(
    name = "legible",
    description = "Reads handwritten digits with a neural network written in plain Java.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      InfoCommand.class,
      DiffCommand.class,
      ReproduceCommand.class,
      ReplayCommand.class,
      KeygenCommand.class,
      SignCommand.class,
      VerifyCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  legible train                 train the reader, save models/cnn.legible, write a report",
      "  legible predict nine.png      read the digit in a picture",
      "  legible predict --help        what a command can do"
    })
final class Main implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      description = "Show the stack trace of a failure.",
      scope = CommandLine.ScopeType.INHERIT)
  private boolean debug;

  private Main() {}

  public static void main(String[] arguments) throws IOException {
    restoreStandardError();
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    Main main = new Main();
    return new CommandLine(main)
        .setExecutionExceptionHandler(main::report)
        .setParameterExceptionHandler(Main::misused);
  }

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

  /// The launcher hides the one line that every JVM with an incubating module prints: it starts the
  /// JVM with standard error closed to it and passes the place of the real one in a property.
  private static void restoreStandardError() throws IOException {
    String place = System.getProperty("legible.stderr");
    if (place != null) {
      System.setErr(new PrintStream(new FileOutputStream(place, true), true, System.err.charset()));
    }
  }

  /// The engine's version and the JVM that runs it.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"legible " + EngineVersion.TEXT + " (Java " + Runtime.version() + ")"};
    }
  }
}

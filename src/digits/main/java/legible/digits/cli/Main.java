package legible.digits.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;

/// Where the program starts. Exit codes: 0 for success, 1 for a failure, 2 for a wrong command line.
final class Main {
  private Main() {}

  public static void main(String[] arguments) throws IOException {
    restoreStandardError();
    int code =
        PredictCommand.isPlain(arguments)
            ? PredictCommand.plain(arguments)
            : RootCommand.commandLine(arguments).execute(arguments);
    if (code != 0) { // else the JVM ends by itself, and sooner
      System.exit(code);
    }
  }

  /// The launcher hides the one line that every JVM with an incubating module prints: it starts the
  /// JVM with standard error closed to it and passes the place of the real one in a property.
  private static void restoreStandardError() throws IOException {
    String place = System.getProperty("legible.stderr");
    if (place != null) {
      System.setErr(new PrintStream(new FileOutputStream(place, true), true, System.err.charset()));
    }
  }
}

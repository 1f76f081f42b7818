package legible.digits.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import legible.train.TrainingException;
import picocli.CommandLine;

/// Says in one line what went wrong. A stack trace only with `--debug`.
final class Failures {
  private Failures() {}

  static void print(CommandLine command, Exception failure) {
    print(command.getErr(), failure);
  }

  static void print(PrintWriter err, Exception failure) {
    err.println("legible: " + message(failure));
    err.flush();
  }

  /// An answer to what the user can mend; anything else is our own fault.
  private static String message(Exception failure) {
    return switch (failure) {
      case NoSuchFileException e ->
          e.getFile() + ": no such file" + (e.getReason() == null ? "" : ": " + e.getReason());
      case AccessDeniedException e -> e.getFile() + ": permission denied";
      case NotDirectoryException e -> e.getFile() + ": a folder expected";
      case DirectoryNotEmptyException e -> e.getFile() + ": the folder is not empty";
      case FileAlreadyExistsException e -> e.getFile() + ": a folder expected, got a file";
      case FileSystemException e ->
          e.getFile() + ": " + (e.getReason() == null ? "cannot be used" : e.getReason());
      case IOException e when e.getMessage() != null -> e.getMessage();
      case TrainingException e -> e.getMessage();
      default -> "bug in Legible: " + failure + " (please report it with what --debug prints)";
    };
  }
}

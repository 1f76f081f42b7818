package legible.digits.report;

import java.io.IOException;
import java.nio.file.Path;
import legible.digits.training.TrainingJob;

/// The report of a training.
public final class Report {
  private Report() {}

  /// Writes `report.html` into the folder.
  public static Path write(Path folder, TrainingJob.Result result) throws IOException {
    return folder.resolve("report.html");
  }
}

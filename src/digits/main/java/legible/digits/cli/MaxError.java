package legible.digits.cli;

import java.io.IOException;
import java.nio.file.Path;
import legible.digits.decision.Calibration;
import legible.digits.decision.Refusal;
import legible.format.ModelFile;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// The option `--max-error`: when an answer is refused.
final class MaxError {
  private MaxError() {}

  /// By the threshold that a model has for a share of wrong answers.
  ///
  /// @throws ParameterException if the share is none, or less than any that the model knows
  /// @throws IOException if the model has no thresholds
  static Refusal refusal(double maxError, ModelFile model, Path file, CommandLine commandLine)
      throws IOException {
    if (!(maxError > 0 && maxError < 1)) {
      throw new ParameterException(
          commandLine, "--max-error: a share between 0 and 1 expected, got " + maxError);
    }
    Calibration calibration = Calibration.of(model.metadata());
    if (calibration.thresholds().isEmpty()) {
      throw new IOException(
          file
              + ": --max-error needs a model with thresholds; 'legible calibrate' makes one of it");
    }
    return Refusal.of(maxError, calibration)
        .orElseThrow(
            () ->
                new ParameterException(
                    commandLine,
                    "--max-error: at least %s expected, the least share that %s has a threshold for"
                        .formatted(calibration.thresholds().firstKey(), file)));
  }
}

package legible.digits.decision;

import java.util.Locale;
import java.util.Optional;
import legible.digits.Answer;
import legible.digits.numbers.NumberReading;

/// When an answer is refused.
///
/// @param below the probability below which it is; above 1 if always
public record Refusal(float below) {
  /// Every answer is given.
  public static final Refusal NEVER = new Refusal(0);

  /// By the threshold that a model has for a share of wrong answers; empty if it has none so small.
  ///
  /// @param maxError in (0, 1): of the answers given, no greater share shall be wrong
  public static Optional<Refusal> of(double maxError, Calibration calibration) {
    return calibration.threshold(maxError).map(Refusal::new);
  }

  /// Whether an answer is refused.
  public boolean rejects(Answer answer) {
    return answer.probability() < below;
  }

  /// Whether a reading of numbers is refused: it is not sure enough, or has not the shape that it should
  /// have.
  public boolean rejects(NumberReading reading) {
    return !reading.shaped() || reading.confidence() < below;
  }

  /// Why, in words.
  public String reason(Answer answer) {
    String needed =
        below > 1 ? "never sure enough" : String.format(Locale.ROOT, "%.3f %% needed", 100 * below);
    return String.format(
        Locale.ROOT,
        "most likely a %d, but only %.3f %% sure, %s",
        answer.digit(),
        100 * answer.probability(),
        needed);
  }
}

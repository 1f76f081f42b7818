package legible.train;

import java.util.Locale;

/// The learning rate as a function of the step.
///
/// `progress = step / totalSteps` is in [0, 1): 0 at the first step.
public sealed interface Schedule
    permits Schedule.Constant, Schedule.Step, Schedule.Cosine, Schedule.OneCycle {

  /// The learning rate of a step.
  ///
  /// @param step 0-based step
  /// @param totalSteps steps of the whole training, > step
  double learningRate(long step, long totalSteps);

  /// This schedule in one line, for provenance; [#parse] is the way back.
  String text();

  /// `rate`, always.
  record Constant(double rate) implements Schedule {
    @Override
    public double learningRate(long step, long totalSteps) {
      return rate;
    }

    @Override
    public String text() {
      return "constant " + rate;
    }
  }

  /// `rate·factor^⌊progress·drops⌋`: the training in `drops` equal parts, each with the rate of the
  /// part before times the factor.
  record Step(double rate, double factor, int drops) implements Schedule {
    @Override
    public double learningRate(long step, long totalSteps) {
      double result = rate;
      for (long i = step * drops / totalSteps; i > 0; i--) {
        result *= factor;
      }
      return result;
    }

    @Override
    public String text() {
      return "step " + rate + " " + factor + " " + drops;
    }
  }

  /// `rate·(1 + cos(π·progress))/2`.
  ///
  /// Source: Loshchilov & Hutter 2017, "SGDR", equation 5 without restarts.
  record Cosine(double rate) implements Schedule {
    @Override
    public double learningRate(long step, long totalSteps) {
      return rate * halfCosine((double) step / totalSteps);
    }

    @Override
    public String text() {
      return "cosine " + rate;
    }
  }

  /// A linear warm-up from `peak/startDivisor` to the peak over the first `warmUp` of the steps, then
  /// half a cosine down to `peak/endDivisor`.
  ///
  /// Source: Smith & Topin 2018, "Super-convergence", with the cosine of fast.ai.
  record OneCycle(double peak, double warmUp, double startDivisor, double endDivisor)
      implements Schedule {
    @Override
    public double learningRate(long step, long totalSteps) {
      double progress = (double) step / totalSteps;
      if (progress < warmUp) {
        double start = peak / startDivisor;
        return start + (peak - start) * (progress / warmUp);
      }
      double end = peak / endDivisor;
      return end + (peak - end) * halfCosine((progress - warmUp) / (1 - warmUp));
    }

    @Override
    public String text() {
      return "one-cycle " + peak + " " + warmUp + " " + startDivisor + " " + endDivisor;
    }
  }

  /// The schedule that [#text] wrote.
  ///
  /// @throws IllegalArgumentException if it is none
  static Schedule parse(String text) {
    String[] words = text.toLowerCase(Locale.ROOT).split(" ", -1);
    try {
      return switch (words[0] + " " + (words.length - 1)) {
        case "constant 1" -> new Constant(Double.parseDouble(words[1]));
        case "step 3" ->
            new Step(
                Double.parseDouble(words[1]),
                Double.parseDouble(words[2]),
                Integer.parseInt(words[3]));
        case "cosine 1" -> new Cosine(Double.parseDouble(words[1]));
        case "one-cycle 4" ->
            new OneCycle(
                Double.parseDouble(words[1]),
                Double.parseDouble(words[2]),
                Double.parseDouble(words[3]),
                Double.parseDouble(words[4]));
        default -> throw new NumberFormatException();
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Schedule: 'constant RATE', 'step RATE FACTOR DROPS', 'cosine RATE' or"
              + " 'one-cycle PEAK WARMUP START_DIVISOR END_DIVISOR' expected, got '"
              + text
              + "'",
          e);
    }
  }

  private static double halfCosine(double progress) {
    return (1 + StrictMath.cos(StrictMath.PI * progress)) / 2;
  }
}

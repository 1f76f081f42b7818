package legible.audit;

import legible.oracle.DoubleTensor;
import legible.tensor.Tensor;

/// How far one input's float gradient is from the central differences of the double oracle.
///
/// @param input its name
/// @param relative `max|d - dReference| / max|dReference|`, infinite for NaN or a gradient that is zero
///     everywhere, which says nothing
/// @param worst what the worst element is and what was expected, for a reader
public record GradientError(String input, double relative, String worst) {
  /// What the audit and the tests allow.
  public static final double LIMIT = 1e-5;

  /// Compares element by element.
  ///
  /// @param reference the central differences
  public static GradientError of(String input, DoubleTensor reference, Tensor gradient) {
    double largest = 0;
    int worst = 0;
    double worstDifference = -1;
    for (int i = 0; i < reference.size(); i++) {
      largest = Math.max(largest, Math.abs(reference.data()[i]));
      double difference = Math.abs(gradient.data()[i] - reference.data()[i]);
      if (!(difference <= worstDifference)) { // NaN is the worst of all
        worst = i;
        worstDifference = difference;
      }
    }
    double relative = worstDifference / largest;
    return new GradientError(
        input,
        largest > 0 && !Double.isNaN(relative) ? relative : Double.POSITIVE_INFINITY,
        "d%s%s: expected %s, got %s"
            .formatted(
                input, reference.position(worst), reference.data()[worst], gradient.data()[worst]));
  }

  /// Whether it is small enough.
  public boolean isSmall() {
    return relative <= LIMIT;
  }
}

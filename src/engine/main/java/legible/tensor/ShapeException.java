package legible.tensor;

/// Thrown when a caller passes tensors whose shapes do not fit together.
///
/// The message names the place, what was expected and what came:
/// `Dense: weight expected [784, N] to match x [64, 784], got [100, 10]`.
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public ShapeException(String message) {
    super(message);
  }
}

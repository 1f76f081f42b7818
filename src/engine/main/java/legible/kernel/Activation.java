package legible.kernel;

/// The function that a producing kernel applies to each finished output before it stores it.
///
/// ```
///  NONE   f(z) = z
///  RELU   f(z) = max(z, 0)     with f(-0) = +0 and f(NaN) = NaN
/// ```
///
/// Fusing it saves one pass over the output; it changes no bit, since it follows the last step of
/// the sum.
public enum Activation {
  NONE,
  RELU;

  /// Applies the function to one value; the specification of every fused form.
  public float of(float z) {
    return this == RELU ? Math.max(z, 0f) : z;
  }
}

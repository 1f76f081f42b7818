package legible.digits.explain;

/// What the values of a tensor span.
///
/// @param min the smallest
/// @param max the largest
/// @param mean their mean, summed in double precision
public record Range(float min, float max, double mean) {
  /// The range of one value or more.
  public static Range of(float... values) {
    float min = values[0];
    float max = values[0];
    double sum = 0;
    for (float value : values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
      sum += value;
    }
    return new Range(min, max, sum / values.length);
  }

  /// The largest absolute value.
  public float extent() {
    return Math.max(Math.abs(min), Math.abs(max));
  }
}

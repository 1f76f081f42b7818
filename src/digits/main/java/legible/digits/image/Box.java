package legible.digits.image;

/// A part of a picture, in its pixels; it may reach beyond the edges.
///
/// @param left first column
/// @param top first row
/// @param width columns, >= 1
/// @param height rows, >= 1
public record Box(int left, int top, int width, int height) {
  /// The column behind the last one.
  public int right() {
    return left + width;
  }

  /// The row behind the last one.
  public int bottom() {
    return top + height;
  }

  /// The smallest box around both.
  public Box with(Box other) {
    int west = Math.min(left, other.left);
    int north = Math.min(top, other.top);
    return new Box(
        west,
        north,
        Math.max(right(), other.right()) - west,
        Math.max(bottom(), other.bottom()) - north);
  }
}

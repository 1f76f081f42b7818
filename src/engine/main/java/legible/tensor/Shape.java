package legible.tensor;

import java.util.Arrays;

/// The lengths of a tensor's axes, outermost first. Images are `[N,H,W,C]`, convolution weights
/// `[kH,kW,C,O]`, matrices `[M,K]`. Immutable.
///
/// The number of elements fits an `int`; a shape that would not is refused.
public final class Shape {
  private static final int MAX_RANK = 8;

  private final int[] dimensions;
  private final int size;

  private Shape(int[] dimensions) {
    if (dimensions.length > MAX_RANK) {
      throw new ShapeException(
          "Shape: rank expected 0.." + MAX_RANK + ", got " + dimensions.length);
    }
    long product = 1;
    for (int dimension : dimensions) {
      if (dimension < 0) {
        throw new ShapeException(
            "Shape: dimensions expected >= 0, got " + Arrays.toString(dimensions));
      }
      product *= dimension;
      if (product > Integer.MAX_VALUE) {
        throw new ShapeException(
            "Shape: at most 2^31 - 1 elements expected, got " + Arrays.toString(dimensions));
      }
    }
    this.dimensions = dimensions;
    this.size = (int) product;
  }

  /// The shape with these axis lengths; no arguments give the shape of a scalar.
  ///
  /// @throws ShapeException for a negative length, more than 8 axes or more than 2³¹ - 1 elements
  public static Shape of(int... dimensions) {
    return new Shape(dimensions.clone());
  }

  /// The number of axes.
  public int rank() {
    return dimensions.length;
  }

  /// The length of one axis.
  ///
  /// @param axis `0..rank-1`, or negative to count from the end: -1 is the last axis
  public int dimension(int axis) {
    return dimensions[axis < 0 ? dimensions.length + axis : axis];
  }

  /// The number of elements: the product of all axis lengths, 1 for a scalar.
  public int size() {
    return size;
  }

  /// The axis lengths, a copy.
  public int[] toArray() {
    return dimensions.clone();
  }

  /// This shape with the first axis replaced.
  public Shape withFirst(int length) {
    int[] changed = dimensions.clone();
    changed[0] = length;
    return new Shape(changed);
  }

  /// This shape behind a new first axis: `[28, 28, 1]` with a batch of 64 is `[64, 28, 28, 1]`.
  public Shape batchOf(int length) {
    int[] longer = new int[dimensions.length + 1];
    longer[0] = length;
    System.arraycopy(dimensions, 0, longer, 1, dimensions.length);
    return new Shape(longer);
  }

  /// This shape without its first axis.
  public Shape withoutFirst() {
    return new Shape(Arrays.copyOfRange(dimensions, 1, dimensions.length));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dimensions);
  }

  /// The axis lengths in brackets: `[64, 28, 28, 1]`.
  @Override
  public String toString() {
    return Arrays.toString(dimensions);
  }
}

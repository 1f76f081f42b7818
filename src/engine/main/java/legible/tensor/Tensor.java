package legible.tensor;

/// A dense, row-major array of float32 with a shape. The last axis is contiguous; there are no
/// strided views, so element `(i, j)` of a matrix `[M,K]` is `data()[i·K + j]` and nothing else.
///
/// The array is shared, not copied: a tensor is a name and a shape for it, and whoever holds it may
/// change it. [Workspace] lends tensors whose arrays are reused from step to step.
public final class Tensor {
  private final Shape shape;
  private final float[] data;

  private Tensor(Shape shape, float[] data) {
    this.shape = shape;
    this.data = data;
  }

  /// A new tensor of zeros.
  public static Tensor zeros(Shape shape) {
    return new Tensor(shape, new float[shape.size()]);
  }

  /// A tensor with a shape and no values, for who only writes down what would be computed. It shares
  /// its array, an empty one, with its other shapes and with nothing else.
  public static Tensor withoutValues(Shape shape) {
    return new Tensor(shape, new float[0]);
  }

  /// A tensor over the given array, which is not copied.
  ///
  /// @throws ShapeException if the array's length is not the number of elements of the shape
  public static Tensor of(Shape shape, float... data) {
    if (data.length != shape.size()) {
      throw new ShapeException(
          "Tensor: %d elements expected for %s, got %d"
              .formatted(shape.size(), shape, data.length));
    }
    return new Tensor(shape, data);
  }

  public Shape shape() {
    return shape;
  }

  /// The elements in row-major order: the tensor's own array.
  public float[] data() {
    return data;
  }

  /// The number of elements.
  public int size() {
    return shape.size();
  }

  /// The same array under another shape of the same size.
  ///
  /// @throws ShapeException if the number of elements differs
  public Tensor reshape(Shape other) {
    if (other.size() != shape.size()) {
      throw new ShapeException(
          "Tensor.reshape: a shape of %d elements expected to match %s, got %s"
              .formatted(shape.size(), shape, other));
    }
    return new Tensor(other, data);
  }

  /// Whether both tensors are views of one array.
  @SuppressWarnings("ReferenceEquality") // the same array, not equal elements
  public boolean sharesArrayWith(Tensor other) {
    return data == other.data;
  }

  /// An independent copy.
  public Tensor copy() {
    return new Tensor(shape, data.clone());
  }

  /// The shape only; values are for a debugger.
  @Override
  public String toString() {
    return "Tensor" + shape;
  }
}

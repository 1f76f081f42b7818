package legible.oracle;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import legible.kernel.Activation;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// A dense, row-major tensor in double precision: what an oracle computes on.
///
/// @param shape the lengths of the axes
/// @param data the elements
public record DoubleTensor(Shape shape, double[] data) {
  /// A tensor of zeros.
  public static DoubleTensor zeros(int... dimensions) {
    Shape shape = Shape.of(dimensions);
    return new DoubleTensor(shape, new double[shape.size()]);
  }

  public static DoubleTensor scalar(double value) {
    return new DoubleTensor(Shape.of(), new double[] {value});
  }

  /// The elements of a float tensor, which are exact in double precision.
  public static DoubleTensor of(Tensor tensor) {
    double[] data = new double[tensor.size()];
    Arrays.setAll(data, i -> tensor.data()[i]);
    return new DoubleTensor(tensor.shape(), data);
  }

  public int dimension(int axis) {
    return shape.dimension(axis);
  }

  public int size() {
    return data.length;
  }

  public double get(int... index) {
    return data[offset(index)];
  }

  public void set(double value, int... index) {
    data[offset(index)] = value;
  }

  /// A copy with a function applied to each element.
  public DoubleTensor map(DoubleUnaryOperator function) {
    return new DoubleTensor(shape, Arrays.stream(data).map(function).toArray());
  }

  /// The absolute values: an oracle of sums of products on these gives the condition Σ|aᵢbᵢ|.
  public DoubleTensor absolute() {
    return map(Math::abs);
  }

  /// The same elements under another shape.
  public DoubleTensor reshape(Shape other) {
    return new DoubleTensor(other, data);
  }

  /// A copy with the activation applied.
  public DoubleTensor activated(Activation activation) {
    return map(z -> activation == Activation.RELU && z < 0 ? 0 : z);
  }

  /// The position of an element, such as `[1, 0, 2]`.
  public String position(int offset) {
    int[] index = new int[shape.rank()];
    int rest = offset;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = rest % dimension(axis);
      rest /= dimension(axis);
    }
    return Arrays.toString(index);
  }

  private int offset(int... index) {
    int offset = 0;
    for (int axis = 0; axis < index.length; axis++) {
      offset = offset * dimension(axis) + Objects.checkIndex(index[axis], dimension(axis));
    }
    return offset;
  }
}

package legible.digits.compare;

import java.util.List;
import java.util.OptionalInt;
import legible.autograd.Parameter;
import legible.autograd.Weights;
import legible.format.ModelFile;
import legible.tensor.Shape;

/// Two tensors of one name, element by element.
///
/// @param name of both
/// @param shape of both
/// @param different number of elements whose bits differ; +0 and -0 do
/// @param first index of the first of them, row-major, if there is one
/// @param maxAbsolute the largest |a - b|
/// @param maxUlp the largest number of floats from one to the other; +0 and -0 are 0 apart
/// @param sha256A of the first one's elements as little-endian float32, hexadecimal
/// @param sha256B of the second one's
public record TensorComparison(
    String name,
    Shape shape,
    int different,
    OptionalInt first,
    double maxAbsolute,
    long maxUlp,
    String sha256A,
    String sha256B) {

  /// Compares two tensors of the same shape.
  static TensorComparison of(Parameter a, Parameter b) {
    float[] x = a.value().data();
    float[] y = b.value().data();
    int different = 0;
    OptionalInt first = OptionalInt.empty();
    double maxAbsolute = 0;
    long maxUlp = 0;
    for (int i = 0; i < x.length; i++) {
      if (Float.floatToRawIntBits(x[i]) != Float.floatToRawIntBits(y[i])) {
        different++;
        first = first.isEmpty() ? OptionalInt.of(i) : first;
        maxAbsolute = Math.max(maxAbsolute, Math.abs((double) x[i] - y[i]));
        maxUlp = Math.max(maxUlp, Math.abs(place(x[i]) - place(y[i])));
      }
    }
    return new TensorComparison(
        a.name(), a.value().shape(), different, first, maxAbsolute, maxUlp, sha256(a), sha256(b));
  }

  /// The place of a float among all floats, 0 for zero.
  private static long place(float value) {
    int bits = Float.floatToRawIntBits(value);
    return bits >= 0 ? bits : -(long) (bits & Integer.MAX_VALUE);
  }

  static String sha256(Parameter tensor) {
    return ModelFile.weightsSha256(new Weights(List.of(tensor)));
  }

  /// The index of an element along each axis, such as `[2, 0, 15]`.
  public static String place(Shape shape, int index) {
    int[] dimensions = shape.toArray();
    int rest = index;
    String text = "";
    for (int axis = dimensions.length - 1; axis >= 0; axis--) {
      text = rest % dimensions[axis] + (text.isEmpty() ? "" : ", ") + text;
      rest /= dimensions[axis];
    }
    return "[" + text + "]";
  }
}

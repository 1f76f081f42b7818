package legible.op;

import java.util.List;
import legible.kernel.Window;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;

/// The checks at an operation's door. Kernels below trust what passed here.
final class Shapes {
  private Shapes() {}

  /// The shapes of the inputs.
  static List<Shape> of(List<Tensor> in) {
    return in.stream().map(Tensor::shape).toList();
  }

  /// Checks the number of inputs.
  static void count(String op, List<Shape> in, int expected) {
    if (in.size() != expected) {
      throw new ShapeException(
          "%s: %d inputs expected, got %d: %s".formatted(op, expected, in.size(), in));
    }
  }

  /// Checks the number of axes of one input.
  static void rank(String op, String name, Shape shape, int expected, String layout) {
    if (shape.rank() != expected) {
      throw new ShapeException("%s: %s expected %s, got %s".formatted(op, name, layout, shape));
    }
  }

  /// Checks one input's whole shape against what another one asks for.
  static void equal(String op, String name, Shape expected, String reason, Shape actual) {
    if (!actual.equals(expected)) {
      throw new ShapeException(
          "%s: %s expected %s %s, got %s".formatted(op, name, expected, reason, actual));
    }
  }

  /// Checks the settings that both poolings share.
  static void poolSettings(String op, int size, int stride, Padding padding) {
    if (size < 1 || stride < 1 || padding.pixels() > size / 2) {
      throw new IllegalArgumentException(
          "%s: size >= 1, stride >= 1 and padding <= size/2 expected, got size %d, stride %d, padding %s"
              .formatted(op, size, stride, padding));
    }
  }

  /// The output shape of a pooling.
  static Shape pooled(Window window) {
    return Shape.of(window.batch(), window.outHeight(), window.outWidth(), window.channels());
  }

  /// Checks the ε of a batch normalisation.
  static void epsilon(String op, float epsilon) {
    if (!(epsilon > 0) || epsilon == Float.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "%s: epsilon expected > 0 and finite, got %s".formatted(op, epsilon));
    }
  }

  /// Checks x `[...,C]` and one vector `[C]` for each name, and gives the shape of x.
  static Shape normalized(String op, List<Shape> in, String... names) {
    Shape x = in.get(0);
    if (x.rank() < 2 || x.size() == 0) {
      throw new ShapeException(
          "%s: x expected [..., C] with two axes or more, none empty, got %s".formatted(op, x));
    }
    for (int i = 0; i < names.length; i++) {
      equal(op, names[i], Shape.of(x.dimension(-1)), "to match x " + x, in.get(i + 1));
    }
    return x;
  }
}

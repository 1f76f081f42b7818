package legible.op;

import java.util.Arrays;
import java.util.List;
import legible.tensor.Shape;

/// Shapes as short texts: `2,3` for `[2, 3]`.
final class Texts {
  private Texts() {}

  static List<Shape> shapes(String... texts) {
    return Arrays.stream(texts)
        .map(text -> Shape.of(Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray()))
        .toList();
  }
}

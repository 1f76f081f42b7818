package legible.digits.explain;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import legible.infer.Walk.Stage;
import legible.tensor.Shape;

/// How one output of a step came about: every term of its sum in the order in which the kernels add
/// them, with the running total, computed here again by the definition.
///
/// @param stage the step
/// @param at the output's place in the step's shape without the batch axis, such as row, column and
///     channel
/// @param terms in order; the last one's total is the output
/// @param stored what the step stored there
public record Arithmetic(Stage stage, List<Integer> at, List<Term> terms, float stored) {
  public Arithmetic {
    at = List.copyOf(at);
    terms = List.copyOf(terms);
  }

  /// What a term does to the running total t, with its operands a and b.
  public enum Kind {
    /// t = a
    START("begin with"),
    /// t = a·b + t, rounded once
    PRODUCT("add the product"),
    /// t = a + t
    SUM("add"),
    /// t = t - a
    DIFFERENCE("subtract"),
    /// t = t·a + b, rounded once
    SCALE("times, plus"),
    /// t = max(t, a)
    LARGEST("the larger of it and"),
    /// t = t/a
    QUOTIENT("divide by"),
    /// t = max(t, 0)
    RELU("the larger of it and 0");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /// What is done, for a reader.
    public String words() {
      return words;
    }
  }

  /// A number that takes part.
  ///
  /// @param name where it is from, such as `x[3,4,0]`
  /// @param value its value
  public record Operand(String name, float value) {}

  /// One step of the running total.
  ///
  /// @param kind what it does
  /// @param operands with what; none for [Kind#RELU]
  /// @param total the running total after it
  public record Term(Kind kind, List<Operand> operands, float total) {
    public Term {
      operands = List.copyOf(operands);
    }
  }

  /// The arithmetic of one output.
  ///
  /// @param at its place without the batch axis
  /// @throws IllegalArgumentException if the place is outside of the step's shape
  public static Arithmetic of(Stage stage, List<Integer> at) {
    Shape shape = stage.out().shape().withoutFirst();
    if (!contains(shape, at)) {
      throw new IllegalArgumentException(
          "Arithmetic: a place within %s expected, got %s".formatted(shape, at));
    }
    int index = index(shape, at);
    return new Arithmetic(stage, at, Sums.of(stage, at), stage.out().data()[index]);
  }

  /// Whether a shape, without the batch axis, has such a place.
  public static boolean contains(Shape shape, List<Integer> at) {
    boolean inside = at.size() == shape.rank();
    for (int axis = 0; inside && axis < at.size(); axis++) {
      inside = at.get(axis) >= 0 && at.get(axis) < shape.dimension(axis);
    }
    return inside;
  }

  /// The place of the largest output of a step, the first of equals.
  public static List<Integer> largest(Stage stage) {
    float[] values = stage.out().data();
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    Integer[] at = new Integer[stage.out().shape().rank() - 1];
    for (int axis = at.length - 1; axis >= 0; axis--) {
      int length = stage.out().shape().dimension(axis + 1);
      at[axis] = best % length;
      best /= length;
    }
    return Arrays.asList(at);
  }

  /// The row-major index of a place.
  static int index(Shape shape, List<Integer> at) {
    int index = 0;
    for (int axis = 0; axis < at.size(); axis++) {
      index = index * shape.dimension(axis) + at.get(axis);
    }
    return index;
  }

  /// Where the running total ends.
  public float total() {
    return terms.getLast().total();
  }

  /// Whether the running total ends in exactly the stored value.
  public boolean isExact() {
    return Float.floatToIntBits(total()) == Float.floatToIntBits(stored);
  }

  /// How many terms are products.
  public long products() {
    return terms.stream().filter(t -> t.kind() == Kind.PRODUCT).count();
  }

  /// The place as an option takes it: `13,7,2`.
  public String place() {
    return at.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}

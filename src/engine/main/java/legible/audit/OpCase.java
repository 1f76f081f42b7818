package legible.audit;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import legible.op.Op;
import legible.oracle.Definition;
import legible.oracle.DoubleTensor;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// An operation with settings and inputs of certain shapes: one thing to check.
///
/// @param op the operation
/// @param inputs in its order
/// @param beforeKink the same operation without its final ReLU, if it has one: central differences
///     make no sense across the kink
public record OpCase(Op<?> op, List<Input> inputs, Optional<Op<?>> beforeKink) {
  private static final CounterRandom RANDOM = new CounterRandom(42);

  /// How one input is made.
  ///
  /// @param name as the operation's documentation has it
  /// @param draw which numbers
  /// @param differentiated whether it receives a gradient
  /// @param shape of the input
  public record Input(String name, Draw draw, boolean differentiated, Shape shape) {
    Tensor tensor() {
      return draw.tensor(RANDOM.split(name), shape.toArray());
    }
  }

  static OpCase of(Op<?> op) {
    return new OpCase(op, List.of(), Optional.empty());
  }

  /// With another input of uniform numbers, whose gradient is checked.
  OpCase input(String name, int... dimensions) {
    return input(name, Draw.UNIFORM, dimensions);
  }

  OpCase input(String name, Draw draw, int... dimensions) {
    return with(new Input(name, draw, true, Shape.of(dimensions)));
  }

  /// With another input that receives no gradient.
  OpCase constant(String name, Draw draw, int... dimensions) {
    return with(new Input(name, draw, false, Shape.of(dimensions)));
  }

  OpCase beforeKink(Op<?> linear) {
    return new OpCase(op, inputs, Optional.of(linear));
  }

  private OpCase with(Input input) {
    return new OpCase(op, Stream.concat(inputs.stream(), Stream.of(input)).toList(), beforeKink);
  }

  /// The definition in double precision.
  public Definition definition() {
    return Definition.of(op);
  }

  /// The inputs, drawn anew and the same each time.
  public List<Tensor> tensors() {
    return inputs.stream().map(Input::tensor).toList();
  }

  /// The incoming gradient: random weights of the output's elements, so that every path counts.
  public Tensor dy() {
    Shape y = op.outputShape(inputs.stream().map(Input::shape).toList());
    return Draw.UNIFORM.tensor(RANDOM.split("dy"), y.toArray());
  }

  /// The positions of the inputs that receive gradients.
  public List<Integer> differentiated() {
    return IntStream.range(0, inputs.size())
        .filter(i -> inputs.get(i).differentiated())
        .boxed()
        .toList();
  }

  static List<DoubleTensor> exact(List<Tensor> tensors) {
    return tensors.stream().map(DoubleTensor::of).toList();
  }

  /// The operation's name, such as `Dense`.
  public String subject() {
    return op.getClass().getSimpleName();
  }

  /// The settings, such as `activation=RELU`; empty without any.
  public String settings() {
    String text = op.toString();
    return text.substring(text.indexOf('[') + 1, text.lastIndexOf(']'));
  }

  /// The inputs' shapes, such as `x [5, 11], w [11, 9], b [9]`.
  public String shapes() {
    return String.join(
        ", ", inputs.stream().map(input -> input.name() + " " + input.shape()).toList());
  }

  @Override
  public String toString() {
    return op + " of " + shapes();
  }
}

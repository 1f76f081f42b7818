package legible.op;

import java.util.List;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// One differentiable operation: pure mathematics that knows no graph.
///
/// A record whose components are the settings; [#forward] computes the output and what the
/// derivative needs, [#backward] adds the derivative to the inputs' gradients. Gradients are always
/// added, never set: a tensor that is used twice receives both parts.
///
/// Sealed for counting: a test fails when an operation has no oracle or no gradient test.
///
/// @param <S> what forward saves for backward
public sealed interface Op<S extends Record>
    permits Add,
        AveragePool2d,
        BatchNorm,
        Conv2d,
        CtcLoss,
        Dense,
        Dropout,
        FixedBatchNorm,
        GlobalAveragePool,
        MaxPool2d,
        MeanSquaredError,
        Relu,
        Reshape,
        SoftmaxCrossEntropy {

  /// The shape that [#forward] gives for these inputs.
  ///
  /// @throws legible.tensor.ShapeException if the shapes do not fit together
  Shape outputShape(List<Shape> in);

  /// Computes the output from the inputs, which are not modified.
  ///
  /// @throws legible.tensor.ShapeException if the shapes do not fit together
  Forward<S> forward(Workspace workspace, List<Tensor> in);

  /// Adds this operation's share to the gradients of its inputs.
  ///
  /// @param in the inputs of the forward call, not modified
  /// @param forward what the forward call returned
  /// @param dy gradient of the loss with respect to the output; the caller needs it no more, and it may
  ///     hold anything afterwards
  /// @param gradients where the inputs' gradients are added; a gradient nobody wants is not computed
  void backward(
      Workspace workspace, List<Tensor> in, Forward<S> forward, Tensor dy, Gradients gradients);

  /// What a forward call gives.
  ///
  /// @param y the output
  /// @param saved what backward needs besides the inputs
  record Forward<S>(Tensor y, S saved) {}

  /// Nothing is saved: the inputs are enough.
  record Nothing() {
    static final Nothing NOTHING = new Nothing();
  }

  /// The gradients of one operation's inputs, by the input's position.
  interface Gradients {
    /// Whether anybody asks for the gradient of this input.
    boolean wants(int input);

    /// The gradient of this input, to be added to; shaped like the input.
    Tensor of(int input);
  }
}

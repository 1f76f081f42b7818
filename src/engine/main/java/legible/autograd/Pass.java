package legible.autograd;

import legible.op.Op;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// One walk through a model: a [Tape] that remembers for the way back, an [Inference] that does
/// not, or a [Trace] that computes nothing. Layers ask the pass for their parameters and hand it
/// their operations.
public sealed interface Pass permits Tape, Inference, Trace {
  /// Tells which layer applies the operations that follow; of interest to a [Trace] only.
  default void enter(String layer) {}

  /// The kernels and the memory of this walk.
  Workspace workspace();

  /// The elements of a named parameter of the model.
  Tensor parameter(String name);

  /// Applies an operation and gives all that its forward call gave.
  <S extends Record> Op.Forward<S> apply(Op<S> op, Tensor... in);

  /// Tells that the caller will not use this intermediate tensor again. A tape keeps it for the way
  /// back all the same.
  void done(Tensor x);
}

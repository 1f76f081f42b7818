package legible.audit;

import java.util.List;
import legible.op.Op;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// Gradients of the wanted inputs; an operation that computes another one fails.
public final class GradientSink implements Op.Gradients {
  private final List<Integer> wanted;
  private final List<Tensor> gradients;

  /// Gradients that are added to what these tensors hold.
  ///
  /// @param wanted positions of inputs
  /// @param gradients one for each of them
  public GradientSink(List<Integer> wanted, List<Tensor> gradients) {
    this.wanted = List.copyOf(wanted);
    this.gradients = List.copyOf(gradients);
  }

  /// Runs one operation by itself, without a tape: forward, then backward into the sink.
  public static <S extends Record> Op.Forward<S> run(
      Workspace workspace, Op<S> op, List<Tensor> in, Tensor dy, GradientSink sink) {
    Op.Forward<S> forward = op.forward(workspace, in);
    op.backward(workspace, in, forward, dy.copy(), sink);
    return forward;
  }

  @Override
  public boolean wants(int input) {
    return wanted.contains(input);
  }

  @Override
  public Tensor of(int input) {
    if (!wants(input)) {
      throw new AssertionError("nobody wants the gradient of input " + input);
    }
    return gradients.get(wanted.indexOf(input));
  }
}

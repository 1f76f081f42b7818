package legible.autograd;

import java.util.List;
import legible.op.Op;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// A walk without a way back: nothing is remembered, and memory is reused as soon as a layer is done
/// with it.
public final class Inference implements Pass, AutoCloseable {
  private final Workspace workspace;
  private final Weights weights;

  public Inference(Workspace workspace, Weights weights) {
    this.workspace = workspace;
    this.weights = weights;
  }

  @Override
  public Workspace workspace() {
    return workspace;
  }

  @Override
  public Tensor parameter(String name) {
    return weights.get(name).value();
  }

  @Override
  public <S extends Record> Op.Forward<S> apply(Op<S> op, Tensor... in) {
    return op.forward(workspace, List.of(in));
  }

  @Override
  public void done(Tensor x) {
    workspace.release(x);
  }

  /// Returns all memory of this walk; its tensors may not be used any more.
  @Override
  public void close() {
    workspace.releaseAll();
  }
}

package legible.op;

import java.util.List;
import legible.kernel.Activation;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// The rectifier.
///
/// ```
///  forward    y[i]   = max(x[i], 0)
///  backward   dx[i] += dy[i] if x[i] > 0, else nothing     (the derivative at 0 is taken as 0)
/// ```
///
/// Shapes: x and y alike, any rank.
///
/// Saved: nothing; y > 0 exactly where x > 0.
///
/// Source: Nair & Hinton 2010, "Rectified linear units improve restricted Boltzmann machines".
public record Relu() implements Op<Op.Nothing> {
  @Override
  public Shape outputShape(List<Shape> in) {
    Shapes.count("Relu", in, 1);
    return in.get(0);
  }

  @Override
  public Forward<Nothing> forward(Workspace workspace, List<Tensor> in) {
    Tensor x = in.get(0);
    Tensor y = workspace.tensor(outputShape(Shapes.of(in)));
    workspace.kernels().elementwise().relu(x.size(), x.data(), y.data());
    return new Forward<>(y, Nothing.NOTHING);
  }

  @Override
  public void backward(
      Workspace workspace,
      List<Tensor> in,
      Forward<Nothing> forward,
      Tensor dy,
      Gradients gradients) {
    if (gradients.wants(0)) {
      ActivationGradient.applyTo(dy, Activation.RELU, workspace, forward.y());
      workspace.kernels().elementwise().accumulate(dy.size(), dy.data(), gradients.of(0).data());
    }
  }
}

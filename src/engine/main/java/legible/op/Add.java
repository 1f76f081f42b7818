package legible.op;

import java.util.List;
import legible.kernel.Activation;
import legible.kernel.Elementwise;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// The sum of two tensors of one shape, as a residual block ends with it.
///
/// ```
///  forward    y[i]  = f(a[i] + b[i])
///  backward   dz[i] = dy[i]·f'(z[i])      da[i] += dz[i]      db[i] += dz[i]
/// ```
///
/// Shapes: a, b and y alike, any rank.
///
/// Saved: nothing; the sign of y tells the ReLU's derivative.
///
/// @param activation f, NONE or RELU
public record Add(Activation activation) implements Op<Op.Nothing> {
  @Override
  public Shape outputShape(List<Shape> in) {
    Shapes.count("Add", in, 2);
    Shapes.equal("Add", "b", in.get(0), "to match a", in.get(1));
    return in.get(0);
  }

  @Override
  public Forward<Nothing> forward(Workspace workspace, List<Tensor> in) {
    Tensor a = in.get(0);
    Tensor b = in.get(1);
    Tensor y = workspace.tensor(outputShape(Shapes.of(in)));
    workspace.kernels().elementwise().add(y.size(), a.data(), b.data(), activation, y.data());
    return new Forward<>(y, Nothing.NOTHING);
  }

  @Override
  public void backward(
      Workspace workspace,
      List<Tensor> in,
      Forward<Nothing> forward,
      Tensor dy,
      Gradients gradients) {
    Elementwise elementwise = workspace.kernels().elementwise();
    ActivationGradient.applyTo(dy, activation, workspace, forward.y());
    for (int input = 0; input < 2; input++) {
      if (gradients.wants(input)) {
        elementwise.accumulate(dy.size(), dy.data(), gradients.of(input).data());
      }
    }
  }
}

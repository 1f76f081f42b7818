package legible.op;

import java.util.List;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// The mean of the squared differences between predictions and targets.
///
/// ```
///  forward    y = (1/n) Σᵢ (x[i] - t[i])²
///  backward   dx[i] += dy·(2/n)·(x[i] - t[i])
/// ```
///
/// Shapes: x and t alike, any rank, n elements; y scalar. t is a constant and receives no gradient.
///
/// Saved: the differences.
///
/// Numerics: the squares are summed in double precision and the mean is rounded once.
public record MeanSquaredError() implements Op<MeanSquaredError.Saved> {
  /// What backward needs.
  ///
  /// @param difference x - t, shaped like x
  public record Saved(Tensor difference) {}

  @Override
  public Shape outputShape(List<Shape> in) {
    Shapes.count("MeanSquaredError", in, 2);
    Shape x = in.get(0);
    if (x.size() == 0) {
      throw new ShapeException("MeanSquaredError: x expected not empty, got " + x);
    }
    Shapes.equal("MeanSquaredError", "t", x, "to match x", in.get(1));
    return Shape.of();
  }

  @Override
  public Forward<Saved> forward(Workspace workspace, List<Tensor> in) {
    Tensor x = in.get(0);
    Tensor t = in.get(1);
    Tensor y = workspace.tensor(outputShape(Shapes.of(in)));
    int n = x.size();
    Tensor difference = workspace.tensor(x.shape());
    workspace
        .kernels()
        .elementwise()
        .scaledDifference(n, 1f, x.data(), t.data(), difference.data());
    double squares = workspace.kernels().elementwise().sumOfSquares(n, difference.data());
    y.data()[0] = (float) (squares / n);
    return new Forward<>(y, new Saved(difference));
  }

  @Override
  public void backward(
      Workspace workspace,
      List<Tensor> in,
      Forward<Saved> forward,
      Tensor dy,
      Gradients gradients) {
    if (gradients.wants(0)) {
      Tensor difference = forward.saved().difference();
      int n = difference.size();
      workspace
          .kernels()
          .elementwise()
          .accumulateScaled(n, 2 * dy.data()[0] / n, difference.data(), gradients.of(0).data());
    }
  }
}

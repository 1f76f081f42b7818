package legible.op;

import java.util.List;
import legible.kernel.Elementwise;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// Sets a random part of the elements to zero and enlarges the others so that the expectation stays
/// the same (inverted dropout). For training only.
///
/// ```
///  forward    y[i]   = x[i]·mask[i]       mask[i] = 0 with probability rate, else 1/(1-rate)
///  backward   dx[i] += dy[i]·mask[i]
/// ```
///
/// Shapes: x and y alike, any rank.
///
/// Saved: the mask.
///
/// Source: Srivastava et al. 2014, "Dropout: a simple way to prevent neural networks from
/// overfitting", section 10 for the inverted form.
///
/// @param rate share of zeros, in [0, 1)
/// @param key the random stream; element i's fate is a function of (key, i) alone
public record Dropout(float rate, long key) implements Op<Dropout.Saved> {
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("Dropout: rate expected in [0, 1), got " + rate);
    }
  }

  /// What backward needs.
  ///
  /// @param mask shaped like x: 0 or 1/(1-rate)
  public record Saved(Tensor mask) {}

  @Override
  public Shape outputShape(List<Shape> in) {
    Shapes.count("Dropout", in, 1);
    return in.get(0);
  }

  @Override
  public Forward<Saved> forward(Workspace workspace, List<Tensor> in) {
    Tensor x = in.get(0);
    Tensor y = workspace.tensor(outputShape(Shapes.of(in)));
    Tensor mask = workspace.tensor(x.shape());
    Elementwise elementwise = workspace.kernels().elementwise();
    elementwise.dropoutMask(x.size(), rate, key, mask.data());
    elementwise.multiply(x.size(), x.data(), mask.data(), y.data());
    return new Forward<>(y, new Saved(mask));
  }

  @Override
  public void backward(
      Workspace workspace,
      List<Tensor> in,
      Forward<Saved> forward,
      Tensor dy,
      Gradients gradients) {
    if (gradients.wants(0)) {
      workspace
          .kernels()
          .elementwise()
          .accumulateProduct(
              dy.size(), dy.data(), forward.saved().mask().data(), gradients.of(0).data());
    }
  }
}

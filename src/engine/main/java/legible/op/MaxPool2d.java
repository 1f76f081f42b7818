package legible.op;

import java.util.List;
import legible.kernel.Window;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// The largest value of each window.
///
/// ```
///  forward    y[n,oh,ow,c] = max over (kh, kw) of x[n, oh·s-p+kh, ow·s-p+kw, c]
///  backward   dx[winner of (n,oh,ow,c)] += dy[n,oh,ow,c]
/// ```
///
/// Shapes: x `[N,H,W,C]`, y `[N,outH,outW,C]`; see [Padding] for outH, outW. Pixels outside of the
/// image take no part.
///
/// Saved: which position of the window won, the first among equals.
///
/// @param size rows and columns of the window, >= 1
/// @param stride step of the window in pixels, >= 1
/// @param padding pixels around the image; with a fixed amount at most size/2, so that every window
///     sees the image
public record MaxPool2d(int size, int stride, Padding padding) implements Op<MaxPool2d.Saved> {
  public MaxPool2d {
    Shapes.poolSettings("MaxPool2d", size, stride, padding);
  }

  /// What backward needs.
  ///
  /// @param winner `[N,outH,outW,C]`, `kh·size + kw` of the largest value, as a float
  public record Saved(Tensor winner) {}

  @Override
  public Shape outputShape(List<Shape> in) {
    Shapes.count("MaxPool2d", in, 1);
    return Shapes.pooled(window(in.get(0)));
  }

  @Override
  public Forward<Saved> forward(Workspace workspace, List<Tensor> in) {
    Tensor x = in.get(0);
    Tensor y = workspace.tensor(outputShape(Shapes.of(in)));
    Tensor winner = workspace.tensor(y.shape());
    workspace.kernels().pooling().maxForward(window(x.shape()), x.data(), y.data(), winner.data());
    return new Forward<>(y, new Saved(winner));
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
          .pooling()
          .maxBackward(
              window(in.get(0).shape()),
              dy.data(),
              forward.saved().winner().data(),
              gradients.of(0).data());
    }
  }

  /// The geometry for inputs of this shape.
  public Window window(Shape x) {
    Shapes.rank("MaxPool2d", "x", x, 4, "[N,H,W,C]");
    return padding.window("MaxPool2d", x, size, size, stride);
  }
}

package legible.op;

import java.util.List;
import legible.kernel.Window;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// The mean of each window.
///
/// ```
///  forward    y[n,oh,ow,c] = (1/count) Σ_kh Σ_kw x[n, oh·s-p+kh, ow·s-p+kw, c]
///  backward   dx[n,h,w,c] += dy[n,oh,ow,c]/count    for each window that sees (h, w)
/// ```
///
/// Shapes: x `[N,H,W,C]`, y `[N,outH,outW,C]`; see [Padding] for outH, outW. Pixels outside of the
/// image take no part: count is the number of pixels inside. **PyTorch counts the padding unless
/// told `count_include_pad=False`.**
///
/// Saved: nothing.
///
/// @param size rows and columns of the window, >= 1
/// @param stride step of the window in pixels, >= 1
/// @param padding pixels around the image; with a fixed amount at most size/2, so that every window
///     sees the image
public record AveragePool2d(int size, int stride, Padding padding) implements Op<Op.Nothing> {
  public AveragePool2d {
    Shapes.poolSettings("AveragePool2d", size, stride, padding);
  }

  @Override
  public Shape outputShape(List<Shape> in) {
    Shapes.count("AveragePool2d", in, 1);
    return Shapes.pooled(window(in.get(0)));
  }

  @Override
  public Forward<Nothing> forward(Workspace workspace, List<Tensor> in) {
    Tensor x = in.get(0);
    Tensor y = workspace.tensor(outputShape(Shapes.of(in)));
    workspace.kernels().pooling().averageForward(window(x.shape()), x.data(), y.data());
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
      workspace
          .kernels()
          .pooling()
          .averageBackward(window(in.get(0).shape()), dy.data(), gradients.of(0).data());
    }
  }

  /// The geometry for inputs of this shape.
  public Window window(Shape x) {
    Shapes.rank("AveragePool2d", "x", x, 4, "[N,H,W,C]");
    return padding.window("AveragePool2d", x, size, size, stride);
  }
}

package legible.op;

import java.util.List;
import legible.kernel.Window;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// The mean of each channel over the whole image.
///
/// ```
///  forward    y[n,c]       = (1/(H·W)) Σ_h Σ_w x[n,h,w,c]
///  backward   dx[n,h,w,c] += dy[n,c]/(H·W)
/// ```
///
/// Shapes: x `[N,H,W,C]`, y `[N,C]`.
///
/// Saved: nothing.
///
/// Source: Lin, Chen & Yan 2014, "Network in network", section 3.2.
public record GlobalAveragePool() implements Op<Op.Nothing> {
  @Override
  public Shape outputShape(List<Shape> in) {
    Shapes.count("GlobalAveragePool", in, 1);
    Shape x = in.get(0);
    Shapes.rank("GlobalAveragePool", "x", x, 4, "[N,H,W,C]");
    return Shape.of(x.dimension(0), x.dimension(3));
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

  /// One window as large as the image.
  /// The geometry for inputs of this shape.
  public static Window window(Shape x) {
    int height = x.dimension(1);
    int width = x.dimension(2);
    return new Window(x.dimension(0), height, width, x.dimension(3), height, width, 1, 0, 0, 1, 1);
  }
}

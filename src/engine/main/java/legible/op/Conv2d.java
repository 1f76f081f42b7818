package legible.op;

import java.util.List;
import legible.kernel.Activation;
import legible.kernel.Convolution;
import legible.kernel.Window;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// Two-dimensional convolution (cross-correlation) with bias and activation.
///
/// ```
///  forward    z[n,oh,ow,o] = b[o] + Σ_kh Σ_kw Σ_c x[n, oh·s-p+kh, ow·s-p+kw, c]·w[kh,kw,c,o]
///             y = f(z)
///  backward   dz = dy·f'(z)
///             dx[n,h,w,c]   += Σ_kh Σ_kw Σ_o dz[n,oh,ow,o]·w[kh,kw,c,o]          (1)
///             dw[kh,kw,c,o] += Σ_n Σ_oh Σ_ow x[n, oh·s-p+kh, ow·s-p+kw, c]·dz[n,oh,ow,o]  (2)
///             db[o]         += Σ_n Σ_oh Σ_ow dz[n,oh,ow,o]                        (3)
/// ```
///
/// with s the stride, p the padding, and in (1) `h = oh·s-p+kh`, `w = ow·s-p+kw`. Pixels outside of
/// the image count as zero.
///
/// Shapes: x `[N,H,W,C]`, w `[kH,kW,C,O]`, b `[O]`, y `[N,outH,outW,O]`; see [Padding] for outH, outW.
///
/// Saved: nothing; the sign of y tells the ReLU's derivative.
///
/// Numerics: each z is one fma chain that starts from the bias, (kh, kw, c) ascending.
///
/// Source: LeCun et al. 1989, "Backpropagation applied to handwritten zip code recognition".
///
/// @param stride step of the window in pixels, >= 1
/// @param padding zero pixels around the image
/// @param activation f, NONE or RELU
public record Conv2d(int stride, Padding padding, Activation activation) implements Op<Op.Nothing> {
  public Conv2d {
    if (stride < 1) {
      throw new IllegalArgumentException("Conv2d: stride expected >= 1, got " + stride);
    }
  }

  @Override
  public Shape outputShape(List<Shape> in) {
    Shapes.count("Conv2d", in, 3);
    Shape w = in.get(1);
    Window window = window(in.get(0), w);
    Shapes.equal("Conv2d", "b", Shape.of(w.dimension(3)), "to match w " + w, in.get(2));
    return Shape.of(window.batch(), window.outHeight(), window.outWidth(), w.dimension(3));
  }

  @Override
  public Forward<Nothing> forward(Workspace workspace, List<Tensor> in) {
    Tensor x = in.get(0);
    Tensor w = in.get(1);
    Tensor b = in.get(2);
    Tensor y = workspace.tensor(outputShape(Shapes.of(in)));
    Window window = window(x.shape(), w.shape());
    int outChannels = w.shape().dimension(3);
    workspace
        .kernels()
        .convolution()
        .forward(window, outChannels, x.data(), w.data(), b.data(), activation, y.data());
    return new Forward<>(y, Nothing.NOTHING);
  }

  @Override
  public void backward(
      Workspace workspace,
      List<Tensor> in,
      Forward<Nothing> forward,
      Tensor dy,
      Gradients gradients) {
    Tensor x = in.get(0);
    Tensor w = in.get(1);
    Window window = window(x.shape(), w.shape());
    int outChannels = w.shape().dimension(3);
    Convolution convolution = workspace.kernels().convolution();
    ActivationGradient.applyTo(dy, activation, workspace, forward.y(), gradients, 2); // (3)
    if (gradients.wants(0)) { // (1)
      convolution.inputGradient(window, outChannels, dy.data(), w.data(), gradients.of(0).data());
    }
    if (gradients.wants(1)) { // (2)
      convolution.weightGradient(window, outChannels, x.data(), dy.data(), gradients.of(1).data());
    }
  }

  /// The geometry for inputs of these shapes.
  public Window window(Shape x, Shape w) {
    Shapes.rank("Conv2d", "x", x, 4, "[N,H,W,C]");
    Shapes.rank("Conv2d", "w", w, 4, "[kH,kW,C,O]");
    if (w.dimension(2) != x.dimension(3)) {
      throw new ShapeException(
          "Conv2d: w expected [kH, kW, %d, O] to match x %s, got %s"
              .formatted(x.dimension(3), x, w));
    }
    return padding.window("Conv2d", x, w.dimension(0), w.dimension(1), stride);
  }
}

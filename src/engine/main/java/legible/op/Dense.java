package legible.op;

import java.util.List;
import legible.kernel.Activation;
import legible.kernel.Gemm;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// A matrix product with bias and activation: each output is a weighted sum of all inputs.
///
/// ```
///  forward    z[n,j]  = b[j] + Σᵢ x[n,i]·w[i,j]            y = f(z)
///  backward   dz      = dy·f'(z)
///             dx[n,i] += Σⱼ dz[n,j]·w[i,j]                 (1)  dx = dz·wᵀ
///             dw[i,j] += Σₙ x[n,i]·dz[n,j]                 (2)  dw = xᵀ·dz
///             db[j]   += Σₙ dz[n,j]                        (3)
/// ```
///
/// Shapes: x `[N,I]`, w `[I,J]`, b `[J]`, y `[N,J]`.
///
/// Saved: nothing; the sign of y tells the ReLU's derivative.
///
/// Numerics: each z is one fma chain that starts from the bias, i ascending.
///
/// @param activation f, NONE or RELU
public record Dense(Activation activation) implements Op<Op.Nothing> {
  @Override
  public Shape outputShape(List<Shape> in) {
    Shapes.count("Dense", in, 3);
    Shape x = in.get(0);
    Shape w = in.get(1);
    Shapes.rank("Dense", "x", x, 2, "[N,I]");
    Shapes.rank("Dense", "w", w, 2, "[I,J]");
    if (w.dimension(0) != x.dimension(1)) {
      throw new ShapeException(
          "Dense: w expected [%d, J] to match x %s, got %s".formatted(x.dimension(1), x, w));
    }
    Shapes.equal("Dense", "b", Shape.of(w.dimension(1)), "to match w " + w, in.get(2));
    return Shape.of(x.dimension(0), w.dimension(1));
  }

  @Override
  public Forward<Nothing> forward(Workspace workspace, List<Tensor> in) {
    Tensor x = in.get(0);
    Tensor w = in.get(1);
    Tensor b = in.get(2);
    Tensor y = workspace.tensor(outputShape(Shapes.of(in)));
    int n = x.shape().dimension(0);
    int i = x.shape().dimension(1);
    int j = w.shape().dimension(1);
    workspace.kernels().gemm().dense(n, j, i, x.data(), w.data(), b.data(), activation, y.data());
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
    int n = x.shape().dimension(0);
    int i = x.shape().dimension(1);
    int j = w.shape().dimension(1);
    Gemm gemm = workspace.kernels().gemm();
    ActivationGradient.applyTo(dy, activation, workspace, forward.y(), gradients, 2); // (3)
    if (gradients.wants(0)) { // (1)
      gemm.gemmTransB(n, i, j, dy.data(), 0, w.data(), 0, gradients.of(0).data(), 0);
    }
    if (gradients.wants(1)) { // (2)
      gemm.gemmTransA(i, j, n, x.data(), 0, dy.data(), 0, gradients.of(1).data(), 0);
    }
  }
}

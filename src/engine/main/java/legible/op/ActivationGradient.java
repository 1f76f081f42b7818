package legible.op;

import legible.kernel.Activation;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// The first step back through an operation that ends with a fused activation `y = f(z)`.
///
/// ```
///  NONE   dz = dy
///  RELU   dz[i] = dy[i] if y[i] > 0, else 0        (the derivative at 0 is taken as 0)
/// ```
final class ActivationGradient {
  private ActivationGradient() {}

  /// dz, to be handed to [#release] after use: dy itself where f is the identity.
  static Tensor before(Activation activation, Workspace workspace, Tensor y, Tensor dy) {
    if (activation == Activation.NONE) {
      return dy;
    }
    Tensor dz = workspace.tensor(dy.shape());
    workspace.kernels().elementwise().reluGradient(dy.size(), y.data(), dy.data(), dz.data());
    return dz;
  }

  /// Returns dz to the workspace unless it is dy, which belongs to the caller of backward.
  static void release(Workspace workspace, Tensor dz, Tensor dy) {
    if (dz != dy) {
      workspace.release(dz);
    }
  }
}

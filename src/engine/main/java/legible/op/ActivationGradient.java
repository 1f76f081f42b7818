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

  /// Turns dy into dz where it stands.
  static void applyTo(Tensor dy, Activation activation, Workspace workspace, Tensor y) {
    if (activation == Activation.RELU) {
      workspace.kernels().elementwise().reluGradient(dy.size(), y.data(), dy.data(), dy.data());
    }
  }
}

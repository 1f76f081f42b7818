package legible.op;

import legible.kernel.Activation;
import legible.kernel.Elementwise;
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

  /// The same where a bias was added before f; its gradient, if it is wanted, receives the sums of dz.
  ///
  /// @param bias number of the input that is the bias, over the last dimension of y
  static void applyTo(
      Tensor dy,
      Activation activation,
      Workspace workspace,
      Tensor y,
      Op.Gradients gradients,
      int bias) {
    if (!gradients.wants(bias)) {
      applyTo(dy, activation, workspace, y);
      return;
    }
    Elementwise elementwise = workspace.kernels().elementwise();
    float[] db = gradients.of(bias).data();
    int rows = dy.size() / Math.max(1, db.length);
    if (activation == Activation.RELU) {
      elementwise.reluGradientAndSums(rows, db.length, y.data(), dy.data(), db);
    } else {
      elementwise.sumRows(rows, db.length, dy.data(), db);
    }
  }
}

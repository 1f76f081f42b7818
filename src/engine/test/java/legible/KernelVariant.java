package legible;

import java.util.function.Function;
import legible.kernel.KernelSet;
import legible.kernel.Kernels;
import legible.tensor.Workspace;

/// The kernels that a test runs on: both twins, on one thread and on more. All of them must give the
/// same bits.
public enum KernelVariant {
  SCALAR_1(KernelSet.SCALAR, 1),
  SCALAR_2(KernelSet.SCALAR, 2),
  VECTOR_1(KernelSet.VECTOR, 1),
  VECTOR_2(KernelSet.VECTOR, 2),
  VECTOR_3(KernelSet.VECTOR, 3);

  private final KernelSet set;
  private final int threads;

  KernelVariant(KernelSet set, int threads) {
    this.set = set;
    this.threads = threads;
  }

  /// What the body gives on a fresh workspace with these kernels.
  public <T> T with(Function<Workspace, T> body) {
    try (Kernels kernels = Kernels.create(set, threads)) {
      return body.apply(new Workspace(kernels));
    }
  }
}

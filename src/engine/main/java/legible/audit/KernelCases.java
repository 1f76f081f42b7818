package legible.audit;

import java.util.List;
import java.util.stream.Stream;
import legible.audit.kernel.ConvolutionCases;
import legible.audit.kernel.ElementwiseCases;
import legible.audit.kernel.GemmCases;
import legible.audit.kernel.NormalizationCases;
import legible.audit.kernel.PoolingCases;
import legible.audit.kernel.SoftmaxCases;
import legible.audit.kernel.UpdateCases;

/// The cases of every method of every family of kernels. A test fails when a method has none.
public final class KernelCases {
  private KernelCases() {}

  /// All cases, family by family.
  public static List<KernelCase> all() {
    return Stream.of(
            ConvolutionCases.all(),
            ElementwiseCases.all(),
            GemmCases.all(),
            NormalizationCases.all(),
            PoolingCases.all(),
            SoftmaxCases.all(),
            UpdateCases.all())
        .flatMap(List::stream)
        .toList();
  }
}

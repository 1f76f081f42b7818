package legible.op;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import legible.KernelVariant;
import legible.audit.CentralDifferences;
import legible.audit.GradientError;
import legible.audit.OpCase;
import legible.audit.OpCases;
import legible.oracle.DoubleTensor;
import legible.tensor.Tensor;

/// Compares an operation's float gradients with central differences of its double oracle, on all
/// kernels, in every small case of [OpCases].
final class GradientCheck {
  private GradientCheck() {}

  static void gradCheck(Class<?> op) {
    List<OpCase> cases = OpCases.small(op);
    assertFalse(cases.isEmpty(), "no small case of " + op);
    for (OpCase given : cases) {
      List<DoubleTensor> references = CentralDifferences.of(given);
      assertFalse(references.isEmpty(), given + " has no gradient");
      for (KernelVariant variant : KernelVariant.values()) {
        check(given, variant, references);
      }
    }
  }

  private static void check(OpCase given, KernelVariant variant, List<DoubleTensor> references) {
    Tensor[] in = given.tensors().toArray(Tensor[]::new);
    List<Tensor> gradients = OneOp.gradients(variant, given.op(), given.dy(), in);
    for (int i = 0; i < references.size(); i++) {
      int input = given.differentiated().get(i);
      GradientError error =
          GradientError.of(
              given.inputs().get(input).name(), references.get(i), gradients.get(input));
      assertTrue(
          error.isSmall(),
          () ->
              "%s, %s: off by %.2g of the largest, %s"
                  .formatted(variant, given, error.relative(), error.worst()));
    }
  }
}

package legible.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import legible.KernelVariant;
import legible.WorkspaceMemory;
import legible.audit.Computation;
import legible.audit.Contract;
import legible.audit.GradientSink;
import legible.audit.OpCase;
import legible.audit.OpCases;
import legible.oracle.Closeness;
import legible.tensor.Tensor;
import legible.tensor.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every operation promises, whatever it computes: gradients are added and never set, inputs are
/// left alone, unwanted gradients are not computed, undefined memory is never read, and all kernels
/// give the same bits.
class OpContractTest {
  static Stream<OpCase> cases() {
    return OpCases.large().stream();
  }

  @Test
  void everyOperationIsHere() {
    Set<Class<?>> all = Set.of(Op.class.getPermittedSubclasses());
    assertTrue(all.size() >= 13, "operations seen: " + all);
    for (List<OpCase> cases : List.of(OpCases.small(), OpCases.large())) {
      assertEquals(all, cases.stream().map(c -> c.op().getClass()).collect(Collectors.toSet()));
    }
  }

  private static Contract contract(OpCase given) {
    return new Contract(Computation.of(given));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void allKernelsGiveTheSameBits(OpCase given) {
    Contract contract = contract(given);
    for (KernelVariant variant : KernelVariant.values()) {
      Optional<String> fault =
          KernelVariant.SCALAR_1.with(
              a -> variant.with(b -> contract.sameBits(a.kernels(), b.kernels())));
      assertEquals(Optional.empty(), fault, variant.toString());
    }
  }

  /// dy is one of a computation's inputs.
  @ParameterizedTest
  @MethodSource("cases")
  void inputsAndIncomingGradientAreLeftAlone(OpCase given) {
    for (KernelVariant variant : KernelVariant.values()) {
      assertEquals(
          Optional.empty(),
          variant.with(workspace -> contract(given).inputsLeftAlone(workspace.kernels())),
          variant.toString());
    }
  }

  /// Gradients that hold something already are added to.
  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAreAdded(OpCase given) {
    for (KernelVariant variant : KernelVariant.values()) {
      assertEquals(
          Optional.empty(),
          variant.with(workspace -> contract(given).sumsAreAdded(workspace.kernels())),
          variant.toString());
    }
  }

  /// The second call adds as much as the first, up to the rounding of chains that start from another
  /// value.
  @ParameterizedTest
  @MethodSource("cases")
  void backwardTwiceIsDouble(OpCase given) {
    Contract contract = contract(given);
    for (KernelVariant variant : KernelVariant.values()) {
      variant.with(
          workspace -> {
            List<Tensor> once = contract.fromZero(workspace.kernels()).sums();
            List<Tensor> twice = contract.run(workspace.kernels(), once).sums();
            for (int i = 0; i < once.size(); i++) {
              assertDouble(once.get(i), twice.get(i));
            }
            return null;
          });
    }
  }

  /// With 1e-4 of the largest value involved.
  private static void assertDouble(Tensor once, Tensor twice) {
    double largest = 0;
    for (float g : once.data()) {
      largest = Math.max(largest, Math.abs(g));
    }
    for (int i = 0; i < once.size(); i++) {
      assertEquals(2.0 * once.data()[i], twice.data()[i], 1e-4 * largest, "at " + i);
    }
  }

  /// Each gradient alone has the bits that it has among all, and the sink fails for those that nobody
  /// wants. With none wanted, nothing may be computed.
  @ParameterizedTest
  @MethodSource("cases")
  void unwantedGradientsAreNotComputed(OpCase given) {
    for (KernelVariant variant : KernelVariant.values()) {
      List<Integer> wanted = given.differentiated();
      List<Tensor> all = variant.with(workspace -> gradients(workspace, given, wanted));
      List<List<Integer>> choices = new ArrayList<>();
      choices.add(List.of());
      wanted.forEach(input -> choices.add(List.of(input)));
      for (List<Integer> choice : choices) {
        List<Tensor> some = variant.with(workspace -> gradients(workspace, given, choice));
        for (int i = 0; i < choice.size(); i++) {
          Closeness.assertSameBits(
              all.get(wanted.indexOf(choice.get(i))), some.get(i), variant + " wanting " + choice);
        }
      }
    }
  }

  private static List<Tensor> gradients(Workspace workspace, OpCase given, List<Integer> wanted) {
    List<Tensor> in = given.tensors();
    List<Tensor> gradients = OneOp.zeros(wanted.stream().map(in::get).toList());
    GradientSink sink = new GradientSink(wanted, gradients);
    GradientSink.run(workspace, given.op(), in, given.dy(), sink);
    return gradients;
  }

  /// The second run gets the memory of the first back, full of NaN: whoever reads before writing
  /// shows it.
  @ParameterizedTest
  @MethodSource("cases")
  void undefinedMemoryIsNotRead(OpCase given) {
    for (KernelVariant variant : KernelVariant.values()) {
      variant.with(
          workspace -> {
            List<Tensor> first = run(workspace, given);
            int arrays = WorkspaceMemory.poison(workspace);
            assertTrue(arrays > 0 || given.op() instanceof Reshape, "nothing was poisoned");
            List<Tensor> second = run(workspace, given);
            for (int i = 0; i < first.size(); i++) {
              Closeness.assertSameBits(first.get(i), second.get(i), variant + ", second run");
            }
            assertEquals(arrays, WorkspaceMemory.poison(workspace), "arrays after the second run");
            return null;
          });
    }
  }

  /// The output and the gradients.
  private static List<Tensor> run(Workspace workspace, OpCase given) {
    List<Tensor> in = given.tensors();
    List<Integer> wanted = given.differentiated();
    List<Tensor> results = new ArrayList<>(OneOp.zeros(wanted.stream().map(in::get).toList()));
    GradientSink sink = new GradientSink(wanted, results);
    results.add(GradientSink.run(workspace, given.op(), in, given.dy(), sink).y().copy());
    workspace.releaseAll();
    return results;
  }
}

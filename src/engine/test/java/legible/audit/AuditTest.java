package legible.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import legible.kernel.Activation;
import legible.kernel.KernelSet;
import legible.kernel.Kernels;
import legible.kernel.PackedFilters;
import legible.kernel.PackedMatrix;
import legible.kernel.Parallel;
import legible.op.Add;
import legible.op.Dense;
import legible.oracle.DoubleTensor;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// That the audit sees every kernel, and that it finds faults: each kind is planted here.
class AuditTest {
  private static Audit audit;

  @BeforeAll
  static void open() {
    audit = new Audit(3);
  }

  @AfterAll
  static void close() {
    audit.close();
  }

  /// The doors are what [Kernels] hands out; their methods are named as the cases name them. Packing
  /// weights computes nothing.
  @Test
  void everyKernelHasACase() {
    TreeSet<String> methods = new TreeSet<>();
    for (Method door : Kernels.class.getDeclaredMethods()) {
      Class<?> family = door.getReturnType();
      if (family.getPackage() == Kernels.class.getPackage()
          && !List.of(Kernels.class, KernelSet.class, Parallel.class).contains(family)) {
        Arrays.stream(family.getDeclaredMethods())
            .filter(m -> Modifier.isPublic(m.getModifiers()))
            .filter(
                m -> !List.of(PackedFilters.class, PackedMatrix.class).contains(m.getReturnType()))
            .forEach(m -> methods.add(family.getSimpleName() + "." + m.getName()));
      }
    }
    assertTrue(methods.size() >= 25, methods.toString());
    assertEquals(
        methods,
        KernelCases.all().stream()
            .map(c -> c.family() + "." + c.method().replaceAll(",.*", ""))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void dense() {
    OpCase given = OpCases.small(Dense.class).getFirst();
    Finding finding = audit.check(given, true);
    assertEquals(List.of(), finding.faults());
    assertEquals("Dense", finding.subject());
    assertEquals("activation=NONE", finding.name());
    assertEquals("x [5, 11], w [11, 9], b [9]", finding.shapes());
    assertTrue(finding.forward().ulps() > 0.5 && finding.forward().share() > 0);
    assertEquals(3, finding.gradients().size());
    assertTrue(finding.worstGradient().orElseThrow().relative() > 1e-9, "measured in float");
    assertThrows(IllegalArgumentException.class, () -> new Audit(1));
  }

  /// A kernel that is wrong in one way.
  private static Finding fault(Computation.Job job) {
    return audit.check(
        KernelCase.of("Planted", "fault")
            .input("x", 100)
            .sum(100)
            .runs(
                job,
                (in, starts, actual) ->
                    Accuracy.rounded(
                        1,
                        i -> (double) starts.getFirst().data()[i] + in.getFirst().data()[i],
                        actual.sums().getFirst())));
  }

  private static void add(List<Tensor> in, List<Tensor> sums) {
    for (int i = 0; i < 100; i++) {
      sums.getFirst().data()[i] += in.getFirst().data()[i];
    }
  }

  @Test
  void noFault() {
    assertEquals(List.of(), fault((w, in, out, sums) -> add(in, sums)).faults());
  }

  @Test
  void anotherBitInTheVectorKernels() {
    Finding finding =
        fault(
            (w, in, out, sums) -> {
              add(in, sums);
              if (w.kernels().set() == KernelSet.VECTOR) {
                sums.getFirst().data()[99] = Math.nextUp(sums.getFirst().data()[99]);
              }
            });
    assertTrue(finding.twins().orElseThrow().startsWith("result 0 at [99]: expected "));
    assertEquals(Optional.empty(), finding.threads());
    assertEquals(1, finding.faults().size());
  }

  @Test
  void anotherBitOnMoreThreads() {
    Finding finding =
        fault(
            (w, in, out, sums) -> {
              add(in, sums);
              sums.getFirst().data()[0] += w.kernels().parallel().threads() == 1 ? 0 : 1;
            });
    assertTrue(finding.threads().isPresent());
    assertEquals(Optional.empty(), finding.twins());
    assertFalse(finding.passed());
  }

  @Test
  void anInputThatIsChanged() {
    Finding finding =
        fault(
            (w, in, out, sums) -> {
              add(in, sums);
              in.getFirst().data()[7] = 3;
            });
    assertTrue(finding.inputs().orElseThrow().startsWith("input 0 at [7]"));
  }

  @Test
  void aSumThatIsSet() {
    Finding finding =
        fault(
            (w, in, out, sums) ->
                System.arraycopy(in.getFirst().data(), 0, sums.getFirst().data(), 0, 100));
    assertTrue(finding.sums().orElseThrow().startsWith("sum 0 at [0]"));
    assertFalse(finding.forward().isWithinBound());
  }

  /// Two ULP where one rounding is allowed, NaN, and another shape.
  @Test
  void valuesThatAreOff() {
    DoubleTensor exact = new DoubleTensor(Shape.of(2), new double[] {1, 1});
    DoubleTensor bound = exact.map(v -> 0x1p-24);
    Accuracy off = Accuracy.of(exact, bound, Tensor.of(Shape.of(2), 1, 1 + 0x1p-22f));
    assertEquals(new Accuracy(2, 0, 4), off);
    assertFalse(off.isWithinBound());
    assertFalse(Accuracy.of(exact, bound, Tensor.of(Shape.of(2), 1, Float.NaN)).isWithinBound());
    assertFalse(Accuracy.of(exact, bound, Tensor.of(Shape.of(3), 1, 1, 1)).isWithinBound());
    assertEquals(Accuracy.EXACT, Accuracy.of(exact, bound, Tensor.of(Shape.of(2), 1, 1)));
  }

  @Test
  void gradientsThatAreOff() {
    DoubleTensor reference = new DoubleTensor(Shape.of(2), new double[] {0.5, -2});
    assertTrue(gradient(reference, 0.5f, -2.00001f).isSmall());
    GradientError off = gradient(reference, 0.50003f, -2);
    assertEquals(1.5e-5, off.relative(), 1e-7);
    assertFalse(off.isSmall());
    assertTrue(off.worst().startsWith("dx[0]: expected 0.5, got 0.50003"));
    assertFalse(gradient(reference, 0.5f, Float.NaN).isSmall());
    assertFalse(gradient(reference.map(v -> 0), 0, 0).isSmall(), "says nothing");
  }

  private static GradientError gradient(DoubleTensor reference, float... actual) {
    return GradientError.of("x", reference, Tensor.of(Shape.of(2), actual));
  }

  /// Where a ReLU's argument is 0, a difference quotient means nothing: 20,000 uniform numbers come
  /// nearer than the margin.
  @Test
  void aKinkIsRefused() {
    OpCase given =
        OpCase.of(new Add(Activation.RELU))
            .input("a", 20_000)
            .input("b", 20_000)
            .beforeKink(new Add(Activation.NONE));
    AssertionError error = assertThrows(AssertionError.class, () -> CentralDifferences.of(given));
    assertTrue(error.getMessage().contains("without a ReLU argument near 0"), error.getMessage());
  }
}

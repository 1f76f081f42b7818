package legible.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import legible.kernel.KernelSet;
import legible.kernel.Kernels;
import legible.oracle.DoubleTensor;
import legible.tensor.Tensor;

/// Checks every operation and every family of kernels on the machine that it runs on: against double
/// precision, against central differences, scalar against vector, one thread against more.
///
/// It needs no file and no network, so that whoever embeds the engine can run it where the engine
/// runs. The numbers are the same everywhere, since the bits are.
public final class Audit implements AutoCloseable {
  private final Kernels scalar;
  private final Kernels scalarThreads;
  private final Kernels vector;
  private final Kernels vectorThreads;

  /// An audit with all kernels.
  ///
  /// @param threads compared with one, >= 2
  /// @throws IllegalStateException if the vector module is missing
  public Audit(int threads) {
    if (threads < 2) {
      throw new IllegalArgumentException("Audit: threads expected >= 2, got " + threads);
    }
    vector = Kernels.create(KernelSet.VECTOR, 1);
    vectorThreads = Kernels.create(KernelSet.VECTOR, threads);
    scalar = Kernels.create(KernelSet.SCALAR, 1);
    scalarThreads = Kernels.create(KernelSet.SCALAR, threads);
  }

  /// Told after each case.
  @FunctionalInterface
  public interface Progress {
    /// Tells about one more.
    ///
    /// @param done cases that are done
    /// @param total all cases
    /// @param finding about the last one
    void checked(int done, int total, Finding finding);
  }

  /// Checks everything: operations first, in alphabetical order, then kernels.
  public List<Finding> run(Progress progress) {
    List<OpCase> small = OpCases.small();
    List<OpCase> large = OpCases.large();
    List<KernelCase> kernels = KernelCases.all();
    int total = small.size() + large.size() + kernels.size();
    List<Finding> findings = new ArrayList<>();
    Stream.concat(
            Stream.concat(small.stream(), large.stream())
                .sorted(Comparator.comparing(OpCase::subject))
                .map(c -> check(c, small.contains(c))),
            kernels.stream().map(this::check))
        .forEach(
            finding -> {
              findings.add(finding);
              progress.checked(findings.size(), total, finding);
            });
    return findings;
  }

  /// Checks one operation.
  ///
  /// @param differences whether its gradients are compared with central differences
  public Finding check(OpCase given, boolean differences) {
    Contract contract = new Contract(Computation.of(given));
    Contract.Result result = contract.fromZero(scalar);
    List<DoubleTensor> in = OpCase.exact(given.tensors());
    Accuracy forward =
        Accuracy.of(
            given.definition().forward().forward(in),
            given.definition().bound().forward(in),
            result.outputs().getFirst());
    return finding(
        given.subject(),
        given.settings(),
        given.shapes(),
        forward,
        differences ? gradients(given, result.sums()) : List.of(),
        contract,
        !result.sums().isEmpty());
  }

  private static List<GradientError> gradients(OpCase given, List<Tensor> gradients) {
    List<DoubleTensor> references = CentralDifferences.of(given);
    List<GradientError> errors = new ArrayList<>();
    for (int i = 0; i < references.size(); i++) {
      String name = given.inputs().get(given.differentiated().get(i)).name();
      errors.add(GradientError.of(name, references.get(i), gradients.get(i)));
    }
    return errors;
  }

  /// Checks one kernel.
  public Finding check(KernelCase given) {
    Contract contract = new Contract(given.computation());
    List<Tensor> starts = contract.starts();
    Accuracy accuracy =
        given
            .definition()
            .compare(given.computation().inputs(), starts, contract.fromStarts(scalar));
    return finding(
        given.family(),
        given.method(),
        given.shapes(),
        accuracy,
        List.of(),
        contract,
        !starts.isEmpty());
  }

  private Finding finding(
      String subject,
      String name,
      String shapes,
      Accuracy forward,
      List<GradientError> gradients,
      Contract contract,
      boolean hasSums) {
    return new Finding(
        subject,
        name,
        shapes,
        forward,
        gradients,
        contract.sameBits(scalar, vector).or(() -> contract.sameBits(scalarThreads, vectorThreads)),
        contract.sameBits(scalar, scalarThreads).or(() -> contract.sameBits(vector, vectorThreads)),
        onEach(contract::inputsLeftAlone),
        onEach(contract::sumsAreAdded),
        hasSums);
  }

  private Optional<String> onEach(Function<Kernels, Optional<String>> check) {
    return Stream.of(scalar, scalarThreads, vector, vectorThreads)
        .map(check)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /// Ends the threads.
  @Override
  public void close() {
    scalar.close();
    scalarThreads.close();
    vector.close();
    vectorThreads.close();
  }
}

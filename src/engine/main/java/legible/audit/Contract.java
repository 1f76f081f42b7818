package legible.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import legible.kernel.Kernels;
import legible.oracle.DoubleTensor;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// What every computation promises, whatever it computes: the same bits on all kernels, inputs left
/// alone, sums added to and never set. Each check gives what is wrong, or nothing. What kernels gave is
/// remembered, so that each of them computes once for all checks.
public final class Contract {
  /// Sums that start elsewhere are rounded elsewhere: this part of the largest number involved.
  private static final double TOLERANCE = 1e-4;

  /// Larger than any gradient of the cases, so that a sum which is set cannot pass for one that is
  /// added to.
  private static final float LARGEST_START = 8;

  private final Computation computation;
  private final List<Tensor> inputsBefore;
  private final IdentityHashMap<Kernels, Result> fromZero = new IdentityHashMap<>();
  private final IdentityHashMap<Kernels, Result> fromStarts = new IdentityHashMap<>();

  public Contract(Computation computation) {
    this.computation = computation;
    this.inputsBefore = computation.inputs().stream().map(Tensor::copy).toList();
  }

  /// What a run left behind.
  ///
  /// @param outputs what was set
  /// @param sums what was added to
  public record Result(List<Tensor> outputs, List<Tensor> sums) {
    List<Tensor> all() {
      return Stream.concat(outputs.stream(), sums.stream()).toList();
    }
  }

  /// What the computation gives with sums that begin at zero.
  public Result fromZero(Kernels kernels) {
    List<Tensor> zeros = computation.sums().stream().map(Tensor::zeros).toList();
    return fromZero.computeIfAbsent(kernels, k -> run(k, zeros));
  }

  /// What the computation gives with sums that begin at [#starts].
  public Result fromStarts(Kernels kernels) {
    return fromStarts.computeIfAbsent(kernels, k -> run(k, starts()));
  }

  /// Runs the computation with sums that begin at these values, which are not modified.
  public Result run(Kernels kernels, List<Tensor> start) {
    List<Tensor> outputs = computation.outputs().stream().map(Contract::unset).toList();
    List<Tensor> sums = start.stream().map(Tensor::copy).toList();
    computation.job().run(new Workspace(kernels), computation.inputs(), outputs, sums);
    return new Result(outputs, sums);
  }

  /// Where sums begin when it shall matter, the same numbers each time.
  public List<Tensor> starts() {
    List<Tensor> starts = new ArrayList<>();
    for (Shape shape : computation.sums()) {
      Tensor start = Tensor.zeros(shape);
      CounterRandom random = new CounterRandom(starts.size());
      for (int i = 0; i < start.size(); i++) {
        start.data()[i] = random.uniform(i, -LARGEST_START, LARGEST_START);
      }
      starts.add(start);
    }
    return starts;
  }

  private static Tensor unset(Shape shape) {
    Tensor tensor = Tensor.zeros(shape);
    Arrays.fill(tensor.data(), Float.NaN);
    return tensor;
  }

  /// Whether other kernels give the same bits.
  public Optional<String> sameBits(Kernels kernels, Kernels others) {
    return first(fromStarts(kernels).all(), fromStarts(others).all(), "result");
  }

  /// Whether the inputs hold the bits that they held before.
  public Optional<String> inputsLeftAlone(Kernels kernels) {
    fromStarts(kernels);
    return first(inputsBefore, computation.inputs(), "input");
  }

  /// Whether each sum is what it began with and what is added to zero.
  public Optional<String> sumsAreAdded(Kernels kernels) {
    List<Tensor> shares = fromZero(kernels).sums();
    List<Tensor> starts = starts();
    List<Tensor> sums = fromStarts(kernels).sums();
    for (int s = 0; s < sums.size(); s++) {
      double largest = LARGEST_START;
      for (float value : shares.get(s).data()) {
        largest = Math.max(largest, Math.abs(value));
      }
      for (int i = 0; i < sums.get(s).size(); i++) {
        double expected = (double) starts.get(s).data()[i] + shares.get(s).data()[i];
        float actual = sums.get(s).data()[i];
        if (!(Math.abs(actual - expected) <= TOLERANCE * largest)) {
          return Optional.of(
              "sum %d at %s: expected %s, got %s"
                  .formatted(s, DoubleTensor.of(sums.get(s)).position(i), expected, actual));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> first(List<Tensor> expected, List<Tensor> actual, String what) {
    for (int t = 0; t < expected.size(); t++) {
      float[] before = expected.get(t).data();
      float[] after = actual.get(t).data();
      for (int i = 0; i < before.length; i++) {
        if (Float.floatToRawIntBits(before[i]) != Float.floatToRawIntBits(after[i])) {
          return Optional.of(
              "%s %d at %s: expected %s, got %s"
                  .formatted(
                      what,
                      t,
                      DoubleTensor.of(expected.get(t)).position(i),
                      Float.toHexString(before[i]),
                      Float.toHexString(after[i])));
        }
      }
    }
    return Optional.empty();
  }
}

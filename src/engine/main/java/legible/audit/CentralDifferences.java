package legible.audit;

import java.util.List;
import java.util.stream.DoubleStream;
import legible.oracle.Definition;
import legible.oracle.DoubleTensor;
import legible.oracle.Oracle;
import legible.tensor.Tensor;

/// The derivative of an operation from nothing but its double oracle.
///
/// The output is weighted with random numbers r and summed up, `s = Σ r[i]·y[i]`, so that dy = r and
/// every path counts. The difference quotient `(s(x+h) - s(x-h))/2h` is wrong by about
/// h² + 2⁻⁵³/h, 1e-10 for h = 1e-5: five digits better than the engine's own float, which is thus
/// what is measured. Differencing the float engine itself would see two to four digits only.
public final class CentralDifferences {
  private static final double STEP = 1e-5;

  /// What a ReLU's argument has to keep from the kink at 0: ten times what the step moves.
  private static final double KINK_MARGIN = 1e-4;

  private CentralDifferences() {}

  /// The gradients of a case's inputs, in the order of [OpCase#differentiated].
  ///
  /// @throws AssertionError if a ReLU's argument is so near 0 that the quotient means nothing
  public static List<DoubleTensor> of(OpCase given) {
    List<DoubleTensor> in = OpCase.exact(given.tensors());
    given.beforeKink().ifPresent(_ -> requireNoKink(given, in));
    Oracle oracle = given.definition().forward();
    Tensor dy = given.dy();
    return given.differentiated().stream().map(i -> quotients(oracle, in, i, dy)).toList();
  }

  private static void requireNoKink(OpCase given, List<DoubleTensor> in) {
    Oracle linear = Definition.of(given.beforeKink().orElseThrow()).forward();
    DoubleTensor argument = linear.forward(in);
    double nearest = DoubleStream.of(argument.data()).map(Math::abs).min().orElseThrow();
    if (nearest <= KINK_MARGIN) {
      throw new AssertionError(
          "%s: a case without a ReLU argument near 0 expected, got one of %s"
              .formatted(given, nearest));
    }
  }

  private static DoubleTensor quotients(
      Oracle oracle, List<DoubleTensor> in, int input, Tensor dy) {
    double[] x = in.get(input).data();
    DoubleTensor quotients = in.get(input).map(v -> 0);
    for (int i = 0; i < x.length; i++) {
      double before = x[i];
      x[i] = before + STEP;
      double above = weightedSum(oracle, in, dy);
      x[i] = before - STEP;
      double below = weightedSum(oracle, in, dy);
      x[i] = before;
      quotients.data()[i] = (above - below) / (2 * STEP);
    }
    return quotients;
  }

  private static double weightedSum(Oracle oracle, List<DoubleTensor> in, Tensor dy) {
    double[] y = oracle.forward(in).data();
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += dy.data()[i] * y[i];
    }
    return sum;
  }
}

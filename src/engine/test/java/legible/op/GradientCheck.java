package legible.op;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import legible.KernelVariant;
import legible.oracle.DoubleTensor;
import legible.oracle.Oracle;
import legible.random.CounterRandom;
import legible.tensor.Tensor;

/// Compares an operation's float gradients with central differences of its double oracle.
///
/// The output is weighted with random numbers r and summed up, `s = Σ r[i]·y[i]`, so that dy = r and
/// every path counts. The difference quotient `(s(x+h) - s(x-h))/2h` of the oracle is wrong by about
/// h² + 2⁻⁵³/h, 1e-10 for h = 1e-5: five digits better than the engine's own float, which is thus
/// what the test sees. Differencing the float engine itself would see two to four digits only.
final class GradientCheck {
  private static final double STEP = 1e-5;

  /// What a ReLU's argument has to keep from the kink at 0: ten times what the step moves.
  private static final double KINK_MARGIN = 1e-4;

  private final Op<?> op;
  private final Oracle oracle;
  private final List<Input> inputs = new ArrayList<>();
  private Oracle beforeKink;
  private long seed;

  private record Input(String name, Draw draw, boolean differentiated, int... dimensions) {}

  private GradientCheck(Op<?> op, Oracle oracle) {
    this.op = op;
    this.oracle = oracle;
  }

  static GradientCheck gradCheck(Op<?> op, Oracle oracle) {
    return new GradientCheck(op, oracle);
  }

  /// An input whose gradient is checked.
  GradientCheck input(String name, int... dimensions) {
    return input(name, Draw.UNIFORM, dimensions);
  }

  GradientCheck input(String name, Draw draw, int... dimensions) {
    inputs.add(new Input(name, draw, true, dimensions));
    return this;
  }

  /// An input that receives no gradient.
  GradientCheck constant(String name, Draw draw, int... dimensions) {
    inputs.add(new Input(name, draw, false, dimensions));
    return this;
  }

  /// The argument of the final ReLU: the check makes sure that none is near the kink.
  GradientCheck kinkOf(Oracle argument) {
    beforeKink = argument;
    return this;
  }

  GradientCheck seed(long number) {
    seed = number;
    return this;
  }

  /// Checks `max|d - dReference| <= tolerance·max|dReference|` for each input on all kernels.
  void within(double tolerance) {
    CounterRandom random = new CounterRandom(seed);
    List<Tensor> in =
        inputs.stream().map(i -> i.draw().tensor(random.split(i.name()), i.dimensions())).toList();
    List<DoubleTensor> exact = in.stream().map(DoubleTensor::of).toList();
    if (beforeKink != null) {
      double nearest =
          DoubleStream.of(beforeKink.forward(exact).data()).map(Math::abs).min().orElseThrow();
      assertTrue(nearest > KINK_MARGIN, op + ": choose another seed, an argument is " + nearest);
    }
    Tensor dy = Draw.UNIFORM.tensor(random.split("dy"), oracle.forward(exact).shape().toArray());
    List<DoubleTensor> references = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      references.add(inputs.get(i).differentiated() ? differences(exact, i, dy) : null);
    }
    for (KernelVariant variant : KernelVariant.values()) {
      List<Tensor> gradients = OneOp.gradients(variant, op, dy, in.toArray(Tensor[]::new));
      for (int i = 0; i < inputs.size(); i++) {
        if (inputs.get(i).differentiated()) {
          String name = "d" + inputs.get(i).name();
          compare(variant + " " + op, name, references.get(i), gradients.get(i), tolerance);
        }
      }
    }
  }

  private DoubleTensor differences(List<DoubleTensor> in, int input, Tensor dy) {
    double[] x = in.get(input).data();
    DoubleTensor quotients = in.get(input).map(v -> 0);
    for (int i = 0; i < x.length; i++) {
      double before = x[i];
      x[i] = before + STEP;
      double above = weightedSum(in, dy);
      x[i] = before - STEP;
      double below = weightedSum(in, dy);
      x[i] = before;
      quotients.data()[i] = (above - below) / (2 * STEP);
    }
    return quotients;
  }

  private double weightedSum(List<DoubleTensor> in, Tensor dy) {
    double[] y = oracle.forward(in).data();
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += dy.data()[i] * y[i];
    }
    return sum;
  }

  private static void compare(
      String where, String name, DoubleTensor reference, Tensor gradient, double tolerance) {
    double largest = 0;
    int worst = 0;
    double worstDifference = -1;
    for (int i = 0; i < reference.size(); i++) {
      largest = Math.max(largest, Math.abs(reference.data()[i]));
      double difference = Math.abs(gradient.data()[i] - reference.data()[i]);
      if (!(difference <= worstDifference)) { // NaN is the worst of all
        worst = i;
        worstDifference = difference;
      }
    }
    assertTrue(largest > 0, where + ": " + name + " is zero everywhere, so the test says nothing");
    double relative = worstDifference / largest;
    assertTrue(
        relative <= tolerance,
        "%s: %s differs by %.2g of max|%s| at %s: expected %s, got %s"
            .formatted(
                where,
                name,
                relative,
                name,
                reference.position(worst),
                reference.data()[worst],
                gradient.data()[worst]));
  }
}

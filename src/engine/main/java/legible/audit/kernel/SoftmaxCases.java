package legible.audit.kernel;

import static legible.audit.kernel.GemmCases.data;

import java.util.List;
import legible.audit.Accuracy;
import legible.audit.Draw;
import legible.audit.KernelCase;
import legible.oracle.DoubleTensor;
import legible.oracle.Roundoff;
import legible.oracle.SoftmaxCrossEntropyOracle;
import legible.random.CounterRandom;
import legible.tensor.Tensor;

/// Softmax and cross-entropy of K classes, with logits in [-5, 5). Roundings of a probability: the
/// difference from the maximum (relative to it, the exponent's error is that of the result), exp
/// (1.02 ULP), K of the sum, the division: `(2·(max - z) + K + 12)·2⁻²⁴·p`.
public final class SoftmaxCases {
  private static final int ROWS = 1_001;
  private static final int CLASSES = 11;
  private static final float FACTOR = 0.3f;
  private static final double UNIT = Roundoff.UNIT;

  private SoftmaxCases() {}

  /// All cases.
  public static List<KernelCase> all() {
    return List.of(softmax(), crossEntropy(), crossEntropyGradient());
  }

  private static Tensor logits() {
    Tensor z = Draw.UNIFORM.tensor(new CounterRandom(1), ROWS, CLASSES);
    for (int i = 0; i < z.size(); i++) {
      z.data()[i] *= 5;
    }
    return z;
  }

  private static KernelCase softmax() {
    return KernelCase.of("Softmax", "softmax")
        .input("z", logits())
        .output(ROWS, CLASSES)
        .runs(
            (w, in, out, sums) ->
                w.kernels().softmax().softmax(ROWS, CLASSES, data(in, 0), data(out, 0)),
            (in, starts, y) -> probabilities(in.getFirst(), y.outputs().getFirst()));
  }

  private static Accuracy probabilities(Tensor z, Tensor actual) {
    double[] p = SoftmaxCrossEntropyOracle.probabilities(DoubleTensor.of(z)).data();
    return Accuracy.of(
        i -> p[i],
        i -> (2 * (maximum(z, i / CLASSES) - z.data()[i]) + CLASSES + 12) * UNIT * p[i],
        actual);
  }

  private static double maximum(Tensor z, int row) {
    double maximum = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < CLASSES; k++) {
      maximum = Math.max(maximum, z.data()[row * CLASSES + k]);
    }
    return maximum;
  }

  /// The loss has the bound `(2K + 16)·2⁻²⁴·Σₖ t[k]·(1 - log p[k])`.
  private static KernelCase crossEntropy() {
    return KernelCase.of("Softmax", "crossEntropy")
        .input("z", logits())
        .input("t", Draw.DISTRIBUTION, ROWS, CLASSES)
        .output(ROWS, CLASSES)
        .output(ROWS)
        .runs(
            (w, in, out, sums) ->
                w.kernels()
                    .softmax()
                    .crossEntropy(
                        ROWS, CLASSES, data(in, 0), data(in, 1), data(out, 0), data(out, 1)),
            (in, starts, y) ->
                probabilities(in.getFirst(), y.outputs().get(0))
                    .or(
                        Accuracy.of(
                            row -> loss(in, row, 0),
                            row -> (2 * CLASSES + 16) * UNIT * loss(in, row, 1),
                            y.outputs().get(1))));
  }

  private static double loss(List<Tensor> in, int row, double more) {
    double maximum = maximum(in.getFirst(), row);
    double sum = 0;
    for (int k = row * CLASSES; k < (row + 1) * CLASSES; k++) {
      sum += StrictMath.exp(data(in, 0)[k] - maximum);
    }
    double loss = 0;
    for (int k = row * CLASSES; k < (row + 1) * CLASSES; k++) {
      loss += data(in, 1)[k] * (maximum - data(in, 0)[k] + StrictMath.log(sum) + more);
    }
    return loss;
  }

  /// `2⁻²⁴·(|dz| + factor·((K + 2)·p·Σt + 2·t))`, from the sum of the targets and both fma.
  private static KernelCase crossEntropyGradient() {
    return KernelCase.of("Softmax", "crossEntropyGradient")
        .input("p", Draw.DISTRIBUTION, ROWS, CLASSES)
        .input("t", Draw.DISTRIBUTION, ROWS, CLASSES)
        .sum(ROWS, CLASSES)
        .runs(
            (w, in, out, sums) ->
                w.kernels()
                    .softmax()
                    .crossEntropyGradient(
                        ROWS, CLASSES, FACTOR, data(in, 0), data(in, 1), data(sums, 0)),
            (in, starts, y) ->
                Accuracy.of(
                    i -> data(starts, 0)[i] + FACTOR * (product(in, i) - data(in, 1)[i]),
                    i ->
                        UNIT
                            * (Math.abs(data(starts, 0)[i])
                                + FACTOR * ((CLASSES + 2) * product(in, i) + 2 * data(in, 1)[i])),
                    y.sums().getFirst()));
  }

  /// `p[i]·Σₖ t[k]`
  private static double product(List<Tensor> in, int i) {
    double sum = 0;
    for (int k = i / CLASSES * CLASSES; k < (i / CLASSES + 1) * CLASSES; k++) {
      sum += data(in, 1)[k];
    }
    return data(in, 0)[i] * sum;
  }
}

package legible.audit.kernel;

import static legible.audit.kernel.GemmCases.data;

import java.util.List;
import legible.audit.Accuracy;
import legible.audit.Draw;
import legible.audit.KernelCase;
import legible.kernel.Activation;
import legible.oracle.BatchNormOracle;
import legible.oracle.DoubleTensor;
import legible.oracle.ProductSums;
import legible.oracle.Roundoff;
import legible.tensor.Tensor;

/// The loops of batch normalisation over R rows in several chunks. With u = 2⁻²⁴: sums of R terms have
/// the bound `R·u·Σ|terms|`; what is computed element by element has one rounding for each step.
public final class NormalizationCases {
  private static final int ROWS = 1_201;
  private static final int CHANNELS = 33;
  private static final double UNIT = Roundoff.UNIT;

  private NormalizationCases() {}

  /// All cases.
  public static List<KernelCase> all() {
    return List.of(statistics(), normalize(), gradientSums(), inputGradient());
  }

  private static KernelCase statistics() {
    return KernelCase.of("Normalization", "statistics")
        .input("x", ROWS, CHANNELS)
        .output(CHANNELS)
        .output(CHANNELS)
        .runs(
            (w, in, out, sums) ->
                w.kernels()
                    .normalization()
                    .statistics(ROWS, CHANNELS, data(in, 0), data(out, 0), data(out, 1)),
            (in, starts, y) -> {
              DoubleTensor x = DoubleTensor.of(in.getFirst());
              double[] mean = BatchNormOracle.mean(x);
              double[] absolute = BatchNormOracle.mean(x.absolute());
              double[] variance = BatchNormOracle.variance(x);
              return Accuracy.of(
                      c -> mean[c], c -> (ROWS + 1) * UNIT * absolute[c], y.outputs().get(0))
                  .or(Accuracy.rounded(ROWS + 4, c -> variance[c], y.outputs().get(1)));
            });
  }

  /// `2·u·|(x - mean)·scale| + u·|shift|`
  private static KernelCase normalize() {
    return KernelCase.of("Normalization", "normalize")
        .input("x", ROWS, CHANNELS)
        .input("mean", CHANNELS)
        .input("scale", CHANNELS)
        .input("shift", CHANNELS)
        .output(ROWS, CHANNELS)
        .runs(
            (w, in, out, sums) ->
                w.kernels()
                    .normalization()
                    .normalize(
                        ROWS,
                        CHANNELS,
                        data(in, 0),
                        data(in, 1),
                        data(in, 2),
                        data(in, 3),
                        Activation.NONE,
                        data(out, 0)),
            (in, starts, y) ->
                Accuracy.of(
                    i -> scaled(in, i) + data(in, 3)[i % CHANNELS],
                    i -> UNIT * (2 * Math.abs(scaled(in, i)) + Math.abs(data(in, 3)[i % CHANNELS])),
                    y.outputs().getFirst()));
  }

  /// `(x - mean)·scale` of inputs 0 to 2.
  private static double scaled(List<Tensor> in, int i) {
    int c = i % CHANNELS;
    return ((double) data(in, 0)[i] - data(in, 1)[c]) * data(in, 2)[c];
  }

  /// x̂ has two roundings more than dy, and the last one is the double sum's.
  private static KernelCase gradientSums() {
    return KernelCase.of("Normalization", "gradientSums")
        .input("x", ROWS, CHANNELS)
        .input("mean", CHANNELS)
        .input("invStd", Draw.POSITIVE, CHANNELS)
        .input("dy", ROWS, CHANNELS)
        .output(CHANNELS)
        .output(CHANNELS)
        .runs(
            (w, in, out, sums) ->
                w.kernels()
                    .normalization()
                    .gradientSums(
                        ROWS,
                        CHANNELS,
                        data(in, 0),
                        data(in, 1),
                        data(in, 2),
                        data(in, 3),
                        data(out, 0),
                        data(out, 1)),
            (in, starts, y) -> {
              ProductSums sumDy = new ProductSums(CHANNELS);
              ProductSums sumDyXhat = new ProductSums(CHANNELS);
              for (int i = 0; i < ROWS * CHANNELS; i++) {
                sumDy.add(i % CHANNELS, data(in, 3)[i], 1);
                sumDyXhat.add(i % CHANNELS, data(in, 3)[i], scaled(in, i));
              }
              return Accuracy.of(sumDy, 1, y.outputs().get(0))
                  .or(Accuracy.of(sumDyXhat, 3, y.outputs().get(1)));
            });
  }

  /// With `A = x̂·invStd·sumDyXhat/R`, `B = |dy| + |sumDy|/R` and `s = gamma·invStd`:
  /// `u·(|dx| + |s|·(6·|A| + 5·B))`, from the roundings of slope (2), mean - x, the means, both
  /// differences, s and both fma.
  private static KernelCase inputGradient() {
    return KernelCase.of("Normalization", "inputGradient")
        .input("x", ROWS, CHANNELS)
        .input("mean", CHANNELS)
        .input("invStd", Draw.POSITIVE, CHANNELS)
        .input("gamma", CHANNELS)
        .input("dy", ROWS, CHANNELS)
        .input("sumDy", CHANNELS)
        .input("sumDyXhat", CHANNELS)
        .sum(ROWS, CHANNELS)
        .runs(
            (w, in, out, sums) ->
                w.kernels()
                    .normalization()
                    .inputGradient(
                        ROWS,
                        CHANNELS,
                        data(in, 0),
                        data(in, 1),
                        data(in, 2),
                        data(in, 3),
                        data(in, 4),
                        data(in, 5),
                        data(in, 6),
                        data(sums, 0)),
            (in, starts, y) ->
                Accuracy.of(
                    i -> data(starts, 0)[i] + scale(in, i) * (rest(in, i, false) - slope(in, i)),
                    i ->
                        UNIT
                            * (Math.abs(data(starts, 0)[i])
                                + Math.abs(scale(in, i))
                                    * (6 * Math.abs(slope(in, i)) + 5 * rest(in, i, true))),
                    y.sums().getFirst()));
  }

  private static double scale(List<Tensor> in, int i) {
    return (double) data(in, 3)[i % CHANNELS] * data(in, 2)[i % CHANNELS];
  }

  private static double slope(List<Tensor> in, int i) {
    return scaled(in, i) * data(in, 6)[i % CHANNELS] / ROWS;
  }

  /// `dy - sumDy/R`, or the absolute values added.
  private static double rest(List<Tensor> in, int i, boolean absolute) {
    double dy = data(in, 4)[i];
    double mean = data(in, 5)[i % CHANNELS] / (double) ROWS;
    return absolute ? Math.abs(dy) + Math.abs(mean) : dy - mean;
  }
}

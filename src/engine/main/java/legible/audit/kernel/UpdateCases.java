package legible.audit.kernel;

import static legible.audit.kernel.GemmCases.data;

import java.util.List;
import legible.audit.Accuracy;
import legible.audit.Computation;
import legible.audit.Draw;
import legible.audit.KernelCase;
import legible.kernel.Updates;
import legible.oracle.Roundoff;
import legible.tensor.Tensor;

/// The steps of the optimisers. What they modify is handed to them as a copy, so that all inputs stay
/// as they are. The bounds count the roundings that each term passes through.
public final class UpdateCases {
  private static final int N = 20_011;
  private static final float SCALE = 0.7f;
  private static final float RATE = 0.1f;
  private static final float MOMENTUM = 0.9f;
  private static final float L2 = 1e-2f;
  private static final float KEEP = 0.99f;
  private static final float BETA_1 = 0.9f;
  private static final float BETA_2 = 0.999f;
  private static final float CORRECTION = 1.5f;
  private static final float EPSILON = 1e-8f;
  private static final float DECAY = 0.75f;
  private static final double UNIT = Roundoff.UNIT;

  private UpdateCases() {}

  /// All cases.
  public static List<KernelCase> all() {
    return List.of(sgd("sgd", false), sgd("sgd, Nesterov", true), adam(), movingAverage());
  }

  /// Copies the inputs from `first` on into the outputs, where they are modified.
  private static Computation.Job modified(int first, Step step) {
    return (w, in, out, sums) -> {
      for (int i = 0; i < out.size(); i++) {
        System.arraycopy(data(in, first + i), 0, data(out, i), 0, N);
      }
      step.run(w.kernels().updates(), in, out);
    };
  }

  private interface Step {
    void run(Updates updates, List<Tensor> in, List<Tensor> out);
  }

  /// `g' = scale·g + l2·w`
  private static double gradient(double g, double w) {
    return SCALE * g + L2 * w;
  }

  /// The same of absolute values.
  private static double absolute(double g, double w) {
    return gradient(Math.abs(g), Math.abs(w));
  }

  /// v passes through three roundings, w through five.
  private static KernelCase sgd(String name, boolean nesterov) {
    return KernelCase.of("Updates", name)
        .input("g", N)
        .input("w", N)
        .input("v", N)
        .output(N)
        .output(N)
        .runs(
            modified(
                1,
                (updates, in, out) ->
                    updates.sgd(
                        N,
                        data(out, 0),
                        data(in, 0),
                        data(out, 1),
                        SCALE,
                        RATE,
                        MOMENTUM,
                        nesterov,
                        L2)),
            (in, starts, y) -> sgd(in, nesterov, y.outputs()));
  }

  private static Accuracy sgd(List<Tensor> in, boolean nesterov, List<Tensor> actual) {
    double[] v = new double[N];
    double[] w = new double[N];
    double[] vSize = new double[N];
    double[] wSize = new double[N];
    for (int i = 0; i < N; i++) {
      double before = data(in, 1)[i];
      double g = gradient(data(in, 0)[i], before);
      double gSize = absolute(data(in, 0)[i], before);
      v[i] = MOMENTUM * (double) data(in, 2)[i] + g;
      vSize[i] = MOMENTUM * Math.abs(data(in, 2)[i]) + gSize;
      w[i] = before - RATE * (nesterov ? g + MOMENTUM * v[i] : v[i]);
      wSize[i] = Math.abs(before) + RATE * (nesterov ? gSize + MOMENTUM * vSize[i] : vSize[i]);
    }
    return Accuracy.of(i -> w[i], i -> 5 * UNIT * wSize[i], actual.get(0))
        .or(Accuracy.of(i -> v[i], i -> 3 * UNIT * vSize[i], actual.get(1)));
  }

  private static KernelCase adam() {
    return KernelCase.of("Updates", "adam")
        .input("g", N)
        .input("w", N)
        .input("m", N)
        .input("v", Draw.POSITIVE, N)
        .output(N)
        .output(N)
        .output(N)
        .runs(
            modified(
                1,
                (updates, in, out) ->
                    updates.adam(
                        N,
                        data(out, 0),
                        data(in, 0),
                        data(out, 1),
                        data(out, 2),
                        SCALE,
                        L2,
                        KEEP,
                        RATE,
                        BETA_1,
                        BETA_2,
                        CORRECTION,
                        EPSILON)),
            (in, starts, y) -> adam(in, y.outputs()));
  }

  /// m passes through four roundings; v through seven, of which the square counts twice. In w the
  /// error of m is divided by the root, and the root's relative error is half of v's and two more.
  private static Accuracy adam(List<Tensor> in, List<Tensor> actual) {
    double[][] exact = new double[3][N];
    double[][] bound = new double[3][N];
    for (int i = 0; i < N; i++) {
      double w = data(in, 1)[i];
      double g = gradient(data(in, 0)[i], w);
      double size = absolute(data(in, 0)[i], w);
      double m = BETA_1 * (double) data(in, 2)[i] + (1 - (double) BETA_1) * g;
      double mBound = 4 * UNIT * (Math.abs(data(in, 2)[i]) + size);
      double v = BETA_2 * (double) data(in, 3)[i] + (1 - (double) BETA_2) * g * g;
      double vBound = 7 * UNIT * (data(in, 3)[i] + size * size);
      double root = Math.sqrt(v) * CORRECTION + EPSILON;
      double step = RATE * m / root;
      double relative = vBound / v / 2 + 5 * UNIT;
      exact[0][i] = w * KEEP - step;
      bound[0][i] =
          2 * UNIT * Math.abs(w * KEEP) + RATE * mBound / root + Math.abs(step) * relative;
      exact[1][i] = m;
      bound[1][i] = mBound;
      exact[2][i] = v;
      bound[2][i] = vBound;
    }
    Accuracy worst = Accuracy.EXACT;
    for (int k = 0; k < 3; k++) {
      double[] values = exact[k];
      double[] bounds = bound[k];
      worst = worst.or(Accuracy.of(i -> values[i], i -> bounds[i], actual.get(k)));
    }
    return worst;
  }

  /// `¼·(w - average) + average`, two roundings.
  private static KernelCase movingAverage() {
    return KernelCase.of("Updates", "movingAverage")
        .input("w", N)
        .input("average", N)
        .output(N)
        .runs(
            modified(
                1,
                (updates, in, out) -> updates.movingAverage(N, data(in, 0), data(out, 0), DECAY)),
            (in, starts, y) ->
                Accuracy.of(
                    i -> DECAY * (double) data(in, 1)[i] + (1 - DECAY) * (double) data(in, 0)[i],
                    i -> 2 * UNIT * (Math.abs(data(in, 1)[i]) + Math.abs(data(in, 0)[i])),
                    y.outputs().getFirst()));
  }
}

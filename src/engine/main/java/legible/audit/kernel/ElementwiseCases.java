package legible.audit.kernel;

import static legible.audit.kernel.GemmCases.data;

import java.util.List;
import legible.audit.Accuracy;
import legible.audit.KernelCase;
import legible.kernel.Activation;
import legible.kernel.Elementwise;
import legible.kernel.RandomBits;
import legible.oracle.ProductSums;
import legible.tensor.Tensor;

/// Loops over elements, more than one chunk of them: each result is rounded once or twice. Sums of n
/// rows have the bound `(n + 1)·2⁻²⁴·(|start| + Σ|x|)`.
public final class ElementwiseCases {
  private static final int N = 20_011;
  private static final int ROWS = 1_201;
  private static final int COLUMNS = 33;
  private static final float FACTOR = 0.3f;
  private static final long KEY = 0x0123456789abcdefL;

  private ElementwiseCases() {}

  /// All cases.
  public static List<KernelCase> all() {
    return List.of(
        set("add", 1, (e, a, b, y) -> e.add(N, a, b, Activation.NONE, y), (a, b) -> a + b),
        set(
            "add, ReLU",
            1,
            (e, a, b, y) -> e.add(N, a, b, Activation.RELU, y),
            (a, b) -> relu(a + b)),
        set("zero", 0, (e, a, b, y) -> e.zero(N, y), (a, b) -> 0),
        added("accumulate", (e, a, b, y) -> e.accumulate(N, a, y), (a, b) -> a),
        set("multiply", 1, (e, a, b, y) -> e.multiply(N, a, b, y), (a, b) -> a * b),
        added(
            "accumulateProduct", (e, a, b, y) -> e.accumulateProduct(N, a, b, y), (a, b) -> a * b),
        added(
            "accumulateScaled",
            (e, a, b, y) -> e.accumulateScaled(N, FACTOR, a, y),
            (a, b) -> FACTOR * a),
        set(
            "scaledDifference",
            2,
            (e, a, b, y) -> e.scaledDifference(N, FACTOR, a, b, y),
            (a, b) -> FACTOR * (a - b)),
        set("relu", 0, (e, a, b, y) -> e.relu(N, a, y), (a, b) -> relu(a)),
        set("reluGradient", 0, (e, a, b, y) -> e.reluGradient(N, a, b, y), (a, b) -> a > 0 ? b : 0),
        sumRows(),
        reluGradientAndSums(),
        sumOfSquares(),
        dropoutMask());
  }

  private interface Loop {
    void run(Elementwise elementwise, float[] a, float[] b, float[] y);
  }

  private interface Exact {
    double of(double a, double b);
  }

  private static double relu(double x) {
    return Math.max(x, 0);
  }

  private static KernelCase set(String name, int roundings, Loop loop, Exact exact) {
    return KernelCase.of("Elementwise", name)
        .input("a", N)
        .input("b", N)
        .output(N)
        .runs(
            (w, in, out, sums) ->
                loop.run(w.kernels().elementwise(), data(in, 0), data(in, 1), data(out, 0)),
            (in, starts, y) ->
                Accuracy.rounded(
                    roundings,
                    i -> exact.of(data(in, 0)[i], data(in, 1)[i]),
                    y.outputs().getFirst()));
  }

  /// What is added to y is not rounded before.
  private static KernelCase added(String name, Loop loop, Exact exact) {
    return KernelCase.of("Elementwise", name)
        .input("a", N)
        .input("b", N)
        .sum(N)
        .runs(
            (w, in, out, sums) ->
                loop.run(w.kernels().elementwise(), data(in, 0), data(in, 1), data(sums, 0)),
            (in, starts, y) ->
                Accuracy.rounded(
                    1,
                    i -> data(starts, 0)[i] + exact.of(data(in, 0)[i], data(in, 1)[i]),
                    y.sums().getFirst()));
  }

  private static KernelCase sumRows() {
    return KernelCase.of("Elementwise", "sumRows")
        .input("x", ROWS, COLUMNS)
        .sum(COLUMNS)
        .runs(
            (w, in, out, sums) ->
                w.kernels().elementwise().sumRows(ROWS, COLUMNS, data(in, 0), data(sums, 0)),
            (in, starts, y) -> {
              ProductSums exact = ProductSums.from(data(starts, 0));
              for (int i = 0; i < ROWS * COLUMNS; i++) {
                exact.add(i % COLUMNS, data(in, 0)[i], 1);
              }
              return Accuracy.of(exact, 0, y.sums().getFirst());
            });
  }

  /// dz, exact, and its sums.
  private static KernelCase reluGradientAndSums() {
    return KernelCase.of("Elementwise", "reluGradientAndSums")
        .input("y", ROWS, COLUMNS)
        .input("dy", ROWS, COLUMNS)
        .output(ROWS * COLUMNS)
        .sum(COLUMNS)
        .runs(
            (w, in, out, sums) -> {
              float[] dz = data(out, 0);
              System.arraycopy(data(in, 1), 0, dz, 0, dz.length);
              w.kernels()
                  .elementwise()
                  .reluGradientAndSums(ROWS, COLUMNS, data(in, 0), dz, data(sums, 0));
            },
            (in, starts, y) -> {
              double[] dz = new double[ROWS * COLUMNS];
              ProductSums exact = ProductSums.from(data(starts, 0));
              for (int i = 0; i < dz.length; i++) {
                dz[i] = data(in, 0)[i] > 0 ? data(in, 1)[i] : 0;
                exact.add(i % COLUMNS, (float) dz[i], 1);
              }
              return Accuracy.rounded(0, i -> dz[i], y.outputs().getFirst())
                  .or(Accuracy.of(exact, 0, y.sums().getFirst()));
            });
  }

  /// The double result as two floats, the second being what the first lacks: their bits tell 48 of its
  /// 53. Both are rounded once; the double sum itself is off by less than either can show.
  private static KernelCase sumOfSquares() {
    return KernelCase.of("Elementwise", "sumOfSquares")
        .input("x", N)
        .output(2)
        .runs(
            (w, in, out, sums) -> {
              double sum = w.kernels().elementwise().sumOfSquares(N, data(in, 0));
              data(out, 0)[0] = (float) sum;
              data(out, 0)[1] = (float) (sum - (float) sum);
            },
            (in, starts, y) -> {
              double sum = 0;
              for (float x : data(in, 0)) {
                sum += (double) x * x;
              }
              Tensor actual = y.outputs().getFirst();
              double both = (double) actual.data()[0] + actual.data()[1];
              double bound = N * 0x1p-53 * sum + 0x1p-48 * sum;
              double ulps = Math.abs(actual.data()[0] - sum) / Math.ulp((float) sum);
              return new Accuracy(ulps, ulps, Math.abs(both - sum) / bound);
            });
  }

  /// 1 - rate and its inverse are rounded; which elements are dropped is the definition of
  /// [RandomBits].
  private static KernelCase dropoutMask() {
    return KernelCase.of("Elementwise", "dropoutMask")
        .output(N)
        .runs(
            (w, in, out, sums) ->
                w.kernels().elementwise().dropoutMask(N, FACTOR, KEY, data(out, 0)),
            (in, starts, y) ->
                Accuracy.rounded(
                    2,
                    i ->
                        (RandomBits.of(KEY, i) + 0x1.0p31) / 0x1.0p32 < FACTOR
                            ? 0
                            : 1 / (1 - (double) FACTOR),
                    y.outputs().getFirst()));
  }
}

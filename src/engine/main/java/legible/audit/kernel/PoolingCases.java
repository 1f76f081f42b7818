package legible.audit.kernel;

import static legible.audit.kernel.GemmCases.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import legible.audit.Accuracy;
import legible.audit.Draw;
import legible.audit.KernelCase;
import legible.kernel.Window;
import legible.oracle.ProductSums;
import legible.oracle.WindowTaps;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// Poolings whose windows overlap and hang over the edge, and the usual 2x2 ones. A maximum is chosen,
/// not rounded; an average of n pixels has the bound `(n + 2)·2⁻²⁴·(1/n) Σ|x|`.
public final class PoolingCases {
  private static final Window OVERLAPPING = new Window(5, 30, 17, 7, 3, 3, 2, 1, 1, 15, 9);
  private static final Window PLAIN = new Window(9, 28, 28, 16, 2, 2, 2, 0, 0, 14, 14);

  private PoolingCases() {}

  /// All cases.
  public static List<KernelCase> all() {
    return Stream.of(OVERLAPPING, PLAIN).flatMap(PoolingCases::cases).toList();
  }

  private static Stream<KernelCase> cases(Window window) {
    int[] images = {window.batch(), window.height(), window.width(), window.channels()};
    int[] pooled = {window.batch(), window.outHeight(), window.outWidth(), window.channels()};
    Tensor x = Draw.UNIFORM.tensor(new CounterRandom(1), images);
    return Stream.of(
        KernelCase.of("Pooling", "maxForward")
            .input("x", x)
            .output(pooled)
            .output(pooled)
            .runs(
                (w, in, out, sums) ->
                    w.kernels()
                        .pooling()
                        .maxForward(window, data(in, 0), data(out, 0), data(out, 1)),
                (in, starts, y) -> maxima(window, in.getFirst(), y.outputs())),
        KernelCase.of("Pooling", "maxForward, values only")
            .input("x", x)
            .output(pooled)
            .runs(
                (w, in, out, sums) ->
                    w.kernels().pooling().maxForward(window, data(in, 0), data(out, 0)),
                (in, starts, y) -> maxima(window, in.getFirst(), y.outputs())),
        KernelCase.of("Pooling", "maxBackward")
            .input("dy", pooled)
            .input("index", Tensor.of(Shape.of(pooled), winners(window, x)))
            .sum(images)
            .runs(
                (w, in, out, sums) ->
                    w.kernels()
                        .pooling()
                        .maxBackward(window, data(in, 0), data(in, 1), data(sums, 0)),
                (in, starts, y) ->
                    Accuracy.of(scattered(window, in, starts.getFirst()), 0, y.sums().getFirst())),
        KernelCase.of("Pooling", "averageForward")
            .input("x", x)
            .output(pooled)
            .runs(
                (w, in, out, sums) ->
                    w.kernels().pooling().averageForward(window, data(in, 0), data(out, 0)),
                (in, starts, y) ->
                    Accuracy.of(averages(window, in.getFirst()), 2, y.outputs().getFirst())),
        KernelCase.of("Pooling", "averageBackward")
            .input("dy", pooled)
            .sum(images)
            .runs(
                (w, in, out, sums) ->
                    w.kernels().pooling().averageBackward(window, data(in, 0), data(sums, 0)),
                (in, starts, y) ->
                    Accuracy.of(
                        spread(window, in.getFirst(), starts.getFirst()), 1, y.sums().getFirst())));
  }

  /// One element under one position of a window.
  private interface Element {
    void at(int in, int tap, int out);
  }

  private static void visit(Window window, Element element) {
    int channels = window.channels();
    WindowTaps.visit(
        window,
        (in, tap, out) -> {
          for (int c = 0; c < channels; c++) {
            element.at(in * channels + c, tap, out * channels + c);
          }
        });
  }

  private static int outputs(Window window) {
    return window.outPixels() * window.channels();
  }

  private static float[] winners(Window window, Tensor x) {
    float[] winners = new float[outputs(window)];
    float[] largest = new float[outputs(window)];
    Arrays.fill(largest, Float.NEGATIVE_INFINITY);
    visit(
        window,
        (in, tap, out) -> {
          if (x.data()[in] > largest[out]) {
            largest[out] = x.data()[in];
            winners[out] = tap;
          }
        });
    return winners;
  }

  private static Accuracy maxima(Window window, Tensor x, List<Tensor> actual) {
    float[] winners = winners(window, x);
    double[] largest = new double[outputs(window)];
    visit(
        window, (in, tap, out) -> largest[out] = winners[out] == tap ? x.data()[in] : largest[out]);
    Accuracy accuracy = Accuracy.rounded(0, i -> largest[i], actual.getFirst());
    return actual.size() < 2
        ? accuracy
        : accuracy.or(Accuracy.rounded(0, i -> winners[i], actual.get(1)));
  }

  private static ProductSums scattered(Window window, List<Tensor> in, Tensor start) {
    ProductSums sums = ProductSums.from(start.data());
    visit(
        window,
        (ix, tap, out) -> {
          if (data(in, 1)[out] == tap) {
            sums.add(ix, data(in, 0)[out], 1);
          }
        });
    return sums;
  }

  private static int[] counts(Window window) {
    int[] counts = new int[outputs(window)];
    visit(window, (in, tap, out) -> counts[out]++);
    return counts;
  }

  private static ProductSums averages(Window window, Tensor x) {
    int[] counts = counts(window);
    ProductSums sums = new ProductSums(counts.length);
    visit(window, (in, tap, out) -> sums.add(out, x.data()[in], 1.0 / counts[out]));
    return sums;
  }

  private static ProductSums spread(Window window, Tensor dy, Tensor start) {
    int[] counts = counts(window);
    ProductSums sums = ProductSums.from(start.data());
    visit(window, (in, tap, out) -> sums.add(in, dy.data()[out], 1.0 / counts[out]));
    return sums;
  }
}

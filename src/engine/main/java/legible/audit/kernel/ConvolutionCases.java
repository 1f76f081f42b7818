package legible.audit.kernel;

import static legible.audit.kernel.GemmCases.data;

import java.util.List;
import java.util.stream.Stream;
import legible.audit.Accuracy;
import legible.audit.KernelCase;
import legible.kernel.Activation;
import legible.kernel.Convolution;
import legible.kernel.PackedFilters;
import legible.kernel.Window;
import legible.oracle.ConvolutionSums;

/// Convolutions with stride 1 and 2, narrow and wide. The bound of a chain of n products is `n·2⁻²⁴·Σ|a·b|`; the chunks
/// of the weight gradient add at most 17 roundings.
public final class ConvolutionCases {
  private static final int CHUNK_ROUNDINGS = 17;

  /// Images 11x9 with 7 channels under windows 3x3, padding 1.
  private static final Window DENSE = new Window(5, 11, 9, 7, 3, 3, 1, 1, 1, 11, 9);

  /// Images 12x12 with 16 channels under windows 5x3, stride 2.
  private static final Window STRIDED = new Window(17, 12, 12, 16, 5, 3, 2, 2, 0, 6, 5);

  /// Images 6x5 with 80 channels under windows 3x3, padding 1: wide tiles, by kernel rows.
  private static final Window WIDE = new Window(2, 6, 5, 80, 3, 3, 1, 1, 1, 6, 5);

  /// Images 5x4 with 300 channels, pixel by pixel: chains in two segments.
  private static final Window POINTS = new Window(3, 5, 4, 300, 1, 1, 1, 0, 0, 5, 4);

  private ConvolutionCases() {}

  /// All cases.
  public static List<KernelCase> all() {
    return Stream.of(cases(DENSE, 13), cases(STRIDED, 24), cases(WIDE, 112), cases(POINTS, 128))
        .flatMap(cases -> cases)
        .toList();
  }

  private static Stream<KernelCase> cases(Window window, int filters) {
    return Stream.of(
        forward(window, filters, "forward", false),
        forward(window, filters, "forward, packed", true),
        forwardPlus(window, filters),
        KernelCase.of("Convolution", "inputGradient")
            .input("dz", outputs(window, filters))
            .input("w", weights(window, filters))
            .sum(images(window))
            .runs(
                (w, in, out, sums) ->
                    w.kernels()
                        .convolution()
                        .inputGradient(window, filters, data(in, 0), data(in, 1), data(sums, 0)),
                (in, starts, y) ->
                    Accuracy.of(
                        ConvolutionSums.inputGradient(
                            window, filters, data(in, 0), data(in, 1), data(starts, 0)),
                        0,
                        y.sums().getFirst())),
        KernelCase.of("Convolution", "weightGradient")
            .input("x", images(window))
            .input("dz", outputs(window, filters))
            .sum(weights(window, filters))
            .runs(
                (w, in, out, sums) ->
                    w.kernels()
                        .convolution()
                        .weightGradient(window, filters, data(in, 0), data(in, 1), data(sums, 0)),
                (in, starts, y) ->
                    Accuracy.of(
                        ConvolutionSums.weightGradient(
                            window, filters, data(in, 0), data(in, 1), data(starts, 0)),
                        CHUNK_ROUNDINGS,
                        y.sums().getFirst())));
  }

  private static KernelCase forward(Window window, int filters, String name, boolean packed) {
    return KernelCase.of("Convolution", name)
        .input("x", images(window))
        .input("w", weights(window, filters))
        .input("bias", filters)
        .output(outputs(window, filters))
        .runs(
            (workspace, in, out, sums) -> {
              Convolution convolution = workspace.kernels().convolution();
              float[] w = data(in, 1);
              float[] y = data(out, 0);
              if (packed) {
                convolution.forward(
                    window,
                    packed(convolution, window, filters, w),
                    data(in, 0),
                    data(in, 2),
                    Activation.NONE,
                    y);
              } else {
                convolution.forward(
                    window, filters, data(in, 0), w, data(in, 2), Activation.NONE, y);
              }
            },
            (in, starts, y) ->
                Accuracy.of(
                    ConvolutionSums.forward(window, filters, data(in, 0), data(in, 1), data(in, 2)),
                    0,
                    y.outputs().getFirst()));
  }

  private static KernelCase forwardPlus(Window window, int filters) {
    return KernelCase.of("Convolution", "forward, packed, with a residual")
        .input("x", images(window))
        .input("w", weights(window, filters))
        .input("bias", filters)
        .input("residual", outputs(window, filters))
        .output(outputs(window, filters))
        .runs(
            (workspace, in, out, sums) -> {
              Convolution convolution = workspace.kernels().convolution();
              convolution.forward(
                  window,
                  packed(convolution, window, filters, data(in, 1)),
                  data(in, 0),
                  data(in, 2),
                  data(in, 3),
                  Activation.NONE,
                  data(out, 0));
            },
            (in, starts, y) ->
                Accuracy.of(
                    ConvolutionSums.forward(window, filters, data(in, 0), data(in, 1), data(in, 2))
                        .plus(data(in, 3)),
                    0,
                    y.outputs().getFirst()));
  }

  private static PackedFilters packed(
      Convolution convolution, Window window, int filters, float[] w) {
    return convolution.packed(
        window.kernelHeight(), window.kernelWidth(), window.channels(), filters, w, new double[0]);
  }

  private static int[] images(Window window) {
    return new int[] {window.batch(), window.height(), window.width(), window.channels()};
  }

  private static int[] weights(Window window, int filters) {
    return new int[] {window.kernelHeight(), window.kernelWidth(), window.channels(), filters};
  }

  private static int[] outputs(Window window, int filters) {
    return new int[] {window.batch(), window.outHeight(), window.outWidth(), filters};
  }
}

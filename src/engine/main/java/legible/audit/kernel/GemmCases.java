package legible.audit.kernel;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import legible.audit.Accuracy;
import legible.audit.KernelCase;
import legible.kernel.Activation;
import legible.kernel.Gemm;
import legible.oracle.ProductSums;
import legible.tensor.Tensor;

/// Matrix products with few, some and many rows, which take different ways. The bound of a chain of k
/// products from a start is `(k + 1)·2⁻²⁴·(|start| + Σ|a·b|)`.
public final class GemmCases {
  private static final int N = 70;
  private static final int K = 130;

  private GemmCases() {}

  /// All cases.
  public static List<KernelCase> all() {
    return IntStream.of(3, 37, 205).boxed().flatMap(GemmCases::cases).toList();
  }

  private static Stream<KernelCase> cases(int m) {
    return Stream.of(
        KernelCase.of("Gemm", "gemm")
            .input("a", m, K)
            .input("b", K, N)
            .sum(m, N)
            .runs(
                (w, in, out, sums) ->
                    w.kernels()
                        .gemm()
                        .gemm(m, N, K, data(in, 0), 0, data(in, 1), 0, data(sums, 0), 0),
                (in, starts, y) -> compare(m, in, K, 1, N, 1, starts.getFirst(), y.sums())),
        KernelCase.of("Gemm", "gemmTransA")
            .input("a", K, m)
            .input("b", K, N)
            .sum(m, N)
            .runs(
                (w, in, out, sums) ->
                    w.kernels()
                        .gemm()
                        .gemmTransA(m, N, K, data(in, 0), 0, data(in, 1), 0, data(sums, 0), 0),
                (in, starts, y) -> compare(m, in, 1, m, N, 1, starts.getFirst(), y.sums())),
        KernelCase.of("Gemm", "gemmTransB")
            .input("a", m, K)
            .input("b", N, K)
            .sum(m, N)
            .runs(
                (w, in, out, sums) ->
                    w.kernels()
                        .gemm()
                        .gemmTransB(m, N, K, data(in, 0), 0, data(in, 1), 0, data(sums, 0), 0),
                (in, starts, y) -> compare(m, in, K, 1, 1, K, starts.getFirst(), y.sums())),
        dense(m, "dense", false),
        dense(m, "dense, packed", true));
  }

  private static KernelCase dense(int m, String name, boolean packed) {
    return KernelCase.of("Gemm", name)
        .input("x", m, K)
        .input("w", K, N)
        .input("bias", N)
        .output(m, N)
        .runs(
            (w, in, out, sums) -> {
              Gemm gemm = w.kernels().gemm();
              float[] x = data(in, 0);
              float[] bias = data(in, 2);
              if (packed) {
                gemm.dense(
                    m, gemm.packed(N, K, data(in, 1)), x, bias, Activation.NONE, data(out, 0));
              } else {
                gemm.dense(m, N, K, x, data(in, 1), bias, Activation.NONE, data(out, 0));
              }
            },
            (in, starts, y) -> compare(m, in, K, 1, N, 1, rows(m, in.get(2)), y.outputs()));
  }

  private static Tensor rows(int m, Tensor bias) {
    Tensor start = Tensor.zeros(bias.shape().batchOf(m));
    for (int i = 0; i < start.size(); i++) {
      start.data()[i] = bias.data()[i % N];
    }
    return start;
  }

  /// `c[i,j] = start[i,j] + Σₚ a[i·aRow + p·aColumn]·b[p·bRow + j·bColumn]`
  private static Accuracy compare(
      int m,
      List<Tensor> in,
      int aRow,
      int aColumn,
      int bRow,
      int bColumn,
      Tensor start,
      List<Tensor> actual) {
    ProductSums exact = ProductSums.from(start.data());
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < N; j++) {
        for (int p = 0; p < K; p++) {
          exact.add(
              i * N + j, data(in, 0)[i * aRow + p * aColumn], data(in, 1)[p * bRow + j * bColumn]);
        }
      }
    }
    return Accuracy.of(exact, 0, actual.getFirst());
  }

  static float[] data(List<Tensor> tensors, int index) {
    return tensors.get(index).data();
  }
}

package legible.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// EJML in double precision as an oracle that was written by others.
class GemmEjmlTest {
  private static final int M = 70;
  private static final int N = 45;
  private static final int K = 300;

  @ParameterizedTest
  @EnumSource
  void agreesWithEjml(KernelSet set) {
    SplittableRandom random = new SplittableRandom(5);
    float[] a = numbers(random, M * K);
    float[] b = numbers(random, K * N);
    try (Kernels kernels = Kernels.create(set, 2)) {
      float[] c = new float[M * N];
      kernels.gemm().gemm(M, N, K, a, 0, b, 0, c, 0);
      DMatrixRMaj expected = new DMatrixRMaj(M, N);
      CommonOps_DDRM.mult(matrix(M, K, a), matrix(K, N, b), expected);
      check(expected, c);

      c = new float[M * N];
      kernels.gemm().gemmTransA(M, N, K, a, 0, b, 0, c, 0);
      CommonOps_DDRM.multTransA(matrix(K, M, a), matrix(K, N, b), expected);
      check(expected, c);

      c = new float[M * N];
      kernels.gemm().gemmTransB(M, N, K, a, 0, b, 0, c, 0);
      CommonOps_DDRM.multTransB(matrix(M, K, a), matrix(N, K, b), expected);
      check(expected, c);
    }
  }

  /// Higham's bound K·2⁻²⁴·Σ|aᵢ·bᵢ|, where each product is at most 1.
  private static void check(DMatrixRMaj expected, float[] c) {
    for (int i = 0; i < c.length; i++) {
      assertEquals(expected.get(i), c[i], K * 0x1p-24 * K, "element " + i);
    }
  }

  private static float[] numbers(SplittableRandom random, int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = random.nextFloat(-1, 1);
    }
    return numbers;
  }

  private static DMatrixRMaj matrix(int rows, int columns, float[] values) {
    DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
    for (int i = 0; i < values.length; i++) {
      matrix.set(i, values[i]);
    }
    return matrix;
  }
}

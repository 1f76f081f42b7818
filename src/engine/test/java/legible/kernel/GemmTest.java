package legible.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Values by hand, a double oracle, the chain that the contract promises bit by bit for both twins
/// on 1, 2 and 3 threads, and fences around what may be written.
class GemmTest {
  /// The ways an operand can lie.
  private enum Variant {
    PLAIN,
    TRANS_A,
    TRANS_B,
    DENSE
  }

  /// Around tiles of 4, 5 and 8 rows, panels of 8, 16, 64 and 128 columns, blocks of 100 rows.
  private static final List<Variant> VARIANTS = List.of(Variant.values());

  private static final List<Activation> ACTIVATIONS = List.of(Activation.values());
  private static final int[] SIZES = {
    0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 31, 33, 64, 65, 100, 101, 129, 205
  };

  /// Around blocks of 256 steps, and chains of less than the 4 steps that the scalar twin unrolls.
  private static final int[] LENGTHS = {0, 1, 2, 3, 4, 5, 10, 63, 64, 255, 256, 257, 300, 513};

  private static List<Kernels> variants;

  @BeforeAll
  static void open() {
    variants =
        List.of(
            Kernels.create(KernelSet.SCALAR, 1),
            Kernels.create(KernelSet.SCALAR, 2),
            Kernels.create(KernelSet.SCALAR, 3),
            Kernels.create(KernelSet.VECTOR, 1),
            Kernels.create(KernelSet.VECTOR, 2),
            Kernels.create(KernelSet.VECTOR, 3));
  }

  @AfterAll
  static void close() {
    variants.forEach(Kernels::close);
  }

  /// ```
  ///  a = 1 2    b = 5 6    a·b = 19 22    aᵀ·b = 26 30    a·bᵀ = 17 23
  ///      3 4        7 8          43 50           38 44           39 53
  /// ```
  @Test
  void valueByHand() {
    float[] a = {1, 2, 3, 4};
    float[] b = {5, 6, 7, 8};
    for (Kernels kernels : variants) {
      Gemm gemm = kernels.gemm();
      float[] c = {100, 0, 0, 0};
      gemm.gemm(2, 2, 2, a, 0, b, 0, c, 0);
      assertArrayEquals(new float[] {119, 22, 43, 50}, c);
      c = new float[] {0, 100, 0, 0};
      gemm.gemmTransA(2, 2, 2, a, 0, b, 0, c, 0);
      assertArrayEquals(new float[] {26, 130, 38, 44}, c);
      c = new float[] {0, 0, 100, 0};
      gemm.gemmTransB(2, 2, 2, a, 0, b, 0, c, 0);
      assertArrayEquals(new float[] {17, 23, 139, 53}, c);
      c = new float[] {Float.NaN, 9, 9, 9};
      gemm.dense(2, 2, 2, a, b, new float[] {-20, 1}, Activation.RELU, c);
      assertArrayEquals(new float[] {0, 23, 23, 51}, c);
      gemm.dense(2, 2, 2, a, b, new float[] {-20, 1}, Activation.NONE, c);
      assertArrayEquals(new float[] {-1, 23, 23, 51}, c);
    }
  }

  @Test
  void emptySizes() {
    for (Kernels kernels : variants) {
      float[] c = {1, -2, 3, -4};
      float[] none = {};
      kernels.gemm().gemm(2, 2, 0, none, 0, none, 0, c, 0);
      kernels.gemm().gemmTransA(0, 2, 2, none, 0, c, 0, c, 0);
      kernels.gemm().gemmTransB(2, 0, 2, c, 0, none, 0, c, 0);
      assertArrayEquals(new float[] {1, -2, 3, -4}, c);
      kernels.gemm().dense(2, 2, 0, none, none, new float[] {5, -5}, Activation.RELU, c);
      assertArrayEquals(new float[] {5, 0, 5, 0}, c);
    }
  }

  /// Higham 2002, §3.1: |error| <= n·2⁻²⁴·Σ|aᵢ·bᵢ|, the start of the chain counted as a term.
  @Test
  void oracle() {
    SplittableRandom random = new SplittableRandom(1);
    for (Variant variant : Variant.values()) {
      int m = 37;
      int n = 29;
      int k = 600;
      Case given = new Case(random, variant, m, n, k, 0, Activation.NONE);
      for (Kernels kernels : variants) {
        float[] c = given.run(kernels);
        for (int i = 0; i < m; i++) {
          for (int j = 0; j < n; j++) {
            double sum = given.start(i, j);
            double magnitude = Math.abs(sum);
            for (int p = 0; p < k; p++) {
              double product = (double) given.a(i, p) * given.b(p, j);
              sum += product;
              magnitude += Math.abs(product);
            }
            double bound = (k + 1) * 0x1p-24 * magnitude;
            assertEquals(sum, c[i * n + j], bound, variant + " " + i + "," + j);
          }
        }
      }
    }
  }

  @Test
  void chainsAreAsPromised() {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < 600; round++) {
      int m = SIZES[random.nextInt(SIZES.length)];
      int n = SIZES[random.nextInt(SIZES.length)];
      int k = LENGTHS[random.nextInt(LENGTHS.length)];
      Variant variant = VARIANTS.get(random.nextInt(4));
      Activation f = ACTIVATIONS.get(random.nextInt(2));
      int offset = variant == Variant.DENSE ? 0 : random.nextInt(4);
      checkChains(new Case(random, variant, m, n, k, offset, f));
    }
  }

  /// The shapes of the shipped models, forward and backward, and some that are cut into many tasks.
  @Test
  void chainsOfModelShapes() {
    SplittableRandom random = new SplittableRandom(3);
    checkChains(new Case(random, Variant.DENSE, 1, 128, 1568, 0, Activation.RELU));
    checkChains(new Case(random, Variant.DENSE, 1, 10, 784, 0, Activation.NONE));
    checkChains(new Case(random, Variant.DENSE, 2, 1000, 300, 0, Activation.NONE));
    checkChains(
        new Case(random, Variant.DENSE, 3, 1003, 301, 0, Activation.RELU)); // ends of all kinds
    checkChains(
        new Case(random, Variant.DENSE, 8, 1000, 2048, 0, Activation.NONE)); // B from memory
    checkChains(new Case(random, Variant.DENSE, 64, 128, 1568, 0, Activation.RELU));
    checkChains(new Case(random, Variant.DENSE, 64, 10, 128, 0, Activation.NONE));
    checkChains(new Case(random, Variant.TRANS_A, 1568, 128, 64, 0, Activation.NONE));
    checkChains(new Case(random, Variant.TRANS_A, 784, 10, 64, 0, Activation.NONE));
    checkChains(new Case(random, Variant.TRANS_B, 64, 1568, 128, 0, Activation.NONE));
    checkChains(new Case(random, Variant.PLAIN, 512, 512, 512, 0, Activation.NONE));
  }

  /// B with more elements than are packed at a time.
  @Test
  void columnsInParts() {
    SplittableRandom random = new SplittableRandom(4);
    checkChains(new Case(random, Variant.PLAIN, 103, 2100, 2050, 0, Activation.NONE));
  }

  @Test
  void specialValues() {
    for (Kernels kernels : variants) {
      for (int m : new int[] {1, 7, 120}) {
        float[] x = new float[m];
        Arrays.fill(x, 1f);
        float[] w = {Float.NaN, -0f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
        float[] y = new float[m * 4];
        kernels.gemm().dense(m, 4, 1, x, w, new float[] {0, -0f, 0, 0}, Activation.RELU, y);
        for (int i = 0; i < m; i++) {
          assertTrue(Float.isNaN(y[i * 4]));
          assertEquals(0, Float.floatToRawIntBits(y[i * 4 + 1]), "f(-0) = +0");
          assertEquals(Float.POSITIVE_INFINITY, y[i * 4 + 2]);
          assertEquals(0f, y[i * 4 + 3]);
        }
      }
    }
  }

  private static void checkChains(Case given) {
    float[] expected = given.chains();
    for (Kernels kernels : variants) {
      float[] c = given.run(kernels);
      String where = given + " " + kernels.set() + " " + kernels.parallel().threads() + " threads";
      for (int i = 0; i < c.length; i++) {
        if (Float.floatToRawIntBits(expected[i]) != Float.floatToRawIntBits(c[i])) {
          assertEquals(expected[i], c[i], where + ": element " + i);
        }
      }
      assertTrue(given.fencesStand(), where + ": written outside of C, or to an operand");
    }
  }

  /// One product on random numbers. Before and behind each matrix lie fences of NaN: what is read
  /// from them by mistake spoils a result, what is written there shows.
  private static final class Case {
    private static final int FENCE = 3;

    private final Variant variant;
    private final int m;
    private final int n;
    private final int k;
    private final int fence;
    private final Activation f;
    private final float[] a;
    private final float[] b;
    private final float[] c;
    private final float[] bias;
    private final float[] aBefore;
    private final float[] bBefore;
    private float[] result = {};

    Case(SplittableRandom random, Variant variant, int m, int n, int k, int offset, Activation f) {
      this.variant = variant;
      this.m = m;
      this.n = n;
      this.k = k;
      this.f = f;
      this.fence = variant == Variant.DENSE ? 0 : FENCE + offset;
      this.a = fenced(random, m * k);
      this.b = fenced(random, k * n);
      this.c = fenced(random, m * n);
      this.bias = new float[n];
      for (int j = 0; j < n; j++) {
        bias[j] = random.nextFloat(-1, 1);
      }
      this.aBefore = a.clone();
      this.bBefore = b.clone();
    }

    private float[] fenced(SplittableRandom random, int size) {
      float[] matrix = new float[fence + size + FENCE];
      Arrays.fill(matrix, Float.NaN);
      for (int i = 0; i < size; i++) {
        matrix[fence + i] = random.nextFloat(-1, 1);
      }
      return matrix;
    }

    float a(int i, int p) {
      return a[fence + (variant == Variant.TRANS_A ? p * m + i : i * k + p)];
    }

    float b(int p, int j) {
      return b[fence + (variant == Variant.TRANS_B ? j * k + p : p * n + j)];
    }

    float start(int i, int j) {
      return variant == Variant.DENSE ? bias[j] : c[fence + i * n + j];
    }

    float[] chains() {
      float[] expected = new float[m * n];
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          float sum = start(i, j);
          for (int p = 0; p < k; p++) {
            sum = Math.fma(a(i, p), b(p, j), sum);
          }
          expected[i * n + j] = variant == Variant.DENSE ? f.of(sum) : sum;
        }
      }
      return expected;
    }

    float[] run(Kernels kernels) {
      result = c.clone();
      Gemm gemm = kernels.gemm();
      switch (variant) {
        case PLAIN -> gemm.gemm(m, n, k, a, fence, b, fence, result, fence);
        case TRANS_A -> gemm.gemmTransA(m, n, k, a, fence, b, fence, result, fence);
        case TRANS_B -> gemm.gemmTransB(m, n, k, a, fence, b, fence, result, fence);
        case DENSE -> gemm.dense(m, n, k, a, b, bias, f, result);
      }
      return Arrays.copyOfRange(result, fence, fence + m * n);
    }

    boolean fencesStand() {
      for (int i = 0; i < result.length; i++) {
        if ((i < fence || i >= fence + m * n) && !Float.isNaN(result[i])) {
          return false;
        }
      }
      return Arrays.equals(a, aBefore) && Arrays.equals(b, bBefore);
    }

    @Override
    public String toString() {
      return variant + " " + m + "x" + n + "x" + k + " from " + fence + " " + f;
    }
  }
}

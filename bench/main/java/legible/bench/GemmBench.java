package legible.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import legible.kernel.Activation;
import legible.kernel.KernelSet;
import legible.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Matrix products of the shapes that the models use, and square ones.
///
/// The rate, `2·m·n·k` operations by the time of a call, stands beside the time ([Rate]).
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class GemmBench {
  /// Variant and sizes: `dense` and `gemm` MxNxK, `transA` for weight and `transB` for input
  /// gradients.
  @Param({
    "dense 1x128x1568",
    "dense 1x10x128",
    "dense 1x10x784",
    "dense 64x128x1568",
    "dense 64x10x128",
    "transA 1568x128x64",
    "transA 128x10x64",
    "transB 64x1568x128",
    "transB 64x128x10",
    "gemm 3136x256x64",
    "gemm 256x256x256",
    "gemm 512x512x512",
    "gemm 1024x1024x1024",
    "gemm 2048x2048x2048"
  })
  public String product;

  @Param({"VECTOR", "SCALAR"})
  public KernelSet set;

  @Param({"1", "2"})
  public int threads;

  private Kernels kernels;
  private String variant;
  private int m;
  private int n;
  private int k;
  private float[] a;
  private float[] b;
  private float[] bias;
  private float[] c;

  @Setup(Level.Trial)
  public void open() {
    String[] words = product.split(" ", -1);
    String[] sizes = words[1].split("x", -1);
    variant = words[0];
    m = Integer.parseInt(sizes[0]);
    n = Integer.parseInt(sizes[1]);
    k = Integer.parseInt(sizes[2]);
    SplittableRandom random = new SplittableRandom(1);
    a = numbers(random, m * k);
    b = numbers(random, k * n);
    bias = numbers(random, n);
    c = new float[m * n];
    kernels = Kernels.create(set, threads);
  }

  @TearDown(Level.Trial)
  public void close() {
    kernels.close();
  }

  @Benchmark
  public float[] product(Rate rate) {
    switch (variant) {
      case "dense" -> kernels.gemm().dense(m, n, k, a, b, bias, Activation.RELU, c);
      case "transA" -> kernels.gemm().gemmTransA(m, n, k, a, 0, b, 0, c, 0);
      case "transB" -> kernels.gemm().gemmTransB(m, n, k, a, 0, b, 0, c, 0);
      case "gemm" -> kernels.gemm().gemm(m, n, k, a, 0, b, 0, c, 0);
      default -> throw new IllegalArgumentException("GemmBench: unknown variant " + variant);
    }
    rate.count(2e-9 * m * n * k);
    return c;
  }

  private static float[] numbers(SplittableRandom random, int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = random.nextFloat(-1, 1);
    }
    return numbers;
  }
}

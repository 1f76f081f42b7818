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

/// Loops that are bound by memory, on arrays within a second-level cache, within a third-level one, and
/// beyond all. The rate is 4·n bytes for each array read or written, by the time of a call; `copy`,
/// two arrays by the JDK itself, shows what the memory gives.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ElementwiseBench {
  @Param({"16384", "200704", "12845056"})
  public int n;

  @Param({"VECTOR", "SCALAR"})
  public KernelSet set;

  @Param({"1", "2"})
  public int threads;

  private Kernels kernels;
  private float[] a;
  private float[] b;
  private float[] y;
  private float[] sums;

  @Setup(Level.Trial)
  public void open() {
    SplittableRandom random = new SplittableRandom(1);
    a = numbers(random, n);
    b = numbers(random, n);
    y = new float[n];
    sums = new float[2048];
    kernels = Kernels.create(set, threads);
  }

  /// 2 arrays.
  @Benchmark
  public float[] copy() {
    System.arraycopy(a, 0, y, 0, n);
    return y;
  }

  /// 3 arrays.
  @Benchmark
  public float[] add() {
    kernels.elementwise().add(n, a, b, Activation.RELU, y);
    return y;
  }

  /// 3 arrays.
  @Benchmark
  public float[] accumulate() {
    kernels.elementwise().accumulate(n, a, y);
    return y;
  }

  /// 3 arrays.
  @Benchmark
  public float[] reluGradient() {
    kernels.elementwise().reluGradient(n, a, b, y);
    return y;
  }

  /// 1 array.
  @Benchmark
  public float[] dropoutMask() {
    kernels.elementwise().dropoutMask(n, 0.5f, 42, y);
    return y;
  }

  /// 1 array.
  @Benchmark
  public double sumOfSquares() {
    return kernels.elementwise().sumOfSquares(n, a);
  }

  /// 1 array of 10 columns: the last layer's bias.
  @Benchmark
  public float[] sumRows10() {
    kernels.elementwise().sumRows(n / 10, 10, a, sums);
    return sums;
  }

  /// 1 array of 16 columns: the first convolution's bias.
  @Benchmark
  public float[] sumRows16() {
    kernels.elementwise().sumRows(n / 16, 16, a, sums);
    return sums;
  }

  /// 1 array of 2048 columns.
  @Benchmark
  public float[] sumRows2048() {
    kernels.elementwise().sumRows(n / 2048, 2048, a, sums);
    return sums;
  }

  @TearDown(Level.Trial)
  public void close() {
    kernels.close();
  }

  private static float[] numbers(SplittableRandom random, int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = random.nextFloat(-1, 1);
    }
    return numbers;
  }
}

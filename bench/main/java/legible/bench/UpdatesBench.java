package legible.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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

/// Optimizer steps over the largest weights of the digit network and of a layer beyond all caches. The
/// rate is 4·n bytes for each array read or written, by the time of a call.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class UpdatesBench {
  @Param({"200704", "8388608"})
  public int n;

  @Param({"VECTOR", "SCALAR"})
  public KernelSet set;

  @Param({"1", "2"})
  public int threads;

  private Kernels kernels;
  private float[] weights;
  private float[] gradient;
  private float[] first;
  private float[] second;

  @Setup(Level.Trial)
  public void open() {
    SplittableRandom random = new SplittableRandom(1);
    weights = numbers(random, n);
    gradient = numbers(random, n);
    first = new float[n];
    second = new float[n];
    kernels = Kernels.create(set, threads);
  }

  /// 5 arrays.
  @Benchmark
  public float[] sgd() {
    kernels.updates().sgd(n, weights, gradient, first, 1f, 1e-6f, 0.9f, true, 1e-4f);
    return weights;
  }

  /// 7 arrays.
  @Benchmark
  public float[] adam() {
    kernels
        .updates()
        .adam(n, weights, gradient, first, second, 1f, 0f, 1f, 1e-6f, 0.9f, 0.999f, 1f, 1e-8f);
    return weights;
  }

  /// 3 arrays.
  @Benchmark
  public float[] movingAverage() {
    kernels.updates().movingAverage(n, weights, first, 0.9995f);
    return first;
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

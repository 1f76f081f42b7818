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

/// Batch normalisation of shapes of ResNet-50 and of one of few channels. The rate is
/// 4·rows·channels bytes for each array read or written, by the time of a call.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class NormalizationBench {
  /// Rows x channels.
  @Param({"50176x16", "200704x64", "12544x512", "784x2048"})
  public String shape;

  @Param({"VECTOR", "SCALAR"})
  public KernelSet set;

  @Param({"1", "2"})
  public int threads;

  private Kernels kernels;
  private int rows;
  private int channels;
  private float[] x;
  private float[] dy;
  private float[] y;
  private float[] mean;
  private float[] scale;
  private float[] shift;
  private float[] sums;

  @Setup(Level.Trial)
  public void open() {
    String[] sizes = shape.split("x", -1);
    rows = Integer.parseInt(sizes[0]);
    channels = Integer.parseInt(sizes[1]);
    SplittableRandom random = new SplittableRandom(1);
    x = numbers(random, rows * channels);
    dy = numbers(random, rows * channels);
    y = new float[rows * channels];
    mean = numbers(random, channels);
    scale = numbers(random, channels);
    shift = numbers(random, channels);
    sums = new float[channels];
    kernels = Kernels.create(set, threads);
  }

  /// 1 array.
  @Benchmark
  public float[] statistics() {
    kernels.normalization().statistics(rows, channels, x, mean, sums);
    return sums;
  }

  /// 2 arrays.
  @Benchmark
  public float[] normalize() {
    kernels.normalization().normalize(rows, channels, x, mean, scale, shift, Activation.RELU, y);
    return y;
  }

  /// 2 arrays.
  @Benchmark
  public float[] gradientSums() {
    kernels.normalization().gradientSums(rows, channels, x, mean, scale, dy, shift, sums);
    return sums;
  }

  /// 4 arrays.
  @Benchmark
  public float[] inputGradient() {
    kernels
        .normalization()
        .inputGradient(rows, channels, x, mean, scale, scale, dy, shift, shift, y);
    return y;
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

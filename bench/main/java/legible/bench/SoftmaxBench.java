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

/// Softmax and cross-entropy of a batch of digits and of ImageNet's classes. Bound by the exponentials:
/// the rate is rows·classes of them by the time of a call.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SoftmaxBench {
  /// Rows x classes.
  @Param({"1x10", "64x10", "10000x10", "32x1000"})
  public String shape;

  @Param({"VECTOR", "SCALAR"})
  public KernelSet set;

  @Param({"1", "2"})
  public int threads;

  private Kernels kernels;
  private int rows;
  private int classes;
  private float[] logits;
  private float[] targets;
  private float[] probabilities;
  private float[] loss;
  private float[] gradient;

  @Setup(Level.Trial)
  public void open() {
    String[] sizes = shape.split("x", -1);
    rows = Integer.parseInt(sizes[0]);
    classes = Integer.parseInt(sizes[1]);
    SplittableRandom random = new SplittableRandom(1);
    logits = numbers(random, rows * classes);
    targets = numbers(random, rows * classes);
    probabilities = new float[rows * classes];
    loss = new float[rows];
    gradient = new float[rows * classes];
    kernels = Kernels.create(set, threads);
  }

  @Benchmark
  public float[] softmax() {
    kernels.softmax().softmax(rows, classes, logits, probabilities);
    return probabilities;
  }

  @Benchmark
  public float[] crossEntropy() {
    kernels.softmax().crossEntropy(rows, classes, logits, targets, probabilities, loss);
    return loss;
  }

  @Benchmark
  public float[] crossEntropyGradient() {
    kernels.softmax().crossEntropyGradient(rows, classes, 0f, probabilities, targets, gradient);
    return gradient;
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

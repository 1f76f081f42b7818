package legible.bench;

import java.util.concurrent.TimeUnit;
import legible.bench.protocol.Numbers;
import legible.kernel.KernelSet;
import legible.kernel.Kernels;
import legible.kernel.Window;
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

/// Pooling, which memory bounds: the figure to look at is the time beside that of a copy
/// ([ElementwiseBench]).
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PoolingBench {
  /// Batch, height and width, channels, kernel, stride.
  @Param({"64,28,16,2,2", "64,14,32,2,2", "64,26,32,2,2", "1,112,64,3,2"})
  public String shape;

  @Param({"VECTOR", "SCALAR"})
  public KernelSet set;

  @Param({"1", "2"})
  public int threads;

  private Kernels kernels;
  private Window window;
  private float[] x;
  private float[] y;
  private float[] index;
  private float[] dx;

  @Setup(Level.Trial)
  public void open() {
    int[] sizes = Shapes.parse(shape);
    int height = sizes[1];
    int kernel = sizes[3];
    int stride = sizes[4];
    int out = (height - kernel) / stride + 1;
    window = new Window(sizes[0], height, height, sizes[2], kernel, kernel, stride, 0, 0, out, out);
    x = Numbers.numbers(sizes[0] * height * height * sizes[2], 0);
    y = new float[window.outPixels() * sizes[2]];
    index = new float[y.length];
    dx = new float[x.length];
    kernels = Kernels.create(set, threads);
    kernels.pooling().maxForward(window, x, y, index);
  }

  @TearDown(Level.Trial)
  public void close() {
    kernels.close();
  }

  @Benchmark
  public float[] maxForward() {
    kernels.pooling().maxForward(window, x, y, index);
    return y;
  }

  @Benchmark
  public float[] maxForwardValues() {
    kernels.pooling().maxForward(window, x, y);
    return y;
  }

  @Benchmark
  public float[] maxBackward() {
    kernels.pooling().maxBackward(window, y, index, dx);
    return dx;
  }

  @Benchmark
  public float[] averageForward() {
    kernels.pooling().averageForward(window, x, y);
    return y;
  }
}

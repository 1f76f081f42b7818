package legible.bench;

import java.util.concurrent.TimeUnit;
import legible.bench.protocol.Numbers;
import legible.kernel.Activation;
import legible.kernel.KernelSet;
import legible.kernel.Kernels;
import legible.kernel.PackedFilters;
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

/// Convolutions of the digit networks and of ResNet-50: forward with the weights packed once, as in
/// inference, and both gradients.
///
/// The rate is `2·(output pixels)·(patch size)·(output channels)` operations by the time of a call.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ConvolutionBench {
  /// Batch, height and width, input channels, output channels, kernel, stride, padding.
  @Param({
    "64,28,1,16,3,1,1",
    "64,28,1,32,3,1,1",
    "64,14,16,32,3,1,1",
    "64,26,32,64,3,1,0",
    "1,28,1,16,3,1,1",
    "1,14,16,32,3,1,1",
    "1,56,64,64,3,1,1",
    "1,14,256,256,3,1,1",
    "1,56,64,256,1,1,0",
    "1,28,256,256,3,2,1",
    "1,224,3,64,7,2,3"
  })
  public String shape;

  @Param({"VECTOR", "SCALAR"})
  public KernelSet set;

  @Param({"1", "2"})
  public int threads;

  private Kernels kernels;
  private Window window;
  private int outChannels;
  private float[] x;
  private float[] w;
  private float[] bias;
  private float[] y;
  private float[] dx;
  private float[] dw;
  private PackedFilters packed;
  private double gflop;

  @Setup(Level.Trial)
  public void open() {
    int[] sizes = Shapes.parse(shape);
    int height = sizes[1];
    int kernel = sizes[4];
    int stride = sizes[5];
    int padding = sizes[6];
    int out = (height + 2 * padding - kernel) / stride + 1;
    outChannels = sizes[3];
    window =
        new Window(
            sizes[0], height, height, sizes[2], kernel, kernel, stride, padding, padding, out, out);
    x = Numbers.numbers(sizes[0] * height * height * sizes[2], 0);
    w = Numbers.numbers(window.patchSize() * outChannels, 1);
    bias = Numbers.numbers(outChannels, 2);
    y = Numbers.numbers(window.outPixels() * outChannels, 3);
    dx = new float[x.length];
    dw = new float[w.length];
    gflop = 2e-9 * window.outPixels() * window.patchSize() * outChannels;
    kernels = Kernels.create(set, threads);
    packed = kernels.convolution().packed(kernel, kernel, sizes[2], outChannels, w, new double[0]);
  }

  @TearDown(Level.Trial)
  public void close() {
    kernels.close();
  }

  @Benchmark
  public float[] forward(Rate rate) {
    kernels.convolution().forward(window, packed, x, bias, Activation.RELU, y);
    rate.count(gflop);
    return y;
  }

  @Benchmark
  public float[] inputGradient(Rate rate) {
    kernels.convolution().inputGradient(window, outChannels, y, w, dx);
    rate.count(gflop);
    return dx;
  }

  @Benchmark
  public float[] weightGradient(Rate rate) {
    kernels.convolution().weightGradient(window, outChannels, x, y, dw);
    rate.count(gflop);
    return dw;
  }
}

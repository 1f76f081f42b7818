package legible.bench;

import java.util.concurrent.TimeUnit;
import legible.bench.compare.TrainingJob;
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

/// A step of training: forward, backward, Adam.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TrainingStepBench {
  @Param({"cnn", "keras-example"})
  public String network;

  @Param({"64", "128"})
  public int batch;

  @Param({"VECTOR", "SCALAR"})
  public KernelSet set;

  @Param({"1", "2"})
  public int threads;

  private TrainingJob job;

  @Setup(Level.Trial)
  public void open() {
    job = new TrainingJob(network, batch, Kernels.create(set, threads));
  }

  @TearDown(Level.Trial)
  public void close() {
    job.close();
  }

  @Benchmark
  public void step() {
    job.run();
  }
}

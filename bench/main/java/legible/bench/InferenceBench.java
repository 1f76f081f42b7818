package legible.bench;

import java.util.concurrent.TimeUnit;
import legible.bench.compare.InferenceJob;
import legible.kernel.KernelSet;
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

/// The logits of a batch, on the path by which the product answers.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class InferenceBench {
  @Param({"cnn", "keras-example"})
  public String network;

  @Param({"1", "256"})
  public int batch;

  @Param({"VECTOR", "SCALAR"})
  public KernelSet set;

  @Param({"1", "2"})
  public int threads;

  private InferenceJob job;

  @Setup(Level.Trial)
  public void open() {
    job = new InferenceJob(network, batch, set, threads);
  }

  @TearDown(Level.Trial)
  public void close() {
    job.close();
  }

  @Benchmark
  public void logits() {
    job.run();
  }
}

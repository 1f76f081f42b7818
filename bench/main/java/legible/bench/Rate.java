package legible.bench;

import legible.bench.compare.FmaCeiling;
import legible.bench.protocol.Clock;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;

/// Counts the arithmetic of an iteration, beside an FMA ceiling that is measured just before it on as
/// many threads: clock speed and neighbours change from one second to the next.
///
/// JMH adds the figures of all iterations and forks up; each gives its share, so that the sum is the
/// mean.
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Rate {
  private static final double CEILING_SECONDS = 0.1;

  private FmaCeiling ceiling;
  private double ceilingGflops;
  private double operations;
  private double seconds;
  private int results;
  private long start;

  /// Makes the ceiling's threads, as many as the benchmark's parameter `threads` says.
  @Setup(Level.Trial)
  public void open(BenchmarkParams parameters) {
    ceiling = new FmaCeiling(Integer.parseInt(parameters.getParam("threads")));
  }

  @Setup(Level.Iteration)
  public void begin(BenchmarkParams benchmark, IterationParams iteration) throws Exception {
    results = iteration.getCount() * Math.max(1, benchmark.getForks());
    ceilingGflops = 1e-9 * ceiling.operations() / Clock.secondsPerCall(ceiling, CEILING_SECONDS);
    operations = 0;
    start = System.nanoTime();
  }

  @TearDown(Level.Iteration)
  public void end() {
    seconds = 1e-9 * (System.nanoTime() - start);
  }

  @TearDown(Level.Trial)
  public void close() {
    ceiling.close();
  }

  /// Counts one call.
  ///
  /// @param gflop its arithmetic, in 10⁹ operations; a fused multiply-add is two
  void count(double gflop) {
    operations += gflop;
  }

  /// The iteration's share of the mean rate, in 10⁹ operations a second.
  public double gflops() {
    return operations / seconds / results;
  }

  /// The same in percent of the ceiling.
  public double percentOfCeiling() {
    return 100 * gflops() / ceilingGflops;
  }
}

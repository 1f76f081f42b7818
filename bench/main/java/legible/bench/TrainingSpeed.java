package legible.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import legible.bench.compare.TrainingJob;
import legible.bench.protocol.Clock;
import legible.kernel.KernelSet;
import legible.kernel.Kernels;

/// Training speed of one digit network and what a step allocates, one JSON line; for profiling. The
/// comparison with other engines is `bench/compare/compare.py`.
public final class TrainingSpeed {
  private static final double WARM_UP_SECONDS = 4;
  private static final int STEPS = 100;

  private TrainingSpeed() {}

  /// Measures one network.
  ///
  /// @param arguments network, batch size, threads, seconds, and optionally the kernel set
  public static void main(String[] arguments) throws Exception {
    int batch = Integer.parseInt(arguments[1]);
    KernelSet set =
        arguments.length > 4
            ? KernelSet.valueOf(arguments[4].toUpperCase(Locale.ROOT))
            : KernelSet.VECTOR;
    Kernels kernels = Kernels.create(set, Integer.parseInt(arguments[2]));
    try (TrainingJob job = new TrainingJob(arguments[0], batch, kernels)) {
      Clock.secondsPerCall(job, WARM_UP_SECONDS);
      System.out.printf(
          Locale.ROOT,
          "{\"network\":\"%s\",\"batchSize\":%d,\"threads\":%s,\"kernels\":\"%s\","
              + "\"imagesPerSecond\":%.1f,\"bytesPerStep\":%d}%n",
          arguments[0],
          batch,
          arguments[2],
          set,
          batch / Clock.secondsPerCall(job, Double.parseDouble(arguments[3])),
          bytesPerStep(job));
    }
  }

  /// What this thread allocates in one step, the mean of many.
  private static long bytesPerStep(TrainingJob job) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < STEPS; i++) {
      job.run();
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / STEPS;
  }
}

package legible.bench.protocol;

/// Times a job, in the same way as `bench/compare/peers/protocol.py`.
public final class Clock {
  private Clock() {}

  /// Runs a job until the time is over, at least once, and gives the mean time of a run.
  ///
  /// @param seconds how long, in seconds
  /// @return the mean, in seconds
  public static double secondsPerCall(Job job, double seconds) throws Exception {
    long start = System.nanoTime();
    long nanos = 0;
    long calls = 0;
    while (calls == 0 || nanos < seconds * 1e9) {
      job.run();
      calls++;
      nanos = System.nanoTime() - start;
    }
    return nanos / 1e9 / calls;
  }
}

package legible.bench.protocol;

/// A piece of work, ready to be run again and again.
public interface Job extends AutoCloseable {
  /// Does the work once.
  void run() throws Exception;

  /// A number that tells whether two engines did the same: the root of the mean square of the
  /// outputs after the first run, or the number of parameters for training; NaN if there is none.
  double check() throws Exception;

  /// Floating-point operations of a run, where the work itself does not say; else 0.
  default double operations() {
    return 0;
  }

  @Override
  default void close() {}
}

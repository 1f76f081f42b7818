package legible.kernel;

/// Runs numbered tasks on a fixed number of threads.
///
/// Which thread runs which task is left to chance, so a task must write only what no other task of
/// the call touches. How the work is cut into tasks is the caller's duty and must follow from shapes
/// alone, never from the number of threads: that is what keeps the bits the same on any machine.
public final class Parallel implements AutoCloseable {
  private final int threads;

  /// A pool; threads start when they are first needed.
  ///
  /// @param threads threads that work at the same time, the caller's own included, >= 1; with 1 no
  ///     thread is ever started
  public Parallel(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("Parallel: threads expected >= 1, got " + threads);
    }
    this.threads = threads;
  }

  public int threads() {
    return threads;
  }

  /// Runs the tasks `0..tasks-1` and returns when all are done. The first failure of a task is
  /// thrown again here.
  public void run(int tasks, Task task) {
    for (int index = 0; index < tasks; index++) {
      task.run(index, 0);
    }
  }

  /// Ends the threads.
  @Override
  public void close() {}

  /// One part of a divided job.
  @FunctionalInterface
  public interface Task {
    /// Does one part.
    ///
    /// @param index which part, `0..tasks-1`
    /// @param worker which thread runs it, `0..threads-1`: the index of scratch memory that no other
    ///     running task uses
    void run(int index, int worker);
  }
}

package legible.digits.cli;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Something that is read in the background while something else is done.
final class Ahead<T> {
  private final FutureTask<T> task;
  private final Thread thread;

  private Ahead(FutureTask<T> task, Thread thread) {
    this.task = task;
    this.thread = thread;
  }

  /// How it is read.
  @FunctionalInterface
  interface Source<T> {
    T read() throws IOException;
  }

  /// Begins to read, on a thread that ends with the program.
  static <T> Ahead<T> start(String name, Source<T> source) {
    FutureTask<T> task = new FutureTask<>(source::read);
    return new Ahead<>(task, Thread.ofPlatform().daemon().name(name).start(task));
  }

  /// Waits for it, and fails as the reading failed.
  ///
  /// @throws IOException if it cannot be read
  T get() throws IOException {
    try {
      return task.get();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        default -> throw new AssertionError("bug in Legible: no source throws others", e);
      }
    }
  }

  /// Waits until its memory is free again, where it is not needed after all.
  void discard() throws IOException {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted while a file was read", e);
  }
}

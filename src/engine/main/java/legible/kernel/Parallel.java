package legible.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// Runs numbered tasks on a fixed number of threads.
///
/// Which thread runs which task is left to chance, so a task must write only what no other task of
/// the call touches. How the work is cut into tasks is the caller's duty and must follow from shapes
/// alone, never from the number of threads: that is what keeps the bits the same on any machine.
///
/// One word, `claims`, holds the number of the current job and how many of its tasks are free. A
/// thread reads the word, then the job's fields, and claims a task by lowering the number. That
/// succeeds only if the word is unchanged: then the job was unfinished all the while, and since the
/// caller changes the fields between jobs only, they were this job's. Visibility: the caller writes
/// the fields before it publishes the job in `claims`; a thread adds to `finished` after its task's
/// writes, and the caller reads `finished` before it returns.
///
/// An instance serves one calling thread at a time; a task may not call [#run] of the same instance.
public final class Parallel implements AutoCloseable {
  /// How long a worker looks for the next job before it parks: longer than the pauses between the
  /// kernels of a training step, short enough not to burn a core when the caller rests.
  private static final long SPIN_NANOS = 50_000;

  /// Looks between two glances at the clock, which costs more than a look.
  private static final int LOOKS_PER_GLANCE = 64;

  /// The low half of `claims`.
  private static final long FREE_MASK = 0xffff_ffffL;

  private final int threads;
  private final Thread[] workers;
  private final AtomicLong claims = new AtomicLong();
  private final AtomicInteger finished = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean closed;
  private boolean running;
  private Task task;
  private int tasks;

  /// A pool; threads start when they are first needed.
  ///
  /// @param threads threads that work at the same time, the caller's own included, >= 1; with 1 no
  ///     thread is ever started
  public Parallel(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("Parallel: threads expected >= 1, got " + threads);
    }
    this.threads = threads;
    this.workers = new Thread[threads - 1];
  }

  public int threads() {
    return threads;
  }

  /// Runs the tasks `0..tasks-1` and returns when all are done. The first failure of a task is
  /// thrown again here.
  ///
  /// @throws IllegalStateException if a task calls it, or after [#close]
  public void run(int tasks, Task task) {
    if (running || closed) {
      throw new IllegalStateException(
          "Parallel.run: expected outside of a task and before close, got a call "
              + (closed ? "after close" : "from a task"));
    }
    running = true;
    try {
      if (threads == 1 || tasks <= 1) {
        for (int index = 0; index < tasks; index++) {
          task.run(index, 0);
        }
      } else {
        share(tasks, task);
      }
    } finally {
      running = false;
    }
  }

  private void share(int tasks, Task task) {
    this.task = task;
    this.tasks = tasks;
    finished.set(0);
    long job = (claims.get() >>> 32) + 1;
    claims.set(job << 32 | tasks);
    wake();
    work(job, 0);
    while (finished.get() < tasks) {
      Thread.onSpinWait();
    }
    this.task = null;
    Throwable first = failure.getAndSet(null);
    switch (first) {
      case null -> {}
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      default -> throw new AssertionError("bug in Legible: a task cannot throw this", first);
    }
  }

  /// Claims and runs tasks of one job until none is left.
  private void work(long job, int worker) {
    long claim = claims.get();
    while (claim >>> 32 == job && (claim & FREE_MASK) > 0) {
      int index = tasks - (int) (claim & FREE_MASK);
      Task current = task;
      if (claims.compareAndSet(claim, claim - 1)) {
        try {
          current.run(index, worker);
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        }
        finished.incrementAndGet();
      }
      claim = claims.get();
    }
  }

  /// Starts the workers at the first job, and wakes those that have parked.
  private void wake() {
    for (int i = 0; i < workers.length; i++) {
      if (workers[i] == null) {
        int worker = i + 1;
        workers[i] = new Thread(() -> serve(worker), "legible-" + worker);
        workers[i].setDaemon(true);
        workers[i].start();
      } else {
        LockSupport.unpark(workers[i]);
      }
    }
  }

  private void serve(int worker) {
    long done = 0;
    while (!closed) {
      long job = awaitJob(done);
      work(job, worker);
      done = job;
    }
  }

  /// Spins for a moment, then parks, until there is another job than the given one.
  private long awaitJob(long done) {
    long start = System.nanoTime();
    while (true) {
      for (int look = 0; look < LOOKS_PER_GLANCE; look++) {
        long job = claims.get() >>> 32;
        if (job != done) {
          return job;
        }
        Thread.onSpinWait();
      }
      if (System.nanoTime() - start > SPIN_NANOS) {
        LockSupport.park(this);
        start = System.nanoTime();
      }
      if (closed) {
        return done;
      }
    }
  }

  /// Ends the threads.
  @Override
  public void close() {
    closed = true;
    for (Thread worker : workers) {
      LockSupport.unpark(worker);
    }
  }

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

package legible.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// Runs numbered tasks on a fixed number of threads.
///
/// Which thread runs which task is left to chance, so a task must write only what no other task of
/// the call touches. How the work is cut into tasks is the caller's duty and must follow from
/// shapes alone, never from the number of threads: that keeps the bits the same on any machine.
///
/// The caller takes tasks from the front, the others take them from the back, until they meet. The
/// layers of a network are cut alike, so a thread mostly finds what a layer reads in its own cache,
/// where it left it in the layer before.
///
/// One word, `claims`, holds the number of the current job and which of its tasks are free:
///
/// ```
///  63        32 31        16 15         0     a thread reads the word, then the job's fields, and
///  | job number | first free | free tasks |   claims the first or the last free task by a new word
/// ```
///
/// The claim succeeds only if the word is unchanged. Then the job had free tasks all the while, so
/// the caller was still in [#run] and the fields that were read in between were this job's: the
/// caller changes them between jobs only. (A job number comes again after 2³² jobs; a thread would
/// have to sleep through all of them between two instructions to be misled.) More tasks than the word
/// can count are run as several jobs.
///
/// Visibility, by the Java memory model: the caller's writes before run, and to the job's fields,
/// happen before it writes `claims`; a thread reads `claims` before it uses them. A task's writes
/// happen before its thread adds to `finished`; the caller reads `finished` before it returns.
///
/// An instance serves one calling thread at a time; a task may not call [#run] of the same
/// instance. A call allocates nothing, once the threads have been started by the first.
public final class Parallel implements AutoCloseable {
  /// Looks for a job before the clock is asked: some microseconds, as between two kernels.
  private static final int LOOKS = 2_000;

  /// How long a worker looks for the next job before it parks: longer than the pauses in a
  /// training step, since to wake a parked thread costs tens of microseconds, and short enough to
  /// burn no core when the caller rests. After the first looks it offers its core to others at each look, so
  /// that it takes nothing from threads that have work.
  private static final long PATIENCE_NANOS = 200_000;

  /// The most tasks of a job, and the mask of the two counts in `claims`.
  private static final int MOST_TASKS = 0xffff;

  private static final int FIRST_SHIFT = 16;
  private static final int JOB_SHIFT = 32;

  private final int threads;
  private final Worker[] workers;
  private final AtomicLong claims = new AtomicLong();
  private final AtomicInteger finished = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean closed;
  private volatile boolean running;
  private boolean started;
  private Task task;
  private int offset;

  /// A pool; threads start when they are first needed.
  ///
  /// @param threads threads that work at the same time, the caller's own included, >= 1; with 1 no
  ///     thread is ever started
  /// @throws IllegalArgumentException if there is no thread
  public Parallel(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("Parallel: threads expected >= 1, got " + threads);
    }
    this.threads = threads;
    this.workers = new Worker[threads - 1];
  }

  public int threads() {
    return threads;
  }

  /// Runs the tasks `0..tasks-1` and returns when all are done, those after a failed one too. The
  /// first failure of a task is thrown again here.
  ///
  /// @param tasks how many, >= 0
  /// @param task what each of them does
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
        runAlone(tasks, task);
      } else {
        for (int left = tasks; left > 0; left -= MOST_TASKS) {
          share(tasks - left, Math.min(MOST_TASKS, left), task);
        }
      }
      rethrowFailure();
    } finally {
      running = false;
    }
  }

  private void runAlone(int tasks, Task task) {
    for (int index = 0; index < tasks; index++) {
      runOne(task, index, 0);
    }
  }

  /// One job: the tasks from an offset on.
  private void share(int offset, int tasks, Task task) {
    this.task = task;
    this.offset = offset;
    finished.set(0);
    long job = currentJob() + 1;
    claims.set(job << JOB_SHIFT | tasks);
    wake(tasks - 1);
    work(currentJob(), 0);
    int looks = 0;
    while (finished.get() < tasks) {
      if (++looks < LOOKS) {
        Thread.onSpinWait();
      } else {
        offerCore();
      }
    }
    this.task = null;
  }

  /// Lets a thread run that may be waiting for this very core. A hint only: nothing depends on it.
  @SuppressWarnings("ThreadPriorityCheck")
  private static void offerCore() {
    Thread.yield();
  }

  private long currentJob() {
    return claims.get() >>> JOB_SHIFT;
  }

  private void rethrowFailure() {
    if (failure.get() == null) {
      return;
    }
    switch (failure.getAndSet(null)) {
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      case Throwable other -> throw new AssertionError("bug in Legible: no task throws it", other);
    }
  }

  /// Claims and runs tasks of one job until none is left.
  private void work(long job, int worker) {
    long claim = claims.get();
    while (claim >>> JOB_SHIFT == job && (claim & MOST_TASKS) > 0) {
      int first = (int) (claim >>> FIRST_SHIFT) & MOST_TASKS;
      int free = (int) claim & MOST_TASKS;
      boolean front = worker == 0;
      int index = offset + (front ? first : first + free - 1);
      Task current = task;
      if (claims.compareAndSet(claim, claim - 1 + (front ? 1L << FIRST_SHIFT : 0))) {
        runOne(current, index, worker);
        finished.incrementAndGet();
      }
      claim = claims.get();
    }
  }

  private void runOne(Task task, int index, int worker) {
    try {
      task.run(index, worker);
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  /// Starts the workers at the first job, and later wakes as many parked ones as can be of use.
  private void wake(int useful) {
    if (!started) {
      started = true;
      for (int i = 0; i < workers.length; i++) {
        workers[i] = new Worker(i + 1);
        workers[i].start();
      }
    }
    for (int i = 0; i < Math.min(useful, workers.length); i++) {
      if (workers[i].parked) {
        LockSupport.unpark(workers[i]);
      }
    }
  }

  /// Ends the threads and waits for their end. No task may be running.
  @Override
  public void close() {
    closed = true;
    if (!started) {
      return;
    }
    boolean interrupted = false;
    for (Worker worker : workers) {
      LockSupport.unpark(worker);
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// One part of a divided job.
  @FunctionalInterface
  public interface Task {
    /// Does one part.
    ///
    /// @param index which part, `0..tasks-1`
    /// @param worker which thread runs it, `0..threads-1`: the index of scratch memory that no
    ///     other running task uses
    void run(int index, int worker);
  }

  /// A thread that serves one job after the other; it does not keep the JVM alive.
  private final class Worker extends Thread {
    private final int number;

    /// Set before the last look at `claims` and the park that follows it. The caller writes
    /// `claims` before it reads this: one of the two sees the other's write, so no job is missed.
    private volatile boolean parked;

    Worker(int number) {
      super("legible-" + number);
      this.number = number;
      setDaemon(true);
    }

    @Override
    public void run() {
      long done = 0;
      while (!closed) {
        done = awaitJob(done);
        work(done, number);
      }
    }

    /// Waits for another job than the given one, or the end.
    private long awaitJob(long done) {
      for (int look = 0; look < LOOKS; look++) {
        if (isOver(done)) {
          return currentJob();
        }
        Thread.onSpinWait();
      }
      long start = System.nanoTime();
      while (System.nanoTime() - start < PATIENCE_NANOS) {
        if (isOver(done)) {
          return currentJob();
        }
        offerCore();
      }
      parked = true;
      while (!isOver(done)) {
        LockSupport.park(Parallel.this);
      }
      parked = false;
      return currentJob();
    }

    private boolean isOver(long done) {
      return currentJob() != done || closed;
    }
  }
}

package legible.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each task once, on a worker of its own, with all writes seen; failures; the end.
@Timeout(60)
class ParallelTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void eachTaskRunsOnce(int threads) {
    try (Parallel parallel = new Parallel(threads)) {
      for (int tasks : new int[] {0, 1, 2, 3, 7, 100, 1000, 150_000}) {
        AtomicIntegerArray runs = new AtomicIntegerArray(Math.max(1, tasks));
        parallel.run(tasks, (index, worker) -> runs.incrementAndGet(index));
        for (int index = 0; index < tasks; index++) {
          assertEquals(1, runs.get(index), "task " + index + " of " + tasks);
        }
      }
    }
  }

  /// Plain, not volatile arrays: a round reads what all threads wrote in the round before.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void writesAreSeenByTheNextRun(int threads) {
    try (Parallel parallel = new Parallel(threads)) {
      int tasks = 13;
      long[] from = new long[tasks];
      long[] to = new long[tasks];
      for (int round = 0; round < 20_000; round++) {
        long[] read = from;
        long[] write = to;
        parallel.run(tasks, (index, worker) -> write[index] = read[(index + 1) % tasks] + 1);
        from = write;
        to = read;
      }
      for (long value : from) {
        assertEquals(20_000, value);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void noTwoRunningTasksShareAWorker(int threads) {
    try (Parallel parallel = new Parallel(threads)) {
      AtomicIntegerArray busy = new AtomicIntegerArray(threads);
      AtomicBoolean shared = new AtomicBoolean();
      for (int round = 0; round < 500; round++) {
        parallel.run(
            50,
            (index, worker) -> {
              if (busy.incrementAndGet(worker) != 1) {
                shared.set(true);
              }
              busy.decrementAndGet(worker);
            });
      }
      assertFalse(shared.get());
    }
  }

  @Test
  void workersWakeAfterTheyHaveParked() throws InterruptedException {
    try (Parallel parallel = new Parallel(3)) {
      AtomicInteger runs = new AtomicInteger();
      for (int round = 0; round < 20; round++) {
        parallel.run(6, (index, worker) -> runs.incrementAndGet());
        Thread.sleep(2);
      }
      assertEquals(120, runs.get());
    }
  }

  /// Two tasks that wait for each other end only if two threads run them.
  @Test
  void tasksRunAtTheSameTime() {
    try (Parallel parallel = new Parallel(2)) {
      AtomicInteger arrived = new AtomicInteger();
      parallel.run(
          2,
          (index, worker) -> {
            arrived.incrementAndGet();
            while (arrived.get() < 2) {
              Thread.onSpinWait();
            }
          });
      assertEquals(2, arrived.get());
    }
  }

  @Test
  void theCallerTakesTheFrontAndTheOthersTakeTheBack() {
    try (Parallel parallel = new Parallel(2)) {
      AtomicInteger arrived = new AtomicInteger();
      AtomicIntegerArray workers = new AtomicIntegerArray(4);
      parallel.run(
          4,
          (index, worker) -> {
            workers.set(index, worker);
            // both run one task, then both another
            int turn = arrived.incrementAndGet() <= 2 ? 2 : 4;
            while (arrived.get() < turn) {
              Thread.onSpinWait();
            }
          });
      assertEquals("[0, 0, 1, 1]", workers.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void failureIsThrownInTheCaller(int threads) {
    try (Parallel parallel = new Parallel(threads)) {
      for (int round = 0; round < 200; round++) {
        RuntimeException failure = new RuntimeException("task 5");
        AtomicInteger runs = new AtomicInteger();
        RuntimeException thrown =
            assertThrows(
                RuntimeException.class,
                () ->
                    parallel.run(
                        20,
                        (index, worker) -> {
                          runs.incrementAndGet();
                          if (index == 5) {
                            throw failure;
                          }
                        }));
        assertSame(failure, thrown);
        assertEquals(20, runs.get());
      }
      parallel.run(3, (index, worker) -> {});
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void errorIsThrownInTheCaller(int threads) {
    try (Parallel parallel = new Parallel(threads)) {
      AssertionError error = new AssertionError("task 1");
      AssertionError thrown =
          assertThrows(
              AssertionError.class,
              () ->
                  parallel.run(
                      2,
                      (index, worker) -> {
                        if (index == 1) {
                          throw error;
                        }
                      }));
      assertSame(error, thrown);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void runInsideATaskIsRefused(int threads) {
    try (Parallel parallel = new Parallel(threads)) {
      assertThrows(
          IllegalStateException.class,
          () ->
              parallel.run(4, (index, worker) -> parallel.run(2, (innerIndex, innerWorker) -> {})));
      parallel.run(4, (index, worker) -> {});
    }
  }

  @Test
  void oneThreadStartsNone() {
    try (Parallel parallel = new Parallel(1)) {
      Thread caller = Thread.currentThread();
      Set<Thread> seen = ConcurrentHashMap.newKeySet();
      parallel.run(50, (index, worker) -> seen.add(Thread.currentThread()));
      assertEquals(Set.of(caller), seen);
    }
  }

  @Test
  void closeEndsTheThreads() {
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    Parallel parallel = new Parallel(3);
    AtomicInteger arrived = new AtomicInteger();
    parallel.run(
        3,
        (index, worker) -> {
          seen.add(Thread.currentThread());
          arrived.incrementAndGet();
          while (arrived.get() < 3) {
            Thread.onSpinWait();
          }
        });
    assertEquals(3, seen.size());
    seen.remove(Thread.currentThread());
    assertTrue(seen.stream().allMatch(Thread::isDaemon));
    parallel.close();
    assertTrue(seen.stream().noneMatch(Thread::isAlive));
    parallel.close();
    assertThrows(IllegalStateException.class, () -> parallel.run(1, (index, worker) -> {}));
  }

  @Test
  void closeWithoutARun() {
    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> new Parallel(4).close());
  }

  @Test
  void noThreadIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Parallel(0).close());
  }
}

package legible.digits.serve;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The threads that compute: as many as the limits say, with a queue of bounded length before them.
/// Threads that wait for clients are others, and cost next to nothing.
final class Workers implements AutoCloseable {
  private final Limits limits;
  private final ThreadPoolExecutor pool;

  Workers(Limits limits) {
    this.limits = limits;
    this.pool =
        new ThreadPoolExecutor(
            limits.workers(),
            limits.workers(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(limits.waiting()),
            Thread.ofPlatform().daemon().name("worker-", 1).factory());
  }

  /// Waits for a job to be done by a worker.
  ///
  /// @throws HttpFailure 503 where the queue is full or the answer takes too long; else the job's own
  Reply call(Callable<Reply> job) throws HttpFailure, IOException {
    Future<Reply> reply;
    try {
      reply = pool.submit(job);
    } catch (RejectedExecutionException e) {
      throw HttpFailure.busy("too many pictures wait to be read");
    }
    try {
      return reply.get(limits.answering().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      reply.cancel(true);
      throw HttpFailure.busy("the answer takes too long");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw HttpFailure.busy("the server is stopping");
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private static HttpFailure failure(Throwable cause) throws IOException {
    return switch (cause) {
      case HttpFailure e -> e;
      case OutOfMemoryError e ->
          HttpFailure.busy("the picture needs more memory than there is now");
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      default -> throw new IllegalStateException(cause);
    };
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}

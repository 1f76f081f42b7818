package legible.digits.serve;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// A web page to try the readers of digits and numbers, and the same readers as JSON over HTTP.
///
/// Each connection has a virtual thread of its own, which waits for the client; a few threads compute.
public final class DigitServer implements AutoCloseable {
  private static final int BACKLOG = 256;

  /// How long requests under way may take to end when the server is closed.
  private static final int GRACE_SECONDS = 10;

  private final HttpServer http;
  private final ExecutorService clients;
  private final Workers workers;
  private final AtomicBoolean closed = new AtomicBoolean();

  private DigitServer(HttpServer http, ExecutorService clients, Workers workers) {
    this.http = http;
    this.clients = clients;
    this.workers = workers;
  }

  /// Starts a server.
  ///
  /// @param address port 0 takes any that is free
  /// @param names by which clients may call it, besides `localhost` and any address
  /// @param models are not closed with it
  /// @param bugs is told failures of our own
  /// @throws IOException if the address cannot be had
  public static DigitServer start(
      InetSocketAddress address,
      Set<String> names,
      Models models,
      Limits limits,
      Consumer<Throwable> bugs)
      throws IOException {
    limits.apply();
    HttpServer http = HttpServer.create(address, BACKLOG);
    ExecutorService clients = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
    Workers workers = new Workers(limits);
    http.setExecutor(clients);
    Questions questions = new Questions(models, limits);
    http.createContext(
        "/",
        new Door(new HostRule(names), new Page(), new Bodies(limits), workers, questions, bugs));
    http.start();
    return new DigitServer(http, clients, workers);
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return http.getAddress();
  }

  /// Takes no more connections, lets requests under way end and stops.
  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      http.stop(GRACE_SECONDS);
      clients.shutdownNow();
      workers.close();
    }
  }
}

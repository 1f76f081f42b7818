package legible.digits.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Where every request comes in: who may ask, what there is to ask, and what every answer carries.
final class Door implements HttpHandler {
  /// Sent with every answer. The page takes scripts, styles and pictures from this server only, and
  /// stands in no other page's frame.
  private static final Map<String, String> SECURITY =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  private final HostRule hosts;
  private final Page page;
  private final Bodies bodies;
  private final Workers workers;
  private final Questions questions;
  private final Consumer<Throwable> bugs;

  /// @param bugs is told failures of our own
  Door(
      HostRule hosts,
      Page page,
      Bodies bodies,
      Workers workers,
      Questions questions,
      Consumer<Throwable> bugs) {
    this.hosts = hosts;
    this.page = page;
    this.bodies = bodies;
    this.workers = workers;
    this.questions = questions;
    this.bugs = bugs;
  }

  @Override
  public void handle(HttpExchange exchange) {
    try (exchange) {
      send(exchange, reply(exchange));
    } catch (IOException e) {
      // The client is gone, or was too slow: nobody is left to be told.
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    try {
      hosts.check(exchange.getRequestHeaders().getOrDefault("Host", List.of()));
      return route(exchange);
    } catch (HttpFailure e) {
      return e.reply();
    } catch (RuntimeException | OutOfMemoryError e) {
      bugs.accept(e);
      return new HttpFailure(500, "a bug in Legible: please report what the server printed")
          .reply();
    }
  }

  private Reply route(HttpExchange exchange) throws HttpFailure, IOException {
    URI address = exchange.getRequestURI();
    String path = address.getRawPath();
    return switch (path) {
      case "/v1/health" -> {
        allow(exchange, "GET", "HEAD");
        yield questions.health();
      }
      case "/v1/predict" -> {
        allow(exchange, "POST");
        Query query = Query.of(address.getRawQuery(), Set.of("max-error", "steps"));
        yield ask(exchange, picture -> questions.predict(picture, query));
      }
      case "/v1/read" -> {
        allow(exchange, "POST");
        Query query = Query.of(address.getRawQuery(), Set.of("amount", "max-error", "steps"));
        yield ask(exchange, picture -> questions.read(picture, query));
      }
      default -> {
        Reply file =
            page.file(path)
                .orElseThrow(
                    () ->
                        new HttpFailure(
                            404, "/, /v1/predict, /v1/read or /v1/health expected as the path"));
        allow(exchange, "GET", "HEAD");
        yield file;
      }
    };
  }

  private Reply ask(HttpExchange exchange, Bodies.Use question) throws HttpFailure, IOException {
    return bodies.use(exchange, picture -> workers.call(() -> question.with(picture)));
  }

  private static void allow(HttpExchange exchange, String... methods) throws HttpFailure {
    if (!List.of(methods).contains(exchange.getRequestMethod())) {
      String allowed = String.join(", ", methods);
      throw new HttpFailure(
          405, "the method " + allowed + " expected, got another", Map.of("Allow", allowed));
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    SECURITY.forEach(exchange.getResponseHeaders()::set);
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(reply.body().length));
      exchange.sendResponseHeaders(reply.status(), -1);
    } else {
      exchange.sendResponseHeaders(reply.status(), reply.body().length);
      exchange.getResponseBody().write(reply.body());
    }
  }
}

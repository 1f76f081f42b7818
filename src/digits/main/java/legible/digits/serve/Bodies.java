package legible.digits.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Receives pictures, and holds no more bytes of them than the limits say.
final class Bodies {
  private static final int KIBIBYTE = 1024;

  /// Of a body that is too large so much is still taken, in multiples of the limit: most clients read
  /// the refusal only when they have sent everything.
  private static final int PATIENCE = 4;

  private final Limits limits;
  private final Semaphore kibibytes;

  Bodies(Limits limits) {
    this.limits = limits;
    this.kibibytes = new Semaphore(limits.allBodyBytes() / KIBIBYTE, true);
  }

  /// What to do with a picture.
  @FunctionalInterface
  interface Use {
    Reply with(byte[] picture) throws HttpFailure, IOException;
  }

  /// Receives the picture of a request.
  ///
  /// @throws HttpFailure 415 for another type, 413 for too many bytes, 503 where too much is under way
  /// @throws IOException if the client is gone or too slow
  Reply use(HttpExchange exchange, Use use) throws HttpFailure, IOException {
    InputStream body = exchange.getRequestBody();
    long announced = announced(exchange);
    if (announced > limits.bodyBytes()) {
      throw tooLarge(body);
    }
    requirePicture(exchange.getRequestHeaders().getFirst("Content-Type"), body);
    int reserved = Math.ceilDiv(announced < 0 ? limits.bodyBytes() : (int) announced, KIBIBYTE);
    reserve(reserved);
    try {
      byte[] picture = body.readNBytes(limits.bodyBytes() + 1);
      if (picture.length > limits.bodyBytes()) {
        throw tooLarge(body);
      }
      return use.with(picture);
    } finally {
      kibibytes.release(reserved);
    }
  }

  /// The length that a request tells, or -1 if it comes in chunks.
  private static long announced(HttpExchange exchange) {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    return length == null ? -1 : Long.parseLong(length); // the JDK's server has checked it
  }

  /// Pages of other sites may send forms and plain text to any server without asking it first, but not
  /// these types.
  private void requirePicture(String type, InputStream body) throws HttpFailure, IOException {
    String lower = type == null ? "none" : type.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("image/") && !lower.equals("application/octet-stream")) {
      discard(body);
      throw new HttpFailure(
          415,
          "Content-Type: image/png, image/jpeg, image/bmp, image/gif, image/tiff or"
              + " application/octet-stream expected, with the bytes of the picture as the body");
    }
  }

  private HttpFailure tooLarge(InputStream body) throws IOException {
    discard(body);
    return new HttpFailure(413, "at most " + limits.bodyBytes() + " bytes expected, got more");
  }

  private void discard(InputStream body) throws IOException {
    byte[] buffer = new byte[8 * KIBIBYTE];
    long left = (long) PATIENCE * limits.bodyBytes();
    for (int n = body.read(buffer); n > 0 && left > 0; n = body.read(buffer)) {
      left -= n;
    }
  }

  private void reserve(int count) throws HttpFailure {
    try {
      if (!kibibytes.tryAcquire(count, limits.answering().toMillis(), TimeUnit.MILLISECONDS)) {
        throw HttpFailure.busy("too many large pictures are being read");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw HttpFailure.busy("the server is stopping");
    }
  }
}

package legible.digits.serve;

import java.io.IOException;
import java.util.Map;

/// A request that is answered with an error.
final class HttpFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> headers;

  /// @param status of HTTP, 400 or greater
  /// @param message what was expected, what came, what to do
  HttpFailure(int status, String message) {
    this(status, message, Map.of());
  }

  HttpFailure(int status, String message, Map<String, String> headers) {
    super(message);
    this.status = status;
    this.headers = headers;
  }

  /// More to do than the machine can, for now.
  static HttpFailure busy(String message) {
    return new HttpFailure(503, message + "; try again soon", Map.of("Retry-After", "2"));
  }

  /// The answer: `{"status":..,"error":".."}`.
  Reply reply() throws IOException {
    return Reply.json(
        status,
        out -> {
          out.writeNumberField("status", status);
          out.writeStringField("error", getMessage());
        },
        headers);
  }
}

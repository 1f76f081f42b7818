package legible.digits.serve;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import legible.digits.json.JsonText;

/// What is sent to a client.
///
/// @param status of HTTP
/// @param headers besides those that every answer has
/// @param body all of it
record Reply(int status, Map<String, String> headers, byte[] body) {
  /// A JSON document, to be kept by nobody.
  static Reply json(int status, JsonText.Content content, Map<String, String> more)
      throws IOException {
    Map<String, String> headers = new LinkedHashMap<>(more);
    headers.put("Content-Type", "application/json");
    headers.put("Cache-Control", "no-store");
    return new Reply(status, headers, JsonText.line(content));
  }
}

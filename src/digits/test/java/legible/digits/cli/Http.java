package legible.digits.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// An answer over HTTP, got through a plain socket: so that tests can also send what no proper client
/// would.
///
/// @param status of HTTP
/// @param headers by their names in lower case
/// @param body as text
record Http(int status, Map<String, String> headers, String body) {
  /// So long may an answer take before the test fails.
  private static final int PATIENCE_MILLIS = 60_000;

  static Http get(int port, String path) throws IOException {
    return send(port, "GET", path, Map.of(), new byte[0]);
  }

  static Http post(int port, String path, byte[] picture) throws IOException {
    return send(port, "POST", path, Map.of("Content-Type", "image/png"), picture);
  }

  /// Sends a request to this machine.
  static Http send(int port, String method, String path, Map<String, String> headers, byte[] body)
      throws IOException {
    try (Socket socket = open(port)) {
      socket.getOutputStream().write(head(method, path, headers, body.length));
      socket.getOutputStream().write(body);
      return answer(socket);
    }
  }

  static Socket open(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /// The lines before a body. A header that is given with an empty value is left out.
  static byte[] head(String method, String path, Map<String, String> headers, int length) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Host", "localhost");
    all.put("Connection", "close");
    all.put("Content-Length", Integer.toString(length));
    all.putAll(headers);
    StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    all.entrySet().stream()
        .filter(header -> !header.getValue().isEmpty())
        .forEach(h -> text.append(h.getKey() + ": " + h.getValue() + "\r\n"));
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Reads an answer: what its header announces, or what comes until the server closes.
  static Http answer(Socket socket) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    String status = line(in);
    if (status.isEmpty()) {
      throw new IOException("an answer expected, got the end of the connection");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String[] parts = line.split(": *", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
    }
    String length = headers.get("content-length");
    byte[] body = length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
    return new Http(
        Integer.parseInt(status.split(" ")[1]), headers, new String(body, StandardCharsets.UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append(c == '\r' ? "" : Character.toString(c));
    }
    return line.toString();
  }

  /// The fields of the JSON document in the body.
  Map<String, Object> json() throws IOException {
    return Cli.json(body.strip());
  }
}

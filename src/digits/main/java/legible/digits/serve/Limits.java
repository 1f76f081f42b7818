package legible.digits.serve;

import java.time.Duration;

/// What one client may ask of the server, and all of them together.
///
/// @param bodyBytes of the largest picture
/// @param allBodyBytes of the pictures of all clients that are held at the same time
/// @param workers pictures that are read at the same time
/// @param waiting pictures that wait for a worker
/// @param sending how long a client may take to send a request
/// @param answering how long a client waits for an answer
public record Limits(
    int bodyBytes,
    int allBodyBytes,
    int workers,
    int waiting,
    Duration sending,
    Duration answering) {
  /// Connections that are open at the same time; more are closed at once.
  static final int CONNECTIONS = 1024;

  private static final int MEBIBYTE = 1 << 20;

  /// The limits of `legible serve`.
  ///
  /// @param workers >= 1
  /// @param sending at least a second
  public static Limits of(int workers, Duration sending) {
    return new Limits(16 * MEBIBYTE, 128 * MEBIBYTE, workers, 256, sending, Duration.ofSeconds(30));
  }

  /// Tells the JDK's server those that it keeps itself. It reads them when the first server of a JVM
  /// is made; one that the user set by an option of the JVM stays.
  void apply() {
    set("sun.net.httpserver.maxReqTime", sending.toSeconds());
    set("sun.net.httpserver.maxRspTime", sending.plus(answering).toSeconds());
    set("jdk.httpserver.maxConnections", CONNECTIONS);
    set("sun.net.httpserver.maxReqHeaders", 100);
    set("sun.net.httpserver.maxReqHeaderSize", 32 * 1024);
    // Else Nagle's algorithm holds the end of an answer back until the client's kernel confirms its
    // beginning, up to 40 ms later.
    set("sun.net.httpserver.nodelay", true);
  }

  private static void set(String property, Object value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value.toString());
    }
  }
}

package legible.digits.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import legible.digits.Repository;
import legible.digits.serve.DigitServer;
import legible.digits.serve.Limits;
import legible.digits.serve.Models;
import legible.format.ModelFile;
import legible.kernel.KernelSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `serve` over HTTP: what it answers, and what it refuses.
class ServeCommandTest {
  private static final Path NINE = Repository.ROOT.resolve("docs").resolve("nine.png");
  private static final Path CNN = Repository.ROOT.resolve("models").resolve("cnn.legible");
  private static final int CLIENTS = 32;

  private static Path strict;
  private static ServerProcess server;

  @TempDir Path folder;

  @BeforeAll
  static void start(@TempDir Path models) throws IOException {
    strict = ServerProcess.strictModel(models);
    server = ServerProcess.start("--model", strict, "--allow-host", "digits.example.org");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// Checks that a request is refused with this status, an explanation, and nothing like an answer.
  private static void assertRefused(int status, String words, Http answer) throws IOException {
    assertEquals(status, answer.status(), answer.body());
    Map<String, Object> json = answer.json();
    assertEquals(Set.of("status", "error"), json.keySet());
    assertEquals((double) status, json.get("status"));
    assertTrue(((String) json.get("error")).contains(words), answer.body());
    assertEquals("nosniff", answer.headers().get("x-content-type-options"));
  }

  private static byte[] blank(int width, int height) throws IOException {
    BufferedImage white = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY);
    int[] row = new int[width];
    Arrays.fill(row, 1);
    for (int y = 0; y < height; y++) {
      white.getRaster().setPixels(0, y, width, 1, row);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(white, "png", bytes);
    return bytes.toByteArray();
  }

  @Test
  void theSameAnswerAsTheCommand() throws IOException, InterruptedException {
    Map<String, Object> command = Cli.run("predict", "--json", "--model", strict, NINE).json();
    command.remove("file");
    Http answer = Http.post(server.port(), "/v1/predict", Files.readAllBytes(NINE));
    assertEquals(200, answer.status());
    assertEquals(command, answer.json());
  }

  @Test
  void refusals() throws IOException {
    byte[] nine = Files.readAllBytes(NINE);
    Http given = Http.post(server.port(), "/v1/predict?max-error=0.01", nine);
    assertEquals(9.0, given.json().get("digit"));
    Map<String, Object> refused =
        Http.post(server.port(), "/v1/predict?max-error=0.005", nine).json();
    assertNull(refused.get("digit"));
    assertEquals(true, refused.get("rejected"));
    assertTrue(((String) refused.get("reason")).contains("99.900 % needed"), refused.toString());
    assertRefused(
        400, "at least 0.001", Http.post(server.port(), "/v1/predict?max-error=1e-4", nine));
  }

  @Test
  void stepsEndWithWhatTheNetworkSaw() throws IOException {
    Http answer = Http.post(server.port(), "/v1/predict?steps=true", Files.readAllBytes(NINE));
    List<?> steps = (List<?>) answer.json().get("steps");
    assertTrue(steps.size() > 4, answer.body());
    Map<?, ?> last = (Map<?, ?>) steps.getLast();
    assertEquals(28.0, last.get("width"));
    byte[] pixels = Base64.getDecoder().decode((String) last.get("pixels"));
    assertEquals(28 * 28, pixels.length);
  }

  @Test
  void numbers() throws IOException, InterruptedException {
    Map<String, Object> command = Cli.run("read", "--amount", "--json", NINE).json();
    command.remove("file");
    Http answer = Http.post(server.port(), "/v1/read?amount=true", Files.readAllBytes(NINE));
    Map<String, Object> json = answer.json();
    assertEquals(168.0, json.remove("width"));
    assertEquals(168.0, json.remove("height"));
    assertEquals(command, json);
    assertRefused(
        400,
        "max-error",
        Http.post(server.port(), "/v1/read?max-error=1e-9", Files.readAllBytes(NINE)));
    Http steps = Http.post(server.port(), "/v1/read?steps=true", Files.readAllBytes(NINE));
    assertEquals(2, ((List<?>) steps.json().get("steps")).size());
  }

  @Test
  void healthAndThePage() throws IOException {
    Map<String, Object> health = Http.get(server.port(), "/v1/health").json();
    assertEquals("ok", health.get("status"));
    assertEquals("cnn", ((Map<?, ?>) health.get("model")).get("name"));
    for (String path : List.of("/", "/page.css", "/page.js", "/icon.svg")) {
      Http file = Http.get(server.port(), path);
      assertEquals(200, file.status(), path);
      assertTrue(
          file.headers().get("content-security-policy").contains("frame-ancestors 'none'"), path);
      assertEquals("no-referrer", file.headers().get("referrer-policy"));
      Http head = Http.send(server.port(), "HEAD", path, Map.of(), new byte[0]);
      assertEquals("", head.body());
      assertEquals(file.headers().get("content-length"), head.headers().get("content-length"));
    }
    assertFalse(Http.get(server.port(), "/").body().contains("://"), "an address outside");
  }

  @Test
  void picturesThatAreNone() throws IOException {
    byte[] nine = Files.readAllBytes(NINE);
    byte[] text = "not a picture".getBytes(StandardCharsets.UTF_8);
    for (String path : List.of("/v1/predict", "/v1/read")) {
      int port = server.port();
      assertRefused(400, "empty file", Http.post(port, path, new byte[0]));
      assertRefused(400, "another format", Http.post(port, path, text));
      assertRefused(
          400, "cannot be decoded", Http.post(port, path, Arrays.copyOf(nine, nine.length / 2)));
      assertRefused(400, "got 10000 x 10000", Http.post(port, path, blank(10_000, 10_000)));
      assertRefused(400, "1 x 1", Http.post(port, path, blank(1, 1)));
      assertRefused(400, "stands out from its ground", Http.post(port, path, blank(300, 100)));
      assertRefused(413, "16777216 bytes", Http.post(port, path, new byte[17_000_000]));
    }
  }

  @Test
  void chunksAreCountedToo() throws IOException {
    try (Socket socket = Http.open(server.port())) {
      Map<String, String> headers =
          Map.of("Content-Length", "", "Transfer-Encoding", "chunked", "Content-Type", "image/png");
      socket.getOutputStream().write(Http.head("POST", "/v1/predict", headers, 0));
      byte[] megabyte = new byte[1_000_000];
      for (int i = 0; i < 17; i++) {
        socket.getOutputStream().write("f4240\r\n".getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(megabyte);
        socket.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      socket.getOutputStream().write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertRefused(413, "16777216 bytes", Http.answer(socket));
    }
  }

  /// Status, method, path, a header and its value.
  @ParameterizedTest
  @CsvSource({
    "404, GET, /secret, Accept, */*",
    "404, GET, /../page.css, Accept, */*",
    "404, GET, /%70age.css, Accept, */*",
    "404, POST, /v1/predict/, Content-Type, image/png",
    "405, GET, /v1/predict, Accept, */*",
    "405, OPTIONS, /v1/read, Origin, http://evil.example",
    "405, DELETE, /, Accept, */*",
    "405, POST, /v1/health, Accept, */*",
    "415, POST, /v1/predict, Content-Type, application/x-www-form-urlencoded",
    "415, POST, /v1/predict, Content-Type, text/plain",
    "415, POST, /v1/read, Accept, */*",
    "400, POST, /v1/predict?stepz=true, Content-Type, image/png",
    "400, POST, /v1/predict?steps=yes, Content-Type, image/png",
    "400, POST, /v1/predict?steps=true&steps=true, Content-Type, image/png",
    "400, POST, /v1/predict?max-error=2, Content-Type, image/png",
    "400, POST, /v1/predict?max-error=NaN, Content-Type, image/png",
    "421, GET, /, Host, evil.example",
    "421, GET, /, Host, localhost.evil.example:8080",
    "421, GET, /, Host, 127.0.0.1.evil.example",
    "421, POST, /v1/predict, Host, evil.example",
    "400, GET, /, Host, 'localhost, evil.example'",
    "400, GET, /, Host, ''",
    "200, GET, /, Host, LOCALHOST:1234",
    "200, GET, /, Host, Digits.example.org",
    "200, GET, /, Host, 192.168.1.7:8080",
    "200, GET, /, Host, '[::1]:8080'"
  })
  void whatIsAsked(int status, String method, String path, String header, String value)
      throws IOException {
    Http answer =
        Http.send(server.port(), method, path, Map.of(header, value), Files.readAllBytes(NINE));
    assertEquals(status, answer.status(), answer.body());
    if (status != 200) {
      assertRefused(status, "expected", answer);
    }
    assertEquals(status == 405, answer.headers().containsKey("allow"));
  }

  /// Many clients at once, each with a picture of its own: none gets another one's answer.
  @Test
  void manyClients() throws Exception {
    List<Callable<Integer>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      byte[] picture = Files.readAllBytes(Cli.picture(folder, i, 1));
      clients.add(
          () -> {
            int digit = digit(picture);
            for (int again = 0; again < 4; again++) {
              assertEquals(digit, digit(picture));
            }
            return digit;
          });
    }
    List<Integer> digits = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> client : threads.invokeAll(clients)) {
        digits.add(client.get());
      }
    }
    // The labels of the first test pictures of MNIST.
    List<Integer> labels =
        List.of(
            7, 2, 1, 0, 4, 1, 4, 9, 5, 9, 0, 6, 9, 0, 1, 5, 9, 7, 3, 4, 9, 6, 6, 5, 4, 0, 7, 4, 0,
            1, 3, 1);
    assertEquals(labels, digits);
  }

  private static int digit(byte[] picture) throws IOException {
    Http answer = Http.post(server.port(), "/v1/predict", picture);
    assertEquals(200, answer.status(), answer.body());
    return (int) (double) answer.json().get("digit");
  }

  /// A client that sends a part of its request and then nothing is sent away; a server that is told to
  /// stop takes no new client, but ends what it has begun.
  @Test
  void slowClientsAndTheEnd() throws Exception {
    byte[] nine = Files.readAllBytes(NINE);
    byte[] head =
        Http.head("POST", "/v1/predict", Map.of("Content-Type", "image/png"), nine.length);
    try (ServerProcess hasty = ServerProcess.start("--send-seconds", 1);
        Socket halfHead = Http.open(hasty.port());
        Socket halfBody = Http.open(hasty.port())) {
      halfHead.getOutputStream().write(head, 0, head.length / 2);
      halfBody.getOutputStream().write(head);
      halfBody.getOutputStream().write(nine, 0, nine.length / 2);
      assertThrows(IOException.class, () -> Http.answer(halfHead));
      assertThrows(IOException.class, () -> Http.answer(halfBody));
      assertEquals(200, Http.post(hasty.port(), "/v1/predict", nine).status());
    }
    try (ServerProcess stopping = ServerProcess.start();
        Socket begun = Http.open(stopping.port())) {
      begun.getOutputStream().write(head);
      begun.getOutputStream().write(nine, 0, nine.length / 2);
      begun.getOutputStream().flush();
      assertEquals(
          200, Http.get(stopping.port(), "/v1/health").status()); // so `begun` is under way
      stopping.process().destroy();
      awaitRefusal(stopping.port());
      begun.getOutputStream().write(nine, nine.length / 2, nine.length - nine.length / 2);
      assertEquals(200, Http.answer(begun).status());
      assertTrue(stopping.process().waitFor(30, TimeUnit.SECONDS));
      assertEquals(128 + 15, stopping.process().exitValue());
    }
  }

  private static void awaitRefusal(int port) throws IOException, InterruptedException {
    while (true) {
      try {
        Http.open(port).close();
      } catch (ConnectException e) {
        return;
      }
      Thread.sleep(20);
    }
  }

  @Test
  void wrongUse() throws IOException, InterruptedException {
    assertTrue(Cli.run("serve", "--port", 70_000).refusal(2).contains("0..65535"));
    assertTrue(Cli.run("serve", "--send-seconds", 0).refusal(2).contains("at least 1"));
    assertTrue(Cli.run("serve", "--port", server.port()).refusal(1).contains("another --port"));
    assertTrue(Cli.run("serve", "--reader", CNN).refusal(1).contains("a reader of lines expected"));
  }

  /// Without a reader, without thresholds and without a place in the queue.
  @Test
  void whatIsMissing() throws Exception {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Limits limits =
        new Limits(1 << 20, 1 << 20, 1, 1, Duration.ofSeconds(30), Duration.ofSeconds(30));
    List<Throwable> bugs = new ArrayList<>();
    ModelFile cnn = ModelFile.read(CNN);
    ModelFile plain = new ModelFile(cnn.architecture(), cnn.weights(), new TreeMap<>());
    try (Models models = new Models(plain, Optional.empty(), KernelSet.SCALAR);
        DigitServer small = DigitServer.start(anyPort, Set.of(), models, limits, bugs::add)) {
      int port = small.address().getPort();
      assertNull(Http.get(port, "/v1/health").json().get("reader"));
      assertRefused(503, "without a reader", Http.post(port, "/v1/read", Files.readAllBytes(NINE)));
      assertRefused(
          400,
          "a model with thresholds expected",
          Http.post(port, "/v1/predict?max-error=0.01", Files.readAllBytes(NINE)));
      byte[] large = blank(2000, 2000);
      List<Callable<Http>> clients = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        clients.add(() -> Http.post(port, "/v1/predict", large));
      }
      int busy = 0;
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (Future<Http> client : threads.invokeAll(clients)) {
          Http answer = client.get();
          if (answer.status() == 503) {
            busy++;
            assertRefused(503, "too many pictures wait", answer);
            assertEquals("2", answer.headers().get("retry-after"));
          } else {
            assertRefused(400, "stands out", answer);
          }
        }
      }
      assertTrue(busy > 0 && busy < clients.size(), "busy: " + busy);
    }
    assertEquals(List.of(), bugs);
  }
}

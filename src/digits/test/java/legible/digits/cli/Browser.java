package legible.digits.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import legible.digits.json.JsonText;

/// A real Chromium without a window, driven over the W3C's WebDriver protocol.
///
/// Source: WebDriver, W3C Recommendation 2018; paths below `goog` and `se` are chromedriver's own.
final class Browser implements AutoCloseable {
  private static final Pattern STARTED = Pattern.compile(".*successfully on port (\\d+).*");

  /// The name under which WebDriver hands out elements.
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

  private final Process driver;
  private final int port;
  private final String session;

  /// Starts a browser.
  ///
  /// @param chromedriver the program
  Browser(Path chromedriver) throws IOException {
    driver =
        new ProcessBuilder(chromedriver.toString(), "--port=0").redirectErrorStream(true).start();
    port = port(driver.inputReader(StandardCharsets.UTF_8));
    Object value =
        ask(
            "POST",
            "/session",
            """
            {"capabilities": {"alwaysMatch": {
              "goog:loggingPrefs": {"browser": "ALL"},
              "goog:chromeOptions": {"args": ["--headless=new", "--no-sandbox", "--disable-gpu",
                "--disable-dev-shm-usage", "--force-device-scale-factor=1"]}}}}\
            """);
    session = "/session/" + ((Map<?, ?>) value).get("sessionId");
  }

  /// The driver on the PATH, if there is one.
  static Optional<Path> chromedriver() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "chromedriver"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int port(BufferedReader out) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher matcher = STARTED.matcher(line);
      if (matcher.matches()) {
        return Integer.parseInt(matcher.group(1));
      }
    }
    throw new IOException("chromedriver: a port expected, got none");
  }

  private Object ask(String method, String path, String body) throws IOException {
    return ask(method, path, body.getBytes(StandardCharsets.UTF_8));
  }

  private Object ask(String method, String path, byte[] body) throws IOException {
    Http answer = Http.send(port, method, path, Map.of("Content-Type", "application/json"), body);
    if (answer.status() != 200) {
      throw new IOException(path + ": " + answer.body());
    }
    return answer.json().get("value");
  }

  private Object post(String path, JsonText.Content content) throws IOException {
    return ask("POST", session + path, JsonText.line(content));
  }

  /// Opens a page.
  void open(String url) throws IOException {
    post("/url", json -> json.writeStringField("url", url));
  }

  /// What a script returns.
  Object run(String script) throws IOException {
    return post(
        "/execute/sync",
        json -> {
          json.writeStringField("script", script);
          json.writeArrayFieldStart("args");
          json.writeEndArray();
        });
  }

  private String element(String selector) throws IOException {
    Object found =
        post(
            "/element",
            json -> {
              json.writeStringField("using", "css selector");
              json.writeStringField("value", selector);
            });
    return "/element/" + ((Map<?, ?>) found).get(ELEMENT);
  }

  /// The text that a person sees.
  String text(String selector) throws IOException {
    return (String) ask("GET", session + element(selector) + "/text", "");
  }

  void click(String selector) throws IOException {
    post(element(selector) + "/click", json -> {});
  }

  /// Types into an element; gives a file to one that takes files.
  void type(String selector, String keys) throws IOException {
    post(element(selector) + "/value", json -> json.writeStringField("text", keys));
  }

  /// Draws a line with the left button down through points in the window.
  void drag(List<int[]> points) throws IOException {
    StringBuilder moves = new StringBuilder();
    for (int i = 0; i < points.size(); i++) {
      moves.append(
          String.format(
              Locale.ROOT,
              "{\"type\": \"pointerMove\", \"duration\": 20, \"x\": %d, \"y\": %d}%s",
              points.get(i)[0],
              points.get(i)[1],
              i == 0 ? ", {\"type\": \"pointerDown\", \"button\": 0}, " : ", "));
    }
    ask(
        "POST",
        session + "/actions",
        """
        {"actions": [{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"},
          "actions": [%s {"type": "pointerUp", "button": 0}]}]}\
        """
            .formatted(moves));
  }

  /// Makes the window of a size and the reader's preference light or dark.
  void screen(int width, int height, boolean dark) throws IOException {
    protocol(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\": %d, \"height\": %d, \"deviceScaleFactor\": 1, \"mobile\": %b}"
            .formatted(width, height, width < 600));
    protocol(
        "Emulation.setEmulatedMedia",
        "{\"features\": [{\"name\": \"prefers-color-scheme\", \"value\": \"%s\"}]}"
            .formatted(dark ? "dark" : "light"));
  }

  private Object protocol(String command, String parameters) throws IOException {
    return ask(
        "POST",
        session + "/goog/cdp/execute",
        "{\"cmd\": \"%s\", \"params\": %s}".formatted(command, parameters));
  }

  /// Keeps a picture of the whole page.
  void photograph(Path file) throws IOException {
    Object picture = protocol("Page.captureScreenshot", "{\"captureBeyondViewport\": true}");
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode((String) ((Map<?, ?>) picture).get("data")));
  }

  /// What the console has said since the last call.
  List<?> console() throws IOException {
    return (List<?>) post("/se/log", json -> json.writeStringField("type", "browser"));
  }

  /// The names and roles of what a screen reader comes across.
  List<?> accessibility() throws IOException {
    return (List<?>) ((Map<?, ?>) protocol("Accessibility.getFullAXTree", "{}")).get("nodes");
  }

  @Override
  public void close() throws IOException {
    try {
      ask("DELETE", session, "");
    } finally {
      driver.destroy();
    }
  }
}

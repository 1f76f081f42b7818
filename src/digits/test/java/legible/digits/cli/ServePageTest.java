package legible.digits.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import legible.digits.Repository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page of `serve` in a real browser, with pictures of it in `target/screenshots`.
class ServePageTest {
  private static final Path SCREENSHOTS =
      Repository.ROOT.resolve("target").resolve("screenshots").toAbsolutePath();

  private static final int POLLS = 600;
  private static final int POLL_MILLIS = 50;

  private static ServerProcess server;
  private static Browser browser;

  @BeforeAll
  static void start(@TempDir Path models) throws IOException {
    Optional<Path> driver = Browser.chromedriver();
    assumeTrue(driver.isPresent(), "no chromedriver on the PATH (apt install chromium-driver)");
    server = ServerProcess.start("--model", ServerProcess.strictModel(models));
    browser = new Browser(driver.get());
  }

  @AfterAll
  static void stop() throws IOException {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    browser.screen(1280, 900, false);
    browser.open("http://localhost:" + server.port() + "/");
    for (int i = 0; i < POLLS && browser.text("#about").isEmpty(); i++) {
      Thread.sleep(POLL_MILLIS); // until the page knows what the server has
    }
  }

  @AfterEach
  void nothingInTheConsole() throws IOException {
    assertEquals(List.of(), browser.console());
  }

  /// Draws lines given in hundredths of the drawing area's height, from its upper left corner.
  private static void draw(List<int[]> points) throws IOException {
    Map<?, ?> box =
        (Map<?, ?>)
            browser.run(
                "const c = document.getElementById('canvas');"
                    + "c.scrollIntoView({block: 'center'});"
                    + "const b = c.getBoundingClientRect();"
                    + "return {left: b.left, top: b.top, height: b.height}");
    double scale = (double) box.get("height") / 100;
    browser.drag(
        points.stream()
            .map(
                p ->
                    new int[] {
                      (int) ((double) box.get("left") + p[0] * scale),
                      (int) ((double) box.get("top") + p[1] * scale)
                    })
            .toList());
  }

  private static List<int[]> seven(int left) {
    return List.of(
        new int[] {left, 22},
        new int[] {left + 20, 21},
        new int[] {left + 42, 20},
        new int[] {left + 34, 45},
        new int[] {left + 22, 80});
  }

  private static List<int[]> one(int left) {
    return List.of(new int[] {left, 20}, new int[] {left - 1, 50}, new int[] {left - 2, 80});
  }

  private static void await(String selector, String text) throws Exception {
    String seen = "";
    for (int i = 0; i < POLLS && !seen.equals(text); i++) {
      Thread.sleep(POLL_MILLIS);
      seen = browser.text(selector);
    }
    assertEquals(text, seen, browser.text("#status"));
  }

  private static void assertFitsTheWindow() throws IOException {
    Object beyond =
        browser.run(
            "return [...document.querySelectorAll('body *')].filter(e =>"
                + " e.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5"
                + " ).map(e => e.tagName + '#' + e.id)");
    assertEquals(List.of(), beyond);
  }

  @Test
  void aDigitIsDrawn() throws Exception {
    draw(seven(30));
    await("#answer", "7");
    assertTrue(browser.text("#sure").endsWith("% sure"), browser.text("#sure"));
    assertEquals(10.0, browser.run("return document.querySelectorAll('#bars tbody tr').length"));
    assertTrue(browser.text("#bars tr.best").startsWith("7"));
    assertEquals(28.0, browser.run("return document.getElementById('pixels').width"));
    assertTrue((double) browser.run("return document.querySelectorAll('#steps li').length") > 4);
    assertFitsTheWindow();
    browser.photograph(SCREENSHOTS.resolve("digit-1280.png"));
    browser.screen(1280, 900, true);
    browser.photograph(SCREENSHOTS.resolve("digit-1280-dark.png"));
    browser.click("#clear");
    await("#sure", "Nothing written yet.");
    assertEquals("", browser.text("#answer"));
  }

  @Test
  void onAPhone() throws Exception {
    browser.screen(500, 900, false);
    draw(seven(30));
    await("#answer", "7");
    assertFitsTheWindow();
    browser.photograph(SCREENSHOTS.resolve("digit-500.png"));
    browser.screen(500, 900, true);
    browser.photograph(SCREENSHOTS.resolve("digit-500-dark.png"));
    browser.type("#max-error", "0.1");
    await("#answer", "Not sure enough");
    assertTrue(browser.text("#sure").startsWith("Refused: most likely a 7"), browser.text("#sure"));
    browser.photograph(SCREENSHOTS.resolve("refused-500-dark.png"));
  }

  @Test
  void withTheKeyboard() throws Exception {
    String down = "\uE015";
    String right = "\uE014";
    browser.type("#canvas", right + " " + down.repeat(16) + " ");
    browser.photograph(SCREENSHOTS.resolve("keyboard-1280.png"));
    browser.type("#canvas", "\uE007"); // Enter
    await("#answer", "1");
    browser.type("#canvas", "\uE00C"); // Escape
    await("#sure", "Nothing written yet.");
  }

  /// Everything that can be used has a name, and the answer is told when it changes.
  @Test
  void forScreenReaders() throws Exception {
    draw(seven(30));
    await("#answer", "7");
    StringBuilder seen = new StringBuilder();
    for (Object node : browser.accessibility()) {
      Map<?, ?> fields = (Map<?, ?>) node;
      String role = word(fields, "role");
      String name = word(fields, "name");
      seen.append(role).append(':').append(name).append('\n');
      if (List.of("button", "radio", "combobox", "application", "image").contains(role)) {
        assertTrue(!name.isBlank(), role + " without a name");
      }
    }
    for (String expected :
        List.of("application:Drawing area", "button:Read", "radio:a digit", "status:", "table:")) {
      assertTrue(seen.toString().contains(expected), expected + " expected in " + seen);
    }
  }

  private static String word(Map<?, ?> node, String field) {
    return node.get(field) instanceof Map<?, ?> value ? String.valueOf(value.get("value")) : "";
  }

  @Test
  void aPictureIsChosen(@TempDir Path folder) throws Exception {
    browser.type("#file", Repository.ROOT.resolve("docs/nine.png").toRealPath().toString());
    await("#answer", "9");
    browser.photograph(SCREENSHOTS.resolve("picture-1280.png"));
    Path text = Files.writeString(folder.resolve("text.png"), "not a picture");
    browser.type("#file", text.toString());
    await("#answer", "–");
    assertTrue(browser.text("#sure").contains("another format"), browser.text("#sure"));
    assertEquals(false, browser.run("return document.getElementById('details').checkVisibility()"));
    // The browser itself writes the status 400 to the console.
    assertEquals(
        List.of("network"),
        browser.console().stream()
            .map(entry -> ((Map<?, ?>) entry).get("source"))
            .collect(Collectors.toList()));
  }

  @Test
  void aNumberIsDrawn() throws Exception {
    browser.click("input[value=number]");
    draw(one(60));
    draw(seven(100));
    draw(one(190));
    await("#answer", "171");
    assertEquals(3.0, browser.run("return document.querySelectorAll('#boxes rect').length"));
    assertFitsTheWindow();
    browser.photograph(SCREENSHOTS.resolve("number-1280.png"));
    browser.screen(500, 900, false);
    assertFitsTheWindow();
    browser.photograph(SCREENSHOTS.resolve("number-500.png"));
  }
}

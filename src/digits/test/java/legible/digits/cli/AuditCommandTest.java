package legible.digits.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import legible.digits.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
  @TempDir private Path folder;

  /// Every operation and kernel passes, and the committed cards are those that come out today. Where
  /// they are not, `./legible audit` writes them anew.
  @Test
  void theCardsAreThoseOfToday() throws IOException, InterruptedException {
    Path cards = folder.resolve("audit");
    Cli cli = Cli.run("audit", "--out", cards, "--json");
    Map<String, Object> json = cli.json();
    assertEquals(true, json.get("passed"));
    assertTrue(((List<?>) json.get("findings")).size() >= 114);
    assertEquals(pages(Repository.ROOT.resolve("docs/audit")), pages(cards));
  }

  private static Map<String, String> pages(Path folder) throws IOException {
    Map<String, String> pages = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        pages.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return pages;
  }

  @Test
  void refusesOneThreadAndMissingSources() throws IOException, InterruptedException {
    assertEquals(
        "legible: --threads: a number in 2..256 expected, got 1",
        Cli.run("audit", "--threads", 1).refusal(2));
    String message =
        Cli.runWith(List.of("-Dlegible.home=" + folder), "audit", "--out", folder).refusal(1);
    assertTrue(message.contains("the sources of the engine expected"), message);
  }
}

package legible.digits.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import legible.audit.Finding;
import legible.audit.GradientError;
import legible.format.Storage;

/// The cards of an audit as files, and an index of them.
public final class Cards {
  private static final String INDEX = "README.md";

  private Cards() {}

  /// Findings by what they are about, in the order of the audit.
  public static Map<String, List<Finding>> bySubject(List<Finding> findings) {
    return findings.stream()
        .collect(Collectors.groupingBy(Finding::subject, LinkedHashMap::new, Collectors.toList()));
  }

  /// Writes a card for each subject and the index; nothing is written if a card cannot be made.
  ///
  /// @param engine the sources of the engine, with `main` and `test`
  /// @param folder where to; made if it is missing
  /// @throws IOException if the sources are missing or a file cannot be written
  public static void write(List<Finding> findings, Path engine, Path folder) throws IOException {
    if (!Files.isDirectory(engine.resolve("main")) || !Files.isDirectory(engine.resolve("test"))) {
      throw new IOException(
          engine
              + ": the sources of the engine expected, which the cards quote; use --no-cards"
              + " without them");
    }
    List<Card> cards = new ArrayList<>();
    for (Map.Entry<String, List<Finding>> subject : bySubject(findings).entrySet()) {
      cards.add(Card.of(engine, subject.getKey(), subject.getValue()));
    }
    Files.createDirectories(folder);
    for (Card card : cards) {
      save(folder.resolve(card.subject() + ".md"), CardText.of(card));
    }
    save(folder.resolve(INDEX), index(cards));
  }

  private static void save(Path file, String text) throws IOException {
    Storage.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String index(List<Card> cards) {
    int cases = cards.stream().mapToInt(card -> card.findings().size()).sum();
    List<String> lines = new ArrayList<>();
    lines.add("# The audit");
    lines.add("");
    lines.add(
        "Written by `./legible audit`, which anybody can repeat: %d cases of %d subjects. The numbers are"
            .formatted(cases, cards.size()));
    lines.add(
        "the same on every machine, since the bits are. A test fails when these pages are not");
    lines.add("those that the audit writes.");
    lines.add("");
    lines.add(
        "- **off by, ULP**: the largest difference from the definition in double precision, in");
    lines.add("  units in the last place. A sum whose terms cancel may be off by many of them.");
    lines.add(
        "- **of the bound**: the same as a part of the bound that follows from the number of");
    lines.add("  roundings; more than 1 would be wrong.");
    lines.add(
        "- **gradient**: the largest difference of a gradient from central differences of the");
    lines.add(
        "  definition, relative to the largest gradient; at most %s is allowed."
            .formatted(GradientError.LIMIT));
    lines.add(
        "- **passed** also says: the scalar and the vector kernels give the same bits, and so do");
    lines.add("  one thread and more; inputs are left alone; gradients are added to, not set.");
    table(lines, "Operations", cards.stream().filter(Card::isOperation).toList());
    table(lines, "Kernels", cards.stream().filter(card -> !card.isOperation()).toList());
    return String.join("\n", lines) + "\n";
  }

  private static void table(List<String> lines, String title, List<Card> cards) {
    lines.add("");
    lines.add("## " + title);
    lines.add("");
    lines.add(
        "| card | cases | off by, ULP: 99 of 100 | largest | of the bound | gradient | passed |");
    lines.add("|---|---|---|---|---|---|---|");
    for (Card card : cards) {
      Worst worst = Worst.of(card.findings());
      lines.add(
          String.format(
              Locale.ROOT,
              "| [%s](%s.md) | %d | %.2f | %.2f | %.3f | %s | %s |",
              card.subject(),
              card.subject(),
              card.findings().size(),
              worst.accuracy().mostUlps(),
              worst.accuracy().ulps(),
              worst.accuracy().share(),
              worst.gradient().isPresent()
                  ? String.format(Locale.ROOT, "%.1e", worst.gradient().getAsDouble())
                  : "–",
              worst.passed() ? "yes" : "**no**"));
    }
  }
}

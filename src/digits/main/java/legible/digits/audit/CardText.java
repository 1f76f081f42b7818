package legible.digits.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import legible.audit.Finding;

/// A card in Markdown, as it stands in `docs/audit`.
final class CardText {
  private final Card card;
  private final List<String> lines = new ArrayList<>();

  private CardText(Card card) {
    this.card = card;
  }

  static String of(Card card) {
    CardText text = new CardText(card);
    text.write();
    return String.join("\n", text.lines) + "\n";
  }

  private void write() {
    lines.add("# " + card.subject());
    lines.add("");
    String kind = card.isOperation() ? "operation" : "family of kernels";
    lines.add(kind + ", " + link(card.source()) + " · [all cards](README.md)");
    lines.add("");
    lines.addAll(Documentation.render(card.source().documentation()));
    lines.add("");
    if (card.isOperation()) {
      code("forward");
      code("backward");
    }
    where();
    measured();
    tests();
  }

  private void code(String method) {
    List<String> body = card.source().method(method);
    lines.add("## The code: " + method);
    lines.add("");
    lines.add("```java");
    lines.addAll(body);
    lines.add("```");
    lines.add("");
  }

  private void where() {
    lines.add("## More code");
    lines.add("");
    if (card.isOperation()) {
      lines.add("- the definition in double precision: " + links(card.related()));
      String kernels =
          card.kernels().stream()
              .map(name -> "[" + name + "](" + name + ".md)")
              .collect(Collectors.joining(", "));
      lines.add("- kernels that it computes with: " + (kernels.isEmpty() ? "none" : kernels));
    } else {
      lines.add("- the loops, scalar and vector: " + links(card.related()));
    }
    lines.add("");
  }

  private static String links(List<SourceFile> files) {
    return files.stream().map(CardText::link).collect(Collectors.joining(", "));
  }

  private static String link(SourceFile file) {
    return "[`" + file.name() + "`](../../src/engine/" + file.path() + ")";
  }

  private void measured() {
    lines.add("## Measured");
    lines.add("");
    String first = card.isOperation() ? "settings" : "method";
    lines.add(
        "| "
            + first
            + " | inputs | off by, ULP: 99 of 100 | largest | of the bound | gradient |"
            + " scalar = vector | 1 = N threads | inputs untouched | sums added to |");
    lines.add("|---|---|---|---|---|---|---|---|---|---|");
    card.findings().forEach(finding -> lines.add(row(finding)));
    lines.add("");
  }

  private static String row(Finding finding) {
    String gradient =
        finding
            .worstGradient()
            .map(g -> "%.1e (%s)".formatted(g.relative(), g.input()))
            .orElse("–");
    return Stream.of(
            finding.name().isEmpty() ? "–" : finding.name(),
            finding.shapes(),
            String.format(Locale.ROOT, "%.2f", finding.forward().mostUlps()),
            String.format(Locale.ROOT, "%.2f", finding.forward().ulps()),
            String.format(Locale.ROOT, "%.3f", finding.forward().share()),
            gradient,
            yes(finding.twins()),
            yes(finding.threads()),
            yes(finding.inputs()),
            finding.hasSums() ? yes(finding.sums()) : "–")
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String yes(Optional<String> fault) {
    return fault.map(text -> "**no**: " + text).orElse("yes");
  }

  private void tests() {
    lines.add("## Tests");
    lines.add("");
    for (SourceFile test : card.tests()) {
      lines.add("- " + link(test) + ": " + String.join(", ", test.tests()));
    }
  }
}

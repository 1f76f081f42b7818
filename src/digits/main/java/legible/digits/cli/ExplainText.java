package legible.digits.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import legible.digits.Answer;
import legible.digits.explain.Arithmetic;
import legible.digits.explain.Description;
import legible.digits.explain.Explanation;
import legible.digits.explain.Range;
import legible.digits.explain.Saliency;
import legible.infer.Walk.Stage;
import legible.tensor.Shape;

/// An explanation for a terminal.
final class ExplainText {
  private final PrintWriter out;
  private final Explanation explanation;

  private ExplainText(PrintWriter out, Explanation explanation) {
    this.out = out;
    this.explanation = explanation;
  }

  static void print(PrintWriter out, Explanation explanation) {
    ExplainText text = new ExplainText(out, explanation);
    Answer answer = explanation.reading().answer();
    text.line(
        "%s: %d (%.1f %%)", explanation.picture(), answer.digit(), 100 * answer.probability());
    text.steps();
    text.saliency();
    text.arithmetic();
    out.flush();
  }

  private void line(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments).stripTrailing());
  }

  private void steps() {
    int width = explanation.stages().stream().mapToInt(s -> s.name().length()).max().orElse(0);
    String format = "%-" + Math.max(width, "input".length()) + "s  %-13s %11s %11s %11s  %s";
    line("");
    line(format, "step", "shape", "min", "max", "mean", "what it computes");
    Shape input = explanation.model().architecture().input();
    row(format, "input", input, explanation.reading().pixels(), "ink 1, ground 0");
    for (Stage stage : explanation.stages()) {
      row(
          format,
          stage.name(),
          stage.out().shape().withoutFirst(),
          stage.out().data(),
          Description.of(stage) + "; " + Description.operands(explanation, stage));
    }
    Answer answer = explanation.reading().answer();
    row(
        format,
        "softmax",
        Shape.of(answer.probabilities().length),
        answer.probabilities(),
        "probabilities");
  }

  private void row(String format, String name, Shape shape, float[] values, String words) {
    Range range = Range.of(values);
    line(
        format, name, shape, number(range.min()), number(range.max()), number(range.mean()), words);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.5f", value);
  }

  private void saliency() {
    Saliency saliency = explanation.saliency();
    line("");
    line(
        "Integrated gradients of logit %d, from the empty picture in %d steps:",
        saliency.target(), saliency.steps());
    line("  sum of the attributions          %.6f", saliency.sum());
    line(
        "  f(picture) - f(empty picture)    %.6f = %s - %s",
        saliency.difference(), saliency.value(), bracketed(saliency.baseline()));
    line(
        "  difference (completeness)        %.6f, %.3f %%",
        saliency.error(), 100 * saliency.relativeError());
  }

  private static String bracketed(float value) {
    return value < 0 ? "(" + value + ")" : Float.toString(value);
  }

  private void arithmetic() {
    Arithmetic sum = explanation.arithmetic();
    Stage stage = sum.stage();
    line("");
    line(
        "%s at %s: %s; %s",
        stage.name(),
        sum.place(),
        Description.formula(stage),
        Description.operands(explanation, stage));
    List<String> words = sum.terms().stream().map(ExplainText::words).toList();
    int width = words.stream().mapToInt(String::length).max().orElse(0);
    for (int i = 0; i < words.size(); i++) {
      float total = sum.terms().get(i).total();
      line("%5d  %-" + width + "s  = %-14s %s", i, words.get(i), total, Float.toHexString(total));
    }
    line(
        "stored %-" + width + "s    %-14s %s",
        sum.isExact() ? "the same bits" : "OTHER BITS",
        sum.stored(),
        Float.toHexString(sum.stored()));
  }

  /// What a term does, with its operands.
  private static String words(Arithmetic.Term term) {
    List<String> operands = term.operands().stream().map(o -> o.name() + " " + o.value()).toList();
    return switch (term.kind()) {
      case START -> operands.getFirst();
      case PRODUCT -> "+ " + String.join(" * ", operands);
      case SUM -> "+ " + operands.getFirst();
      case DIFFERENCE -> "- " + operands.getFirst();
      case SCALE -> "* " + operands.stream().collect(Collectors.joining(" + "));
      case LARGEST -> "max with " + operands.getFirst();
      case QUOTIENT -> "/ " + operands.getFirst();
      case RELU -> "ReLU: max with 0";
    };
  }
}

package legible.digits.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import legible.audit.Finding;
import legible.audit.GradientError;
import legible.digits.audit.Cards;
import legible.digits.audit.Worst;

/// The table of `legible audit`.
record AuditView(List<Finding> findings) implements View {
  @Override
  public void print(PrintWriter out) {
    out.printf(
        "%-20s %5s  %s  %12s  %12s  %9s  %s%n",
        "subject", "cases", "ULP, 99 of 100", "largest", "of the bound", "gradient", "passed");
    for (Map.Entry<String, List<Finding>> subject : Cards.bySubject(findings).entrySet()) {
      Worst worst = Worst.of(subject.getValue());
      out.printf(
          Locale.ROOT,
          "%-20s %5d  %14.2f  %12.2f  %12.3f  %9s  %s%n",
          subject.getKey(),
          subject.getValue().size(),
          worst.accuracy().mostUlps(),
          worst.accuracy().ulps(),
          worst.accuracy().share(),
          worst.gradient().isPresent()
              ? String.format(Locale.ROOT, "%.1e", worst.gradient().getAsDouble())
              : "-",
          worst.passed() ? "yes" : "NO");
    }
    for (Finding finding : findings) {
      for (String fault : finding.faults()) {
        out.printf("%s %s of %s: %s%n", finding.subject(), finding.name(), finding.shapes(), fault);
      }
    }
    long passed = findings.stream().filter(Finding::passed).count();
    out.printf("%d of %d cases passed%n", passed, findings.size());
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeBooleanField("passed", findings.stream().allMatch(Finding::passed));
    json.writeArrayFieldStart("findings");
    for (Finding finding : findings) {
      write(json, finding);
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Finding finding) throws IOException {
    json.writeStartObject();
    json.writeStringField("subject", finding.subject());
    json.writeStringField("name", finding.name());
    json.writeStringField("inputs", finding.shapes());
    json.writeNumberField("ulpsOf99Percent", finding.forward().mostUlps());
    json.writeNumberField("largestUlps", finding.forward().ulps());
    json.writeNumberField("ofTheBound", finding.forward().share());
    json.writeObjectFieldStart("gradients");
    for (GradientError gradient : finding.gradients()) {
      json.writeNumberField(gradient.input(), gradient.relative());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("faults");
    for (String fault : finding.faults()) {
      json.writeString(fault);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}

package legible.digits.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import legible.digits.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `explain` with the model that is shipped.
class ExplainCommandTest {
  private static final Path NINE = Repository.ROOT.resolve("docs").resolve("nine.png");

  /// At 256 steps of the shipped network on a digit.
  private static final double COMPLETENESS = 0.01;

  @TempDir Path folder;

  /// The document says what `predict` says, and its terms add up to the stored value when they are
  /// added again.
  @Test
  void theTermsAddUpToWhatPredictSays() throws IOException, InterruptedException {
    Map<String, Object> predicted = Cli.run("predict", NINE, "--json").json();
    Map<String, Object> json = Cli.run("explain", NINE, "--json").json();
    assertEquals(predicted.get("probabilities"), json.get("probabilities"));
    assertEquals(9.0, json.get("digit"));
    Map<?, ?> arithmetic = (Map<?, ?>) json.get("arithmetic");
    assertEquals("dense2", arithmetic.get("step"));
    assertEquals(List.of(9.0), arithmetic.get("at"));
    List<?> terms = (List<?>) arithmetic.get("terms");
    assertEquals(1 + 128, terms.size());
    float total = operand(terms.get(0), 0);
    for (Object term : terms.subList(1, terms.size())) {
      total = Math.fma(operand(term, 0), operand(term, 1), total);
      assertEquals(Float.toHexString(total), ((Map<?, ?>) term).get("totalHex"));
    }
    assertEquals(Float.toHexString(total), arithmetic.get("storedHex"));
    assertEquals(total, ((Double) ((List<?>) json.get("logits")).get(9)).floatValue());
    assertEquals(true, arithmetic.get("identical"));
    Map<?, ?> saliency = (Map<?, ?>) json.get("saliency");
    double sum =
        ((List<?>) saliency.get("attributions")).stream().mapToDouble(a -> (double) a).sum();
    double difference = (double) saliency.get("difference");
    assertEquals(difference, sum, COMPLETENESS * Math.abs(difference));
  }

  private static float operand(Object term, int number) {
    List<?> operands = (List<?>) ((Map<?, ?>) term).get("operands");
    return Float.parseFloat((String) ((Map<?, ?>) operands.get(number)).get("valueHex"));
  }

  @Test
  void printsStepsAndTheChosenSum() throws IOException, InterruptedException {
    Cli cli = Cli.run("explain", NINE, "--layer", "conv1", "--at", "12,9,4");
    assertEquals(0, cli.exitCode(), cli.err());
    List<String> lines = cli.out().lines().toList();
    assertEquals(NINE + ": 9 (100.0 %)", lines.get(0));
    assertTrue(cli.out().contains("conv1.relu  [14, 14, 16]"), cli.out());
    assertTrue(cli.out().contains("conv1 at 12,9,4: b[o] + "), cli.out());
    assertTrue(lines.get(lines.size() - 2).strip().startsWith("9  + x[13,10,0] "), cli.out());
    assertTrue(lines.getLast().startsWith("stored the same bits "), cli.out());
    String[] last = lines.get(lines.size() - 2).split(" ");
    assertTrue(lines.getLast().endsWith(" " + last[last.length - 1]), cli.out());
  }

  @Test
  void writesOnePageWithoutScriptOrNetwork() throws IOException, InterruptedException {
    Path page = folder.resolve("nine.html");
    assertEquals(0, Cli.run("explain", NINE, "--layer", "conv2", "--out", page).exitCode());
    String html = Files.readString(page);
    assertTrue(html.startsWith("<!doctype html>") && html.endsWith("</html>\n"));
    assertEquals(16 * 3 + 32 * 3 + 2 + 5, html.split("<img ", -1).length - 1, "pictures");
    assertEquals(1, html.split("class=\"mark\"", -1).length - 1, "the chosen output");
    assertEquals(1 + 9 * 16, html.split("</code></td></tr>", -1).length - 1, "terms");
    assertTrue(html.contains("exactly what the program stored"));
    for (String forbidden : List.of("<script", "http:", "https:", "url(", "@import", "%s")) {
      assertFalse(html.contains(forbidden), forbidden);
    }
  }

  @Test
  void saysWhatThereIs() throws IOException, InterruptedException {
    assertEquals(
        "legible: --layer: one of conv1, pool1, conv1.relu, conv2, pool2, conv2.relu, flatten,"
            + " dense1, dense2 expected, got 'conv3'",
        Cli.run("explain", NINE, "--layer", "conv3").refusal(2));
    String message = Cli.run("explain", NINE, "--layer", "pool1", "--at", "14,0,0").refusal(2);
    assertTrue(
        message.startsWith(
            "legible: --at: row, column and channel within the shape [14, 14, 16] of pool1"
                + " expected, such as "),
        message);
    assertTrue(message.endsWith(", got '14,0,0'"), message);
    assertTrue(Cli.run("explain", NINE, "--at", "x").refusal(2).contains("one number within"));
    assertTrue(Cli.run("explain", NINE, "--steps", "0").refusal(2).contains("--steps: a number"));
  }
}

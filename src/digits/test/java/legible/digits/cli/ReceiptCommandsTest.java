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

/// `predict --receipt` and `replay`.
class ReceiptCommandsTest {
  private static final Path LOGISTIC =
      Repository.ROOT.resolve("models").resolve("logistic.legible");

  @TempDir Path folder;

  private Path receipt(Path picture) throws IOException, InterruptedException {
    Path receipt = folder.resolve("receipt.json");
    Cli cli = Cli.run("predict", picture, "--receipt", receipt);
    assertEquals(0, cli.exitCode(), cli.err());
    return receipt;
  }

  /// A receipt made with any kernels is that of all others, byte for byte, and all others replay it.
  @Test
  void replaysIdenticallyOnEveryWidth() throws IOException, InterruptedException {
    Path picture = Cli.picture(folder, 3, 4);
    Path receipt = receipt(picture);
    String text = Files.readString(receipt);
    assertTrue(text.contains("\"step\" : \"centre\""), text);
    for (Kernel kernel : Kernel.values()) {
      Path made = folder.resolve(kernel + ".json");
      Cli cli = kernel.run("predict", picture, "--receipt", made);
      assertEquals(0, cli.exitCode(), cli.err());
      assertEquals(text, Files.readString(made), kernel.toString());
      Cli again = kernel.run("replay", made, "--threads", 1);
      assertEquals(0, again.exitCode(), again.out() + again.err());
      assertTrue(again.out().contains("identical: a 0"), again.out());
    }
    Map<String, Object> json = Cli.run("replay", receipt, "--json").json();
    assertEquals(true, json.get("identical"));
    assertEquals(List.of(), json.get("differences"));
  }

  @Test
  void saysWhereItDiffers() throws IOException, InterruptedException {
    Path picture = Cli.picture(folder, 0, 1);
    Path receipt = receipt(picture);
    String text = Files.readString(receipt);
    Files.writeString(receipt, text.replace("\"digit\" : 7", "\"digit\" : 1"));
    Cli forged = Cli.run("replay", receipt);
    assertEquals(1, forged.exitCode());
    assertTrue(forged.out().contains("different: decision.digit: 1 in the receipt, 7 now"));
    Files.writeString(receipt, text);
    Cli model = Cli.run("replay", receipt, "--model", LOGISTIC, "--json");
    assertEquals(1, model.exitCode());
    List<?> differences = (List<?>) Cli.json(model.out()).get("differences");
    assertEquals("model.sha256", ((Map<?, ?>) differences.getFirst()).get("field"));
    assertEquals("logits[0]", ((Map<?, ?>) differences.get(1)).get("field"));
    Path moved = Files.move(picture, folder.resolve("moved.png"));
    assertTrue(Cli.run("replay", receipt).refusal(1).contains("say where it is with --image"));
    assertEquals(0, Cli.run("replay", receipt, "--image", moved).exitCode());
    Files.write(moved, new byte[] {1});
    Cli foreign = Cli.run("replay", receipt, "--image", moved);
    assertEquals(1, foreign.exitCode());
    assertTrue(foreign.out().contains("different: input.sha256"), foreign.out());
  }

  @Test
  void badReceiptsAndUsesAreRefused() throws IOException, InterruptedException {
    Path text = Files.writeString(folder.resolve("r.json"), "{\"legible-receipt\" : 1}");
    assertTrue(Cli.run("replay", text).refusal(1).contains("field 'engine': expected"));
    assertTrue(Cli.run("replay", folder.resolve("no")).refusal(1).contains("no such file"));
    Path unwritten = folder.resolve("unwritten.json");
    Cli two = Cli.run("predict", "a.png", "b.png", "--receipt", unwritten);
    assertTrue(two.refusal(2).contains("--receipt: one IMAGE expected, got 2"));
    Cli none = Cli.run("predict", folder.resolve("none.png"), "--receipt", unwritten);
    assertTrue(none.refusal(1).contains("no such file"));
    assertFalse(Files.exists(unwritten));
    Path picture = Cli.picture(folder, 1, 1);
    Path nowhere = folder.resolve("nowhere").resolve("r.json");
    assertTrue(Cli.run("predict", picture, "--receipt", nowhere).refusal(1).contains("no folder"));
  }
}

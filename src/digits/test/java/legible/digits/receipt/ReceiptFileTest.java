package legible.digits.receipt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import legible.digits.Answer;
import legible.random.CounterRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Receipts come back bit for bit, and no other file hurts the reader.
class ReceiptFileTest {
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  @TempDir Path folder;

  private static Receipt receipt() {
    float[] pixels = new float[784];
    float[] logits = new float[10];
    float[] probabilities = new float[10];
    for (int i = 0; i < 784; i++) {
      pixels[i] = (i % 256) / 255f;
    }
    for (int k = 0; k < 10; k++) {
      logits[k] = k == 0 ? -0f : -1f / k;
      probabilities[k] = k == 9 ? Float.MIN_VALUE : k / 45f;
    }
    return new Receipt(
        "0.1.0",
        new Receipt.Source("ein \"Bild\"\n.png", DIGEST),
        new Receipt.Source("cnn.legible", DIGEST),
        List.of(
            new Receipt.StepDigest("light", Map.of(), 90, 40, DIGEST),
            new Receipt.StepDigest("box", Map.of("left", "3", "top", "0x1.8p0"), 28, 28, DIGEST)),
        pixels,
        new Answer(logits, probabilities),
        new Receipt.Decision(8, 8 / 45f));
  }

  private String text() throws IOException {
    Path file = folder.resolve("receipt.json");
    ReceiptFile.write(receipt(), file);
    return Files.readString(file);
  }

  private static Receipt decode(String text) throws ReceiptFormatException {
    return ReceiptFile.decode("r.json", text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readingGivesWhatWasWritten() throws IOException {
    Receipt again = decode(text());
    assertEquals(List.of(), receipt().differences(again));
    assertEquals(receipt().input(), again.input());
    assertEquals(receipt().model(), again.model());
    assertEquals(receipt().engine(), again.engine());
    assertArrayEquals(receipt().pixels(), again.pixels());
    assertEquals(-0f, again.answer().logits()[0]);
    assertEquals(0x80000000, Float.floatToRawIntBits(again.answer().logits()[0]));
  }

  /// Each change of one value is found, and named by its place.
  @Test
  void everyChangedValueIsNamed() throws IOException {
    assertDifferent("\"-0x1.0p-1\"", "\"-0x1.000002p-1\"", "logits[2]");
    assertDifferent("\"-0x0.0p0\"", "\"0x0.0p0\"", "logits[0]");
    assertDifferent("\"digit\" : 8", "\"digit\" : 3", "decision.digit");
    assertDifferent("\"left\" : \"3\"", "\"left\" : \"4\"", "preprocessing[1].parameters.left");
    assertDifferent("\"left\" : \"3\"", "\"right\" : \"3\"", "preprocessing[1].parameters.left");
    assertDifferent("\"height\" : 40", "\"height\" : 41", "preprocessing[0].height");
    assertDifferent("\"step\" : \"light\"", "\"step\" : \"dark\"", "preprocessing[0].step");
    assertDifferent("\"0x1.0p0\"", "\"0x1.fffffep-1\"", "pixels[9][3]");
    assertDifferent("\"sha256\" : \"0", "\"sha256\" : \"f", "input.sha256");
  }

  private void assertDifferent(String from, String to, String field) throws IOException {
    String text = text();
    assertTrue(text.contains(from), from);
    int at = text.indexOf(from);
    Receipt changed = decode(text.substring(0, at) + to + text.substring(at + from.length()));
    assertEquals(field, receipt().differences(changed).getFirst().field());
  }

  @Test
  void wrongFieldsAreNamed() throws IOException {
    refused("\"engine\"", "\"motor\"", "'engine': expected, but it is missing");
    refused("\"engine\" :", "\"more\" : 1, \"engine\" :", "'more': unknown");
    refused("\"left\" : \"3\"", "\"left\" : 3", "'preprocessing[1].parameters.left'");
    refused("\"legible-receipt\" : 1", "\"legible-receipt\" : 2", "needs a newer Legible");
    refused("\"legible-receipt\" : 1", "\"legible-receipt\" : \"1\"", "a whole number");
    refused("\"digit\" : 8", "\"digit\" : 10", "'decision.digit': a whole number in 0..9");
    refused("\"digit\" : 8", "\"digit\" : 8.0", "a whole number in 0..9 expected, got '8.0'");
    refused("\"digit\" : 8", "\"digit\" : null", "a whole number in 0..9");
    refused("\"digit\" : 8", "\"digit\" : 8, \"digit\" : 8", "Duplicate");
    refused("\"width\" : 90", "\"width\" : 99999999999999", "'preprocessing[0].width'");
    refused("\"width\" : 90", "\"width\" : 0", "a whole number in 1..");
    refused("\"-0x1.0p-1\"", "\"-0.5\"", "'logits[2]': a float");
    refused("\"-0x1.0p-1\"", "\"-0x1.00p-1\"", "'logits[2]': a float");
    refused("\"-0x1.0p-1\"", "-0.5", "'logits[2]': a float");
    refused("\"-0x1.0p-1\",", "", "'logits': an array of 10 expected, got an array of 9");
    refused("\"sha256\" : \"0", "\"sha256\" : \"G", "a SHA-256 of 64 hexadecimal digits");
    refused("\"pixels\" : [", "\"pixels\" : [ [ ],", "an array of 28 expected, got an array of 29");
    refused("\"pixels\" : [ [", "\"pixels\" : [ [ {},", "'pixels[0]': an array of 28");
    refused("\"input\" : {", "\"input\" : [], \"x\" : {", "'input': an object expected");
    refused("\"engine\" : \"0.1.0\"", "\"engine\" : \"\\u001b[2J\"", "'?[2J'");
  }

  private void refused(String from, String to, String words) throws IOException {
    String text = text();
    assertTrue(text.contains(from), from);
    int at = text.indexOf(from);
    refused(text.substring(0, at) + to + text.substring(at + from.length()), words);
  }

  private static void refused(String text, String words) {
    ReceiptFormatException e = assertThrows(ReceiptFormatException.class, () -> decode(text));
    assertTrue(e.getMessage().startsWith("r.json: "), e.getMessage());
    assertTrue(e.getMessage().contains(words), e.getMessage());
    assertFalse(e.getMessage().contains("\n") || e.getMessage().length() > 400, e.getMessage());
  }

  @Test
  void foreignTextsAreRefused() throws IOException {
    for (String text : List.of("", "x", "[]", "1", "{", "{}", "\"", "{\"a\":", "\u0000", "{} {}")) {
      refused(text, "");
    }
    refused("{\"a\":".repeat(100_000), "");
    refused("{\"a\":" + "[".repeat(100_000), "");
    refused("{\"a\":\"" + "x".repeat(100_000), "");
    refused("{\"a\":" + "9".repeat(100_000) + "}", "");
    refused(text() + "{}", "more behind it");
    Path huge = folder.resolve("huge.json");
    Files.write(huge, new byte[(1 << 20) + 1]);
    assertThrows(ReceiptFormatException.class, () -> ReceiptFile.read(huge));
    assertThrows(ReceiptFormatException.class, () -> ReceiptFile.read(folder));
  }

  /// Whatever the bytes are: a receipt, or the one exception.
  @Test
  void damagedReceiptsAreRefusedOrSound() throws IOException {
    byte[] sound = text().getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < sound.length - 2; length += 7) {
      refused(new String(sound, 0, length, StandardCharsets.UTF_8), "");
    }
    int accepted = 0;
    for (int i = 0; i < 5_000; i++) {
      CounterRandom random = new CounterRandom(1).split(i);
      byte[] bytes = sound.clone();
      bytes[random.below(0, bytes.length)] = (byte) random.bits(1);
      int at = random.below(2, bytes.length);
      bytes[at] = bytes[random.below(3, bytes.length)];
      try {
        ReceiptFile.decode("r.json", Arrays.copyOf(bytes, bytes.length));
        accepted++;
      } catch (ReceiptFormatException e) {
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
      }
    }
    assertTrue(accepted > 0 && accepted < 2_500, accepted + " accepted");
  }
}

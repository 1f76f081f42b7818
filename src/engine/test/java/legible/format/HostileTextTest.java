package legible.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names and texts that are not what they should be; each file is sealed again.
class HostileTextTest {
  private static final byte[] MODEL = Samples.model().encode();

  /// Overwrites the first occurrence of a text.
  private static byte[] overwritten(String text, byte[] other) {
    String file = new String(MODEL, StandardCharsets.ISO_8859_1);
    byte[] searched = text.getBytes(StandardCharsets.UTF_8);
    int at = file.indexOf(new String(searched, StandardCharsets.ISO_8859_1));
    byte[] changed = MODEL.clone();
    System.arraycopy(other, 0, changed, at, other.length);
    return FileForge.seal(changed);
  }

  private static byte[] overwritten(String text, String other) {
    return overwritten(text, other.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ff", // never in UTF-8
        "80", // a continuation without a beginning
        "c0af", // '/' in two bytes
        "e080af", // '/' in three bytes
        "eda080", // half a surrogate pair
        "f4908080", // beyond U+10FFFF
        "c3", // cut: the byte behind is no continuation
      })
  void textHasToBeStrictUtf8(String hex) {
    Refusal.of(overwritten("Ziffern", HexFormat.of().parseHex(hex)), "UTF-8 expected");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\0", "\n", "\u001b", "\u007f"})
  void namesHaveToBePrintable(String character) {
    Refusal.of(overwritten("sample", character), "name of the model: printable");
    Refusal.of(overwritten("conv2d", character), "kind of a layer: printable");
    Refusal.of(overwritten("flatten", character), "of a layer: printable");
    Refusal.of(overwritten("kernel", character), "settings of a layer: printable");
    Refusal.of(overwritten("accuracy", character), "metadata: printable");
    Refusal.of(overwritten("conv.weight", character), "printable");
  }

  @Test
  void namesHaveToBeAscii() {
    byte[] umlaut = "ä".getBytes(StandardCharsets.UTF_8);
    Refusal.of(overwritten("sample", umlaut), "name of the model: printable");
  }

  @Test
  void settingsAndMetadataHaveToBeSorted() {
    Refusal.of(overwritten("activation", "zctivation"), "sorted names expected");
    Refusal.of(overwritten("accuracy.test", "zccuracy.test"), "sorted names expected");
    Refusal.of(overwritten("plan.batch-size", "plan.zatch-size"), "sorted names expected");
  }

  @Test
  void lengthsAreComparedWithWhatIsThere() {
    byte[] file = overwritten("sample", "sample");
    for (int length : new int[] {0, 256, 1 << 24, Integer.MAX_VALUE, -1}) {
      for (int i = 0; i < Integer.BYTES; i++) {
        file[Header.BYTES + i] = (byte) (length >>> (Byte.SIZE * i));
      }
      Refusal.of(FileForge.seal(file), "name of the model");
    }
  }

  @Test
  void messagesAreOneShortLineWhateverTheFileSays() {
    ModelFormatException refusal =
        new ModelFormatException("x.legible", 7, "got '\u001b[2J\r\n\u2028" + "y".repeat(9000));
    assertFalse(refusal.getMessage().chars().anyMatch(Character::isISOControl));
    assertEquals(503, refusal.reason().length());
    assertEquals("x.legible", refusal.source());
    assertEquals(7, refusal.byteOffset());
  }
}

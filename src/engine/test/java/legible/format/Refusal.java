package legible.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// How a reader has to refuse bytes.
final class Refusal {
  private Refusal() {}

  /// The bytes are refused as a model, with these words in the reason.
  static ModelFormatException of(byte[] file, String words) {
    ModelFormatException refusal =
        assertThrows(ModelFormatException.class, () -> ModelFile.decode("some.legible", file));
    assertTrue(refusal.reason().contains(words), refusal::getMessage);
    wellFormed(refusal, file.length);
    return refusal;
  }

  static void wellFormed(ModelFormatException refusal, int length) {
    assertEquals("some.legible", refusal.source());
    assertEquals(
        "some.legible: byte " + refusal.byteOffset() + ": " + refusal.reason(),
        refusal.getMessage());
    assertTrue(refusal.byteOffset() >= 0 && refusal.byteOffset() <= length, refusal::getMessage);
    assertFalse(refusal.getMessage().contains("\n") || refusal.getMessage().contains("\r"));
    assertTrue(refusal.getMessage().length() < 600, refusal::getMessage);
  }
}

package legible.format;

import static legible.format.ModelFileTest.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Signatures are those of RFC 8032, and a signed file is a file like any other.
class ModelSignatureTest {
  /// RFC 8032, 7.1, TEST 1.
  private static final KeyPair KEYS =
      keys(
          "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
          "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

  /// Of `version2.legible`.
  private static final String GOLDEN_SHA256 =
      "2811268783eeb262cc0e371ef7b35e90c13256fd9782aa1af8bd843a1439227a";

  @TempDir Path folder;

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /// The keys of RFC 8032 in the wrapping of RFC 8410.
  private static KeyPair keys(String secret, String open) {
    try {
      KeyFactory factory = KeyFactory.getInstance("Ed25519");
      return new KeyPair(
          factory.generatePublic(new X509EncodedKeySpec(bytes("302a300506032b6570032100" + open))),
          factory.generatePrivate(
              new PKCS8EncodedKeySpec(bytes("302e020100300506032b657004220420" + secret))));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,"
        + " '',e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701"
        + "cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,"
        + " 72,92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d"
        + "0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,"
        + " af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f7609"
        + "84dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  void knownAnswersOfRfc8032(String secret, String open, String message, String signature) {
    ModelSignature made = ModelSignature.sign(bytes(message), keys(secret, open));
    assertEquals(new ModelSignature(open, signature), made);
    assertTrue(made.holds(bytes(message)));
    assertFalse(made.holds(bytes(message + "00")));
    assertEquals(made, ModelSignature.of(made.toBytes()));
  }

  @Test
  void aSignedModelIsReadAndWrittenLikeAnyOther() throws IOException {
    ModelFile signed = Samples.model().signed(KEYS);
    Path path = folder.resolve("signed.legible");
    signed.write(path);
    ModelFile again = ModelFile.read(path);
    assertEquals(signed.signature(), again.signature());
    assertTrue(again.signatureHolds());
    assertTrue(again.signature().get().isBy(KEYS.getPublic()));
    assertSameBits(Samples.model().weights(), again.weights());
    assertArrayEquals(Files.readAllBytes(path), again.encode());
    assertArrayEquals(Samples.model().encode(), again.unsigned().encode());
    assertEquals(Samples.model().weightsSha256(), again.weightsSha256());
    assertFalse(Samples.model().signatureHolds());
  }

  /// As `docs/format.md` tells other programs to do it.
  @Test
  void theLayoutIsTheOneInTheDocument() {
    byte[] file = Samples.model().signed(KEYS).encode();
    byte[] unsigned = Samples.model().encode();
    ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(unsigned.length + 96, file.length);
    assertEquals(2, header.getInt(8));
    assertEquals(96, header.getInt(28));
    int end = file.length - 32;
    byte[] section = Arrays.copyOfRange(file, end - 96, end);
    assertTrue(ModelSignature.of(section).holds(Arrays.copyOf(file, end - 64)));
    assertArrayEquals( // data and description are the same bytes as without a signature
        Arrays.copyOfRange(unsigned, Header.BYTES, unsigned.length - 32),
        Arrays.copyOfRange(file, Header.BYTES, end - 96));
  }

  @Test
  void theSignedModelOfVersion2IsReadAndStillWritten() throws IOException {
    byte[] bytes;
    try (InputStream in = getClass().getResourceAsStream("version2.legible")) {
      bytes = in.readAllBytes();
    }
    ModelFile model = ModelFile.decode("version2.legible", bytes);
    assertEquals(GOLDEN_SHA256, model.sha256());
    assertTrue(model.signatureHolds());
    assertEquals(Samples.metadata(), model.metadata());
    assertArrayEquals(bytes, Samples.model().signed(KEYS).encode());
  }

  /// Whoever changes a byte can make the checksums right again, but not the signature.
  @Test
  void noChangedByteKeepsTheSignature() throws IOException {
    byte[] file = Samples.model().signed(KEYS).encode();
    int read = 0;
    for (int at = 0; at < file.length - 32; at++) {
      byte[] changed = file.clone();
      changed[at] ^= 1;
      Refusal.of(changed, ""); // the checksum finds what is no intent
      try {
        ModelFile model = ModelFile.decode("some.legible", FileForge.seal(changed));
        assertFalse(model.signatureHolds(), "byte " + at);
        read++;
      } catch (ModelFormatException e) {
        Refusal.wellFormed(e, file.length);
      }
    }
    assertTrue(read >= 96, read + " files read");
  }

  @Test
  void signaturesAndVersionsHaveToAgree() {
    byte[] signed = Samples.model().signed(KEYS).encode();
    Refusal.of(patched(signed, 8, 1), "version 1 knows no signatures");
    Refusal.of(patched(signed, 28, 0), "a signature of 96 bytes expected in version 2, got 0");
    Refusal.of(patched(signed, 28, 128), "a signature of 96 bytes expected in version 2, got 128");
    Refusal.of(patched(Samples.model().encode(), 8, 2), "a signature of 96 bytes expected");
    byte[] checkpoint = patched(Samples.checkpoint(Samples.plan()).encode(), 8, 2);
    ModelFormatException e =
        assertThrows(ModelFormatException.class, () -> Checkpoint.decode("some", checkpoint));
    assertTrue(e.reason().contains("only models are signed"), e.getMessage());
  }

  private static byte[] patched(byte[] file, int at, int value) {
    byte[] patched = file.clone();
    ByteBuffer.wrap(patched).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    return FileForge.seal(patched);
  }

  @Test
  void keysHaveToBeAPairOfEd25519() throws GeneralSecurityException {
    KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    KeyPair mixed = new KeyPair(other.getPublic(), KEYS.getPrivate());
    assertRefused(mixed, "its own public key");
    assertRefused(KeyPairGenerator.getInstance("EC").generateKeyPair(), "an Ed25519 private key");
    assertFalse(Samples.model().signed(KEYS).signature().get().isBy(other.getPublic()));
  }

  private static void assertRefused(KeyPair keys, String words) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Samples.model().signed(keys));
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  /// A key that is no point of the curve, and a number beyond the group's order.
  @Test
  void nonsenseDoesNotHold() {
    byte[] message = {1, 2, 3};
    ModelSignature sound = ModelSignature.sign(message, KEYS);
    assertFalse(new ModelSignature("2" + "0".repeat(63), sound.signature()).holds(message));
    assertFalse(new ModelSignature("f".repeat(64), sound.signature()).holds(message));
    assertFalse(new ModelSignature(sound.publicKey(), "f".repeat(128)).holds(message));
    ModelFile unsigned = Samples.model();
    ModelFile wrong =
        new ModelFile(
            unsigned.architecture(),
            unsigned.weights(),
            unsigned.metadata(),
            Optional.of(new ModelSignature("f".repeat(64), "0".repeat(128))));
    assertFalse(wrong.signatureHolds());
  }

  @Test
  void aFileOfItsOwnHasNinetySixBytes() throws IOException {
    Path path = folder.resolve("model.sig");
    ModelSignature signature = ModelSignature.sign(new byte[] {7}, KEYS);
    signature.write(path);
    assertEquals(96, Files.size(path));
    assertEquals(signature, ModelSignature.read(path));
    Files.write(path, new byte[95]);
    assertThrows(ModelFormatException.class, () -> ModelSignature.read(path));
    assertThrows(IOException.class, () -> ModelSignature.read(folder));
  }
}

package legible.digits.signing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HexFormat;
import legible.format.ModelSignature;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
  @TempDir Path folder;
  private Path file;
  private Path open;

  @BeforeEach
  void files() {
    file = folder.resolve("bank.key");
    open = folder.resolve("bank.key.pub");
  }

  @Test
  void whatIsMadeIsRead() throws IOException {
    KeyPair made = KeyFile.create(file);
    KeyPair read = KeyFile.readPair(file);
    assertArrayEquals(made.getPrivate().getEncoded(), read.getPrivate().getEncoded());
    assertEquals(made.getPublic(), read.getPublic());
    assertEquals(made.getPublic(), KeyFile.readPublic(KeyFile.publicFile(file)));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertTrue(ModelSignature.sign(new byte[] {1}, read).holds(new byte[] {1}));
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    for (Path taken : new Path[] {file, open}) {
      Files.writeString(taken, "mine");
      IOException e = assertThrows(IOException.class, () -> KeyFile.create(file));
      assertTrue(e.getMessage().startsWith(taken + ": a new file expected"), e.getMessage());
      assertEquals("mine", Files.readString(taken));
      Files.delete(taken);
      assertFalse(Files.exists(file) || Files.exists(open));
    }
  }

  /// RFC 8410, 10.3 (the private key) and 10.1 (its public key), with text before as openssl allows.
  @Test
  void theKeysOfRfc8410AreRead() throws IOException {
    Files.writeString(
        file,
        """
        a comment
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
        -----END PRIVATE KEY-----
        """);
    Files.writeString(
        open,
        """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
        -----END PUBLIC KEY-----
        """);
    KeyPair keys = KeyFile.readPair(file);
    assertTrue(ModelSignature.sign(new byte[10], keys).isBy(keys.getPublic()));
    assertTrue(
        HexFormat.of()
            .formatHex(keys.getPublic().getEncoded())
            .endsWith("19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1"));
  }

  @Test
  void malformedKeysSayWhatTheyAre() throws Exception {
    KeyFile.create(file);
    refused(Files.readString(open), "-----BEGIN PRIVATE KEY-----' expected, got 'PUBLIC KEY'");
    refused(Files.readString(file).substring(0, 60), "got none, or a damaged one");
    refused("", "got none");
    refused(Files.readString(file).replace('M', '='), "Base64");
    refused(pem("PRIVATE KEY", new byte[48]), "an Ed25519 private key expected");
    refused(pem("ENCRYPTED PRIVATE KEY", new byte[48]), "got 'ENCRYPTED PRIVATE KEY'");
    refused(pem("PRIVATE KEY", ofOtherKind()), "an Ed25519 private key expected");
    refused("x".repeat(20_000), "got more than 10000 bytes");
    Path missing = folder.resolve("alone");
    Files.copy(file, missing);
    IOException e = assertThrows(KeyFormatException.class, () -> KeyFile.readPair(missing));
    assertTrue(e.getMessage().contains("alone.pub: the public key expected"), e.getMessage());
    assertThrows(KeyFormatException.class, () -> KeyFile.readPair(folder));
  }

  private void refused(String text, String words) throws IOException {
    Path bad = folder.resolve("bad");
    Files.writeString(bad, text);
    IOException e = assertThrows(KeyFormatException.class, () -> KeyFile.readPair(bad));
    assertTrue(e.getMessage().startsWith(bad + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  private static byte[] ofOtherKind() throws GeneralSecurityException {
    return KeyPairGenerator.getInstance("Ed448").generateKeyPair().getPrivate().getEncoded();
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getEncoder().encodeToString(der), label);
  }
}

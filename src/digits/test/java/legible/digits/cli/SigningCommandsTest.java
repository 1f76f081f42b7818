package legible.digits.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Map;
import legible.digits.Repository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `keygen`, `sign`, `verify`, and `info` on what they made.
class SigningCommandsTest {
  private static final Path LOGISTIC =
      Repository.ROOT.resolve("models").resolve("logistic.legible");

  @TempDir Path folder;
  private Path model;
  private Path key;
  private Path open;
  private String fingerprint;

  @BeforeEach
  void keyAndModel() throws IOException, InterruptedException {
    model = Files.copy(LOGISTIC, folder.resolve("model.legible"));
    key = folder.resolve("bank.key");
    open = folder.resolve("bank.key.pub");
    Map<String, Object> made = Cli.run("keygen", "--out", key, "--json").json();
    assertEquals(open.toString(), made.get("publicKey"));
    fingerprint = (String) made.get("fingerprint");
  }

  private void assertVerdict(String verdict, Object... arguments)
      throws IOException, InterruptedException {
    Object[] all = new Object[arguments.length + 3];
    all[0] = "verify";
    all[1] = model;
    all[2] = "--json";
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    Cli cli = Cli.run(all);
    Map<String, Object> json = Cli.json(cli.out());
    assertEquals(verdict, json.get("verdict"), cli.out());
    boolean good = verdict.equals("trusted") || verdict.equals("unchanged");
    assertEquals(good, json.get("valid"));
    assertEquals(good ? 0 : 1, cli.exitCode());
    assertEquals(verdict.equals("trusted"), json.get("trusted"));
  }

  @Test
  void aSignedModelVerifiesAndWorksAsBefore() throws IOException, InterruptedException {
    assertVerdict("missing", "--public-key", open);
    Object before = Cli.run("info", model, "--json").json().get("weightsSha256");
    assertEquals(0, Cli.run("sign", model, "--key", key).exitCode());
    assertVerdict("trusted", "--public-key", open);
    assertVerdict("unchanged");
    Cli words = Cli.run("verify", model);
    assertTrue(words.out().contains("Whose key it is, it cannot say"), words.out());
    assertTrue(words.out().contains(fingerprint), words.out());
    Map<String, Object> info = Cli.run("info", model, "--json").json();
    assertEquals(Map.of("fingerprint", fingerprint, "valid", true), info.get("signature"));
    assertEquals(before, info.get("weightsSha256"));
    assertTrue(Cli.run("info", model).out().contains(fingerprint));
    Path picture = Cli.picture(folder, 0, 1);
    assertEquals(
        Cli.run("predict", picture, "--model", LOGISTIC).out(),
        Cli.run("predict", picture, "--model", model).out());
    assertEquals(1, Cli.run("diff", LOGISTIC, model).exitCode());
  }

  @Test
  void aDetachedSignatureLeavesTheModelAsItIs() throws IOException, InterruptedException {
    assertEquals(0, Cli.run("sign", model, "--key", key, "--detached").exitCode());
    assertArrayEquals(Files.readAllBytes(LOGISTIC), Files.readAllBytes(model));
    Path beside = folder.resolve("model.legible.sig");
    assertVerdict("trusted", "--public-key", open);
    Path moved = Files.move(beside, folder.resolve("elsewhere.sig"));
    assertVerdict("missing");
    assertVerdict("trusted", "--public-key", open, "--signature", moved);
    byte[] bytes = Files.readAllBytes(moved);
    bytes[95] ^= 1;
    Files.write(moved, bytes);
    assertVerdict("changed", "--signature", moved);
    Files.write(moved, new byte[5]);
    assertTrue(
        Cli.run("verify", model, "--signature", moved)
            .refusal(1)
            .contains("a signature of 96 bytes expected, got 5"));
  }

  /// The forger makes the checksums right again.
  @Test
  void changedModelsAndOtherKeysAreFound() throws Exception {
    assertEquals(0, Cli.run("sign", model, "--key", key).exitCode());
    byte[] file = Files.readAllBytes(model);
    byte[] changed = file.clone();
    int accuracy = indexOf(changed, "0.928");
    changed[accuracy + 2] = '9';
    changed[accuracy + 3] = '9';
    Files.write(model, changed);
    assertTrue(Cli.run("verify", model).refusal(1).contains("the file is damaged"));
    Files.write(model, sealed(changed));
    assertVerdict("changed", "--public-key", open);
    assertVerdict("changed");
    assertTrue(Cli.run("info", model).out().contains("DOES NOT FIT"));
    Files.write(model, file);
    Path other = folder.resolve("other.key");
    assertEquals(0, Cli.run("keygen", "--out", other).exitCode());
    assertVerdict("other-key", "--public-key", other + ".pub");
    Files.move(folder.resolve("other.key.pub"), folder.resolve("was.pub"));
    Files.copy(open, folder.resolve("other.key.pub"));
    assertTrue(
        Cli.run("sign", model, "--key", other).refusal(1).contains("got that of another private"));
    assertArrayEquals(file, Files.readAllBytes(model));
  }

  private static int indexOf(byte[] bytes, String text) {
    for (int at = 0; at < bytes.length - text.length(); at++) {
      if (new String(bytes, at, text.length(), StandardCharsets.ISO_8859_1).equals(text)) {
        return at;
      }
    }
    throw new AssertionError(text + " is not in the file");
  }

  private static byte[] sealed(byte[] file) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(ByteBuffer.wrap(file, 0, file.length - 32));
    System.arraycopy(digest.digest(), 0, file, file.length - 32, 32);
    return file;
  }

  @Test
  void wrongFilesAreRefused() throws IOException, InterruptedException {
    assertTrue(Cli.run("keygen", "--out", key).refusal(1).contains("never overwritten"));
    Path nowhere = folder.resolve("nowhere").resolve("bank.key");
    assertTrue(Cli.run("keygen", "--out", nowhere).refusal(1).contains("there is no folder"));
    assertTrue(Cli.run("keygen").refusal(2).contains("--out"));
    assertTrue(Cli.run("sign", model).refusal(2).contains("--key"));
    assertTrue(Cli.run("sign", model, "--key", open).refusal(1).contains("got 'PUBLIC KEY'"));
    assertTrue(
        Cli.run("verify", model, "--public-key", key).refusal(1).contains("got 'PRIVATE KEY'"));
    assertTrue(
        Cli.run("verify", model, "--public-key", model).refusal(1).contains("got more than"));
  }
}

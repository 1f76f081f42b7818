package legible.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// An Ed25519 signature and the public key that checks it: 96 bytes, inside a model file or in a
/// file of their own beside it.
///
/// The key says which signature this is, not whom to trust: anybody can sign with a key of their
/// own. A caller who wants to know whose signature it is compares [#publicKey] with a key that came
/// another way.
///
/// Source: Josefsson & Liusvaara 2017, RFC 8032, section 5.1 (pure Ed25519, no context).
///
/// @param publicKey 32 bytes as of RFC 8032, 5.1.2, in lower-case hexadecimal digits
/// @param signature 64 bytes as of RFC 8032, 5.1.6, in lower-case hexadecimal digits
public record ModelSignature(String publicKey, String signature) {
  /// A key and a signature.
  public static final int BYTES = 96;

  private static final int KEY_BYTES = 32;

  private static final String ALGORITHM = "Ed25519";

  /// What stands before the 32 bytes in every `SubjectPublicKeyInfo` of Ed25519 (RFC 8410, 4).
  private static final byte[] KEY_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  /// @throws IllegalArgumentException if the lengths or digits are others
  public ModelSignature {
    requireDigits("public key", publicKey, 2 * KEY_BYTES);
    requireDigits("signature", signature, 2 * (BYTES - KEY_BYTES));
  }

  private static void requireDigits(String what, String text, int length) {
    if (text.length() != length || !text.matches("[0-9a-f]*")) {
      throw new IllegalArgumentException(
          "ModelSignature: %s of %d lower-case hexadecimal digits expected, got '%s'"
              .formatted(what, length, text));
    }
  }

  /// Signs bytes.
  ///
  /// @throws IllegalArgumentException if the keys are not Ed25519 keys that belong together
  public static ModelSignature sign(byte[] message, KeyPair keys) {
    return sign(message, message.length, keys);
  }

  static ModelSignature sign(byte[] bytes, int length, KeyPair keys) {
    ModelSignature signature;
    try {
      Signature signer = Signature.getInstance(ALGORITHM);
      signer.initSign(keys.getPrivate());
      signer.update(bytes, 0, length);
      signature =
          new ModelSignature(rawKey(keys.getPublic()), HexFormat.of().formatHex(signer.sign()));
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException("ModelSignature: an Ed25519 private key expected", e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("bug in Legible: every JDK has Ed25519", e);
    }
    if (!signature.holds(bytes, length)) {
      throw new IllegalArgumentException(
          "ModelSignature: a private key and its own public key expected, got the public key of"
              + " another one");
    }
    return signature;
  }

  /// Whether the owner of the key signed exactly these bytes.
  public boolean holds(byte[] message) {
    return holds(message, message.length);
  }

  boolean holds(byte[] bytes, int length) {
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encodedKey())));
      verifier.update(bytes, 0, length);
      return verifier.verify(HexFormat.of().parseHex(signature));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("bug in Legible: every JDK has Ed25519", e);
    } catch (GeneralSecurityException e) {
      return false; // no point of the curve, or a number beyond its order
    }
  }

  /// The key as 64 hexadecimal digits of its SHA-256, to compare over the telephone.
  public String fingerprint() {
    return fingerprint(publicKey);
  }

  /// The fingerprint of a key.
  ///
  /// @throws IllegalArgumentException if it is not an Ed25519 key
  public static String fingerprint(PublicKey key) {
    return fingerprint(rawKey(key));
  }

  private static String fingerprint(String rawKey) {
    return Sha256.hex(Sha256.of(HexFormat.of().parseHex(rawKey), 0, KEY_BYTES));
  }

  /// Whether the signature names this key as its own.
  ///
  /// @throws IllegalArgumentException if it is not an Ed25519 key
  public boolean isBy(PublicKey key) {
    return publicKey.equals(rawKey(key));
  }

  private static String rawKey(PublicKey key) {
    byte[] encoded = key.getEncoded();
    if (encoded == null
        || encoded.length != KEY_PREFIX.length + KEY_BYTES
        || !Arrays.equals(encoded, 0, KEY_PREFIX.length, KEY_PREFIX, 0, KEY_PREFIX.length)) {
      throw new IllegalArgumentException(
          "ModelSignature: an Ed25519 public key expected, got one of " + key.getAlgorithm());
    }
    return HexFormat.of().formatHex(encoded, KEY_PREFIX.length, encoded.length);
  }

  private byte[] encodedKey() {
    return HexFormat.of().parseHex(HexFormat.of().formatHex(KEY_PREFIX) + publicKey);
  }

  /// The key, then the signature.
  public byte[] toBytes() {
    return HexFormat.of().parseHex(publicKey + signature);
  }

  /// The way back from [#toBytes].
  ///
  /// @throws IllegalArgumentException if there are not 96 bytes
  public static ModelSignature of(byte[] bytes) {
    String digits = HexFormat.of().formatHex(bytes);
    int split = Math.min(2 * KEY_BYTES, digits.length());
    return new ModelSignature(digits.substring(0, split), digits.substring(split));
  }

  /// Reads a signature that stands in a file of its own.
  ///
  /// @throws ModelFormatException if the file has another length
  /// @throws IOException if the file cannot be read
  public static ModelSignature read(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new ModelFormatException(path.toString(), 0, "a signature expected, got a folder");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(BYTES + 1); // a device has no size to ask for
      if (bytes.length != BYTES) {
        throw new ModelFormatException(
            path.toString(),
            0,
            "a signature of %d bytes expected, got %s"
                .formatted(BYTES, bytes.length > BYTES ? "more" : bytes.length));
      }
      return of(bytes);
    }
  }

  /// Saves the signature in a file of its own, in one step.
  ///
  /// @throws IOException if the file cannot be written; the message says why
  public void write(Path path) throws IOException {
    Storage.write(path, toBytes());
  }
}

package legible.digits.signing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Ed25519 keys as PEM files: the private one, which nobody but its owner may read, and the public
/// one beside it, with the ending `.pub`.
///
/// Source: Josefsson & Leonard 2015, RFC 7468; Josefsson & Schaad 2018, RFC 8410.
public final class KeyFile {
  private static final String ALGORITHM = "Ed25519";
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";

  /// A key has some 120 bytes, a few comment lines before it are allowed.
  private static final int MOST_BYTES = 10_000;

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  private KeyFile() {}

  /// The public key's file beside a private key's.
  public static Path publicFile(Path file) {
    return file.resolveSibling(file.getFileName() + ".pub");
  }

  /// Makes a pair of keys and writes both.
  ///
  /// @throws IOException if one of the files exists already or cannot be written; then none is new
  public static KeyPair create(Path file) throws IOException {
    Path open = publicFile(file);
    for (Path each : new Path[] {file, open}) {
      if (Files.exists(each, LinkOption.NOFOLLOW_LINKS)) {
        throw exists(each);
      }
    }
    KeyPair keys;
    try {
      keys = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("bug in Legible: every JDK has Ed25519", e);
    }
    write(file, PRIVATE, keys.getPrivate().getEncoded(), "rw-------");
    try {
      write(open, PUBLIC, keys.getPublic().getEncoded(), "rw-r--r--");
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    return keys;
  }

  private static IOException exists(Path file) {
    return new IOException(
        file + ": a new file expected, this one exists already; keys are never overwritten");
  }

  /// Writes a file that is not there yet: creating it and looking whether it is there are one step,
  /// and so are creating it and closing it to others.
  private static void write(Path file, String label, byte[] der, String permissions)
      throws IOException {
    String text =
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(
                label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), label);
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
            }
            : new FileAttribute<?>[0];
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (SeekableByteChannel channel = Files.newByteChannel(file, options, attributes)) {
      fill(file, channel, text.getBytes(StandardCharsets.US_ASCII));
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    } catch (NoSuchFileException e) {
      throw new IOException(
          "cannot save %s: there is no folder %s"
              .formatted(file, file.toAbsolutePath().getParent()),
          e);
    }
  }

  /// Half a key is none: a new file that cannot be filled is deleted.
  private static void fill(Path file, SeekableByteChannel channel, byte[] bytes)
      throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    try {
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw new IOException(
          "cannot save %s: %s; nothing was changed".formatted(file, e.getMessage()), e);
    }
  }

  /// Reads a private key and the public key beside it.
  ///
  /// @throws KeyFormatException if one of them is no such key
  /// @throws IOException if a file cannot be read
  public static KeyPair readPair(Path file) throws IOException {
    PrivateKey secret = readPrivate(file);
    Path open = publicFile(file);
    if (!Files.exists(open)) {
      throw new KeyFormatException(
          open.toString(),
          "the public key expected beside the private one; make it with"
              + " 'openssl pkey -in %s -pubout -out %s'".formatted(file, open));
    }
    return new KeyPair(readPublic(open), secret);
  }

  private static PrivateKey readPrivate(Path file) throws IOException {
    byte[] der = decode(file, PRIVATE);
    try {
      return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (InvalidKeySpecException e) {
      throw new KeyFormatException(file.toString(), "an Ed25519 private key expected, got another");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("bug in Legible: every JDK has Ed25519", e);
    }
  }

  /// Reads a public key.
  ///
  /// @throws KeyFormatException if the file holds no Ed25519 public key
  /// @throws IOException if it cannot be read
  public static PublicKey readPublic(Path file) throws IOException {
    byte[] der = decode(file, PUBLIC);
    try {
      return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der));
    } catch (InvalidKeySpecException e) {
      throw new KeyFormatException(file.toString(), "an Ed25519 public key expected, got another");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("bug in Legible: every JDK has Ed25519", e);
    }
  }

  /// The bytes within a PEM file of this label.
  private static byte[] decode(Path file, String label) throws IOException {
    String source = file.toString();
    String expected = "a PEM file with '-----BEGIN %s-----' expected, ".formatted(label);
    if (Files.isDirectory(file)) {
      throw new KeyFormatException(source, expected + "got a folder");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    }
    if (bytes.length > MOST_BYTES) {
      throw new KeyFormatException(
          source, expected + "got more than %d bytes".formatted(MOST_BYTES));
    }
    Matcher pem = PEM.matcher(new String(bytes, StandardCharsets.US_ASCII));
    if (!pem.find()) {
      throw new KeyFormatException(source, expected + "got none, or a damaged one");
    }
    if (!pem.group(1).equals(label)) {
      throw new KeyFormatException(source, expected + "got '" + pem.group(1) + "'");
    }
    try {
      return Base64.getDecoder().decode(pem.group(2).replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw new KeyFormatException(source, expected + "got one whose Base64 is damaged");
    }
  }
}

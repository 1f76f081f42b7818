package legible.digits.hostile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import legible.digits.idx.IdxFile;
import legible.digits.idx.IdxFormatException;
import legible.digits.image.GrayImage;
import legible.digits.image.ImageFile;
import legible.digits.image.ImageFormatException;
import legible.digits.receipt.ReceiptFile;
import legible.digits.receipt.ReceiptFormatException;
import legible.digits.signing.KeyFile;
import legible.digits.signing.KeyFormatException;
import legible.format.Checkpoint;
import legible.format.ModelFile;
import legible.format.ModelFormatException;
import legible.format.ModelSignature;
import legible.format.Safetensors;
import legible.tensor.Shape;

/// Every reader of files that a stranger may have written, with what it promises: the bytes are
/// refused with its own exception, or what comes out is sound. Anything else ends as another
/// exception. One home for the tests and for the fuzzer.
enum HostileReader {
  MODEL {
    @Override
    void read(byte[] bytes) throws IOException {
      requireSame(bytes, ModelFile.decode(SOURCE, bytes).encode());
    }

    @Override
    byte[] sealed(byte[] bytes) {
      return resealed(bytes);
    }
  },

  CHECKPOINT {
    @Override
    void read(byte[] bytes) throws IOException {
      requireSame(bytes, Checkpoint.decode(SOURCE, bytes).encode());
    }

    @Override
    byte[] sealed(byte[] bytes) {
      return resealed(bytes);
    }
  },

  SAFETENSORS {
    @Override
    void read(byte[] bytes) throws IOException {
      Safetensors file = Safetensors.decode(SOURCE, bytes);
      for (Map.Entry<String, Shape> tensor : file.shapes().entrySet()) {
        if (!file.tensor(tensor.getKey()).shape().equals(tensor.getValue())) {
          throw new IllegalStateException("a tensor of another shape than the list says");
        }
      }
    }
  },

  SIGNATURE {
    @Override
    void read(byte[] bytes) throws IOException {
      Path file = written(bytes);
      ModelSignature signature = ModelSignature.read(file);
      requireSame(bytes, signature.toBytes());
      signature.holds(new byte[] {1, 2, 3});
    }
  },

  PRIVATE_KEY {
    @Override
    void read(byte[] bytes) throws IOException {
      Path file = written(bytes);
      Files.write(KeyFile.publicFile(file), HostileSeeds.publicKey());
      KeyFile.readPair(file);
    }
  },

  PUBLIC_KEY {
    @Override
    void read(byte[] bytes) throws IOException {
      ModelSignature.fingerprint(KeyFile.readPublic(written(bytes)));
    }
  },

  RECEIPT {
    @Override
    void read(byte[] bytes) throws IOException {
      ReceiptFile.decode(SOURCE, bytes);
    }
  },

  IDX {
    @Override
    void read(byte[] bytes) throws IOException {
      IdxFile file = IdxFile.read(written(bytes), IdxFile.ANY, IdxFile.ANY, IdxFile.ANY);
      int elements = Arrays.stream(file.lengths()).reduce(1, Math::multiplyExact);
      if (file.bytes().length != file.start() + elements) {
        throw new IllegalStateException("an array of other lengths than its own");
      }
    }
  },

  PNG,
  JPEG,
  BMP,
  GIF,
  TIFF;

  /// What messages have to begin with.
  static final String SOURCE = "hostile";

  private static final int FILE_LENGTH = 16;

  /// Reads the bytes; those of most constants are a picture.
  ///
  /// @throws IOException the documented one of the reader
  void read(byte[] bytes) throws IOException {
    GrayImage picture = ImageFile.decode(SOURCE, bytes);
    for (float light : picture.values()) {
      if (!(light >= 0 && light <= 1.00001f)) {
        throw new IllegalStateException("light of " + light + " outside of 0..1");
      }
    }
  }

  /// The same bytes with the checksum of the whole made right, where there is one: a stranger can do
  /// that too.
  byte[] sealed(byte[] bytes) {
    return bytes;
  }

  /// Sound files.
  List<byte[]> seeds() throws IOException {
    return HostileSeeds.of(this);
  }

  /// Reads bytes as they are, and with their checksum made right where that is something else.
  ///
  /// @return whether they were read at least once
  final boolean survives(byte[] bytes) {
    boolean accepted = accepts(bytes);
    byte[] sealed = sealed(bytes);
    return Arrays.equals(sealed, bytes) ? accepted : accepts(sealed) || accepted;
  }

  private boolean accepts(byte[] bytes) {
    try {
      read(bytes.clone());
      return true;
    } catch (ModelFormatException
        | ReceiptFormatException
        | KeyFormatException
        | IdxFormatException
        | ImageFormatException e) {
      requireReadable(e.getMessage());
      return false;
    } catch (IOException e) {
      throw new IllegalStateException("another exception than the documented one: " + e, e);
    }
  }

  /// One line, not long, whatever the file says.
  private static void requireReadable(String message) {
    if (message.length() > 800 || message.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalStateException("a message of one readable line expected, got " + message);
    }
  }

  private static void requireSame(byte[] read, byte[] written) {
    if (!Arrays.equals(read, written)) {
      throw new IllegalStateException("what was read is written as other bytes");
    }
  }

  private static byte[] resealed(byte[] bytes) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      int end = bytes.length - sha256.getDigestLength();
      if (end < FILE_LENGTH + Long.BYTES) {
        return bytes;
      }
      byte[] sealed = bytes.clone();
      ByteBuffer.wrap(sealed).order(ByteOrder.LITTLE_ENDIAN).putLong(FILE_LENGTH, sealed.length);
      sha256.update(sealed, 0, end);
      System.arraycopy(sha256.digest(), 0, sealed, end, sealed.length - end);
      return sealed;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /// The bytes as a file; the next ones replace it. It is made anew, since some file systems (ext4)
  /// flush a file that is emptied and filled again, which takes 10 ms.
  private static Path written(byte[] bytes) throws IOException {
    Path file = HostileSeeds.scratch();
    Files.deleteIfExists(file);
    return Files.write(file, bytes);
  }
}

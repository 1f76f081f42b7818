package legible.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import legible.random.CounterRandom;
import org.junit.jupiter.api.Test;

/// Random damage with the checksums made right again, so that the structure has to defend itself:
/// either the file is refused, or it is a file, and then it is written as the same bytes.
class MutationTest {
  private static final int MODELS = 20_000;
  private static final int CHECKPOINTS = 5_000;
  private static final byte[] MODEL = Samples.model().encode();
  private static final byte[] CHECKPOINT = Samples.checkpoint(Samples.plan()).encode();

  /// Numbers that overflow, or nearly.
  private static final int[] TRAPS = {
    0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 24, 1 << 16, 255, 256, 63, 64, 65
  };

  /// Reads one mutated file and tells whether it was accepted.
  private interface Reader {
    byte[] readAndWrite(byte[] file) throws ModelFormatException;
  }

  private static boolean survives(byte[] file, Reader reader) {
    try {
      assertArrayEquals(file, reader.readAndWrite(file));
      return true;
    } catch (ModelFormatException e) {
      Refusal.wellFormed(e, file.length);
      return false;
    }
  }

  @Test
  void mutatedModelsAreRefusedOrSound() {
    mutate(MODEL, MODELS, 1, file -> ModelFile.decode("some.legible", file).encode());
  }

  @Test
  void mutatedCheckpointsAreRefusedOrSound() {
    mutate(CHECKPOINT, CHECKPOINTS, 3, file -> Checkpoint.decode("some.legible", file).encode());
  }

  private static void mutate(byte[] original, int files, long seed, Reader reader) {
    int accepted = 0;
    int end = FileForge.dataOffset(original);
    for (int i = 0; i < files; i++) {
      CounterRandom random = new CounterRandom(seed).split(i);
      byte[] file = original.clone();
      int changes = 1 + random.below(0, 3);
      for (int change = 1; change <= changes; change++) {
        damage(file, Header.BYTES, end, random.split(change));
      }
      accepted += survives(FileForge.seal(file), reader) ? 1 : 0;
    }
    assertTrue(accepted > 0 && accepted < files / 2, accepted + " files accepted");
  }

  /// One of five kinds of damage between two offsets.
  private static void damage(byte[] file, int from, int to, CounterRandom random) {
    int at = from + random.below(0, to - from - Integer.BYTES);
    switch (random.below(1, 5)) {
      case 0 -> file[at] ^= (byte) (1 << random.below(2, Byte.SIZE));
      case 1 -> file[at] = (byte) random.bits(2);
      case 2 ->
          ByteBuffer.wrap(file)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(at, TRAPS[random.below(2, TRAPS.length)]);
      case 3 -> {
        int length = Math.min(random.below(2, 40), to - at);
        int source = from + random.below(3, to - from - length);
        System.arraycopy(file.clone(), source, file, at, length);
      }
      default -> {
        byte digit = (byte) ('0' + random.below(2, 10));
        for (int i = at; i < to; i++) {
          if (file[i] >= '0' && file[i] <= '9') { // other numbers in settings and metadata
            file[i] = digit;
            break;
          }
        }
      }
    }
  }

  @Test
  void everyByteOfTheDescriptionDefendsItself() {
    int end = FileForge.dataOffset(MODEL);
    for (int at = 0; at < end; at++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        byte[] file = MODEL.clone();
        file[at] ^= (byte) (1 << bit);
        survives(FileForge.seal(file), bytes -> ModelFile.decode("some.legible", bytes).encode());
      }
    }
  }

  @Test
  void shortenedAndLengthenedFilesDefendThemselves() {
    for (int length = Header.BYTES + Sha256.BYTES; length < MODEL.length + 200; length++) {
      byte[] file = Arrays.copyOf(MODEL, length);
      ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(16, length);
      assertTrue(
          survives(FileForge.seal(file), bytes -> ModelFile.decode("some.legible", bytes).encode())
              == (length == MODEL.length));
    }
  }
}

package legible.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import legible.autograd.Role;
import legible.tensor.Shape;
import org.junit.jupiter.api.Test;

/// Every way in which the frame of a file can be wrong ends in one exception that says what and
/// where. Hostile architectures have a test of their own.
class HostileFileTest {
  private static final int VERSION = 8;
  private static final int KIND = 12;
  private static final int LENGTH = 16;
  private static final int DESCRIPTION = 24;
  private static final int SIGNATURE = 28;
  private static final int RESERVED = 32;

  private static final byte[] MODEL = Samples.model().encode();
  private static final int DESCRIPTION_LENGTH =
      ByteBuffer.wrap(MODEL).order(ByteOrder.LITTLE_ENDIAN).getInt(DESCRIPTION);

  private static byte[] changed(Consumer<ByteBuffer> change) {
    byte[] file = MODEL.clone();
    change.accept(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
    return FileForge.seal(file);
  }

  @Test
  void theForgeIsSoundWhereNothingIsChanged() {
    assertEquals(0, Arrays.compare(MODEL, new FileForge().file()));
  }

  @Test
  void everyTruncationIsRefused() {
    for (int length = 0; length < MODEL.length; length++) {
      Refusal.of(Arrays.copyOf(MODEL, length), "");
    }
    Refusal.of(new byte[0], "empty");
    Refusal.of(Arrays.copyOf(MODEL, MODEL.length - 1), "the end is missing");
  }

  @Test
  void everyFlippedBitIsRefused() {
    for (int bit = 0; bit < MODEL.length * Byte.SIZE; bit++) {
      byte[] file = MODEL.clone();
      file[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      Refusal.of(file, "");
    }
  }

  @Test
  void trailingBytesAreRefused() {
    Refusal.of(Arrays.copyOf(MODEL, MODEL.length + 1), "bytes expected");
    byte[] longer = Arrays.copyOf(MODEL, MODEL.length + 64);
    ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN).putLong(LENGTH, longer.length);
    Refusal.of(FileForge.seal(longer), "the tensors end at byte");
    Refusal.of(new FileForge().extra(1).file(), "1 bytes too many behind the table");
    Refusal.of(new FileForge().extra(1000).file(), "1000 bytes too many");
  }

  @Test
  void foreignFilesAreRefused() {
    for (String text : List.of("x", "PK\3\4", "\u0089PNG\r\n\u001a\n", "a".repeat(1000))) {
      Refusal.of(text.getBytes(StandardCharsets.ISO_8859_1), "no Legible file");
    }
    byte[] asText =
        new String(MODEL, StandardCharsets.ISO_8859_1)
            .replace("\r\n", "\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    Refusal.of(asText, "no Legible file");
  }

  @Test
  void otherVersionsAreRefusedWithWords() {
    Refusal.of(
        changed(b -> b.putInt(VERSION, 3)),
        "format version 3; Legible 0.1.0 reads versions 1 and 2 only");
    Refusal.of(changed(b -> b.putInt(VERSION, 0)), "format version 1 or 2 expected, got 0");
    Refusal.of(changed(b -> b.putInt(VERSION, -1)), "version");
  }

  @Test
  void otherKindsAreRefusedWithWords() {
    byte[] checkpoint = Samples.checkpoint(Samples.plan()).encode();
    Refusal.of(checkpoint, "a model expected, got a checkpoint");
    Refusal.of(changed(b -> b.putInt(KIND, 77)), "unknown kind 77");
    assertThrows(ModelFormatException.class, () -> Checkpoint.decode("some.legible", MODEL));
  }

  @Test
  void headersThatClaimTerabytesAreRefused() {
    for (long length : new long[] {1L << 40, Long.MAX_VALUE, -1, 0, Integer.MAX_VALUE}) {
      Refusal.of(changed(b -> b.putLong(LENGTH, length)), "bytes expected");
    }
    for (int length : new int[] {Integer.MAX_VALUE, -1, MODEL.length, 1 << 24}) {
      Refusal.of(changed(b -> b.putInt(DESCRIPTION, length)), "length of the description");
    }
    for (int length = 0; length < DESCRIPTION_LENGTH; length++) {
      int shorter = length;
      Refusal.of(changed(b -> b.putInt(DESCRIPTION, shorter)), "");
    }
  }

  @Test
  void reservedBytesHaveToBeZero() {
    Refusal.of(changed(b -> b.putInt(SIGNATURE, 96)), "signed");
    for (int at = RESERVED; at < Header.BYTES; at++) {
      int reserved = at;
      ModelFormatException refusal =
          Refusal.of(changed(b -> b.put(reserved, (byte) 1)), "reserved bytes: zero");
      assertEquals(at, refusal.byteOffset());
    }
  }

  @Test
  void paddingHasToBeZero() {
    int descriptionEnd = Header.BYTES + DESCRIPTION_LENGTH;
    Refusal.of(changed(b -> b.put(descriptionEnd, (byte) 1)), "padding");
    Refusal.of(changed(b -> b.put(MODEL.length - 33, (byte) 1)), "padding");
  }

  @Test
  void damagedTensorsAreNamedEvenIfTheWholeIsSealedAgain() {
    int first = FileForge.dataOffset(MODEL);
    Refusal.of(
        changed(b -> b.put(first, (byte) ~b.get(first))), "tensor 'conv.weight': its SHA-256");
  }

  @Test
  void weightsThatAreNotFiniteAreRefused() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      FileForge forge = new FileForge();
      forge.data(
          data -> {
            ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putFloat(4, bad);
            forge.entry(0, e -> resummed(e, data));
            return data;
          });
      Refusal.of(forge.file(), "tensor 'conv.weight', element 1: a finite number expected");
    }
  }

  private static TensorTable.Entry resummed(TensorTable.Entry entry, byte[] data) {
    int from = (int) entry.offset();
    String sha256 = Sha256.hex(Sha256.of(data, from, from + (int) entry.length()));
    return new TensorTable.Entry(entry.spec(), entry.offset(), sha256, 0);
  }

  @Test
  void tensorsHaveToBeExactlyThoseOfTheArchitecture() {
    Refusal.of(tensors(list -> list.subList(0, list.size() - 1)), "'dense.bias' [3] is missing");
    Refusal.of(tensors(list -> list.subList(0, 0)), "'conv.weight' [3, 3, 1, 2] is missing");
    Refusal.of(renamed(0, "other.weight"), "'other.weight' is unknown");
    Refusal.of(renamed(0, "dense.bias"), "'dense.bias' comes twice");
    Refusal.of(
        respecified(0, Role.WEIGHT, Shape.of(9, 2)), "shape [3, 3, 1, 2] expected, got [9, 2]");
    Refusal.of(respecified(0, Role.BIAS, Shape.of(3, 3, 1, 2)), "role WEIGHT expected, got BIAS");
  }

  @Test
  void tensorsHaveToLieOneBehindTheOther() {
    for (long wrong : new long[] {0, 64, 127, 128 + 4, 192, 1L << 40, Long.MAX_VALUE - (1 << 20)}) {
      byte[] file = new FileForge().entry(1, e -> moved(e, wrong)).file();
      Refusal.of(file, "tensor 'conv.bias': offset");
    }
    Refusal.of(new FileForge().entry(0, e -> moved(e, -64)).file(), "offset");
  }

  @Test
  void swappedTensorsAreRefused() {
    UnaryOperator<List<TensorTable.Entry>> swap =
        list -> {
          List<TensorTable.Entry> swapped = new ArrayList<>(list);
          Collections.swap(swapped, 2, 3); // gamma and beta: the same size, so the offsets stay
          swapped.set(2, moved(swapped.get(2), list.get(2).offset()));
          swapped.set(3, moved(swapped.get(3), list.get(3).offset()));
          return swapped;
        };
    Refusal.of(tensors(swap), "'norm.gamma' expected here, got 'norm.beta'");
  }

  @Test
  void hugeTensorsAreRefusedBeforeAnythingIsAllocated() {
    Refusal.of(respecified(0, Role.WEIGHT, Shape.of(Integer.MAX_VALUE)), "offset");
    int last = ModelFile.declared(Samples.architecture()).size() - 1;
    Refusal.of(respecified(last, Role.BIAS, Shape.of(Integer.MAX_VALUE)), "shape [3] expected");
  }

  private static byte[] tensors(UnaryOperator<List<TensorTable.Entry>> change) {
    return new FileForge().entries(change).file();
  }

  private static byte[] renamed(int index, String name) {
    return changedSpec(index, s -> new TensorSpec(name, s.role(), s.shape()));
  }

  private static byte[] respecified(int index, Role role, Shape shape) {
    return changedSpec(index, s -> new TensorSpec(s.name(), role, shape));
  }

  private static byte[] changedSpec(int index, UnaryOperator<TensorSpec> change) {
    return new FileForge()
        .entry(index, e -> new TensorTable.Entry(change.apply(e.spec()), e.offset(), e.sha256(), 0))
        .file();
  }

  private static TensorTable.Entry moved(TensorTable.Entry entry, long offset) {
    return new TensorTable.Entry(entry.spec(), offset, entry.sha256(), 0);
  }
}

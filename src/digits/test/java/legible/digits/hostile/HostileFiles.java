package legible.digits.hostile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import legible.digits.Repository;
import legible.random.CounterRandom;

/// The hostile files for a reader: each sound file cut at every place, with every bit flipped, with
/// seeded damage; files that claim much; and what the fuzzer found.
final class HostileFiles {
  static final int MUTATIONS = 2000;

  /// Where the fuzzer's corpus is kept, a folder for each reader.
  private static final Path CORPUS = Repository.ROOT.resolve("src/digits/test/resources/hostile");

  /// Numbers that overflow, or nearly.
  private static final int[] TRAPS = {
    0, 1, -1, 2, 7, 255, 256, 65_535, 65_536, 1 << 24, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE
  };

  private HostileFiles() {}

  /// Takes a file.
  @FunctionalInterface
  interface Use {
    void take(byte[] file) throws IOException;
  }

  static void each(HostileReader reader, Use use) throws IOException {
    List<byte[]> seeds = reader.seeds();
    for (int seed = 0; seed < seeds.size(); seed++) {
      byte[] sound = seeds.get(seed);
      use.take(sound);
      truncations(sound, use);
      flips(sound, use);
      CounterRandom random = new CounterRandom(reader.name().hashCode()).split(seed);
      for (int i = 0; i < MUTATIONS; i++) {
        use.take(mutated(sound, random.split(i)));
      }
    }
    for (byte[] claim : HostileClaims.of(reader)) {
      use.take(claim);
    }
    for (byte[] found : corpus(reader)) {
      use.take(found);
    }
  }

  private static void truncations(byte[] sound, Use use) throws IOException {
    for (int length = 0; length < sound.length; length++) {
      use.take(Arrays.copyOf(sound, length));
    }
  }

  private static void flips(byte[] sound, Use use) throws IOException {
    for (int bit = 0; bit < sound.length * Byte.SIZE; bit++) {
      byte[] flipped = sound.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      use.take(flipped);
    }
  }

  /// One to four kinds of damage.
  private static byte[] mutated(byte[] sound, CounterRandom random) {
    byte[] file = sound;
    int changes = 1 + random.below(0, 4);
    for (int change = 1; change <= changes && file.length > 0; change++) {
      file = damaged(file, random.split(change));
    }
    return file;
  }

  private static byte[] damaged(byte[] sound, CounterRandom random) {
    int at = random.below(0, sound.length);
    int other = random.below(1, sound.length);
    int length = Math.min(1 + random.below(2, 40), sound.length - Math.max(at, other));
    byte[] file = sound.clone();
    switch (random.below(3, 6)) {
      case 0 -> file[at] = (byte) random.bits(4);
      case 1 -> System.arraycopy(sound, other, file, at, length);
      case 2 -> {
        if (at + Integer.BYTES <= file.length) {
          boolean little = random.below(5, 2) == 0;
          ByteBuffer.wrap(file)
              .order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
              .putInt(at, TRAPS[random.below(6, TRAPS.length)]);
        }
      }
      case 3 -> {
        if (at + Short.BYTES <= file.length) {
          ByteBuffer.wrap(file).putShort(at, (short) TRAPS[random.below(6, TRAPS.length)]);
        }
      }
      case 4 -> { // a part twice
        file = Arrays.copyOf(sound, sound.length + length);
        System.arraycopy(sound, at, file, at + length, sound.length - at);
      }
      default -> { // a part left out
        System.arraycopy(sound, at + length, file, at, sound.length - at - length);
        file = Arrays.copyOf(file, sound.length - length);
      }
    }
    return file;
  }

  private static Path corpusFolder(HostileReader reader) {
    return CORPUS.resolve(reader.name().toLowerCase(Locale.ROOT));
  }

  /// What the fuzzer found worth keeping: files that once hurt, and an archive of those that took new
  /// ways through the reader.
  static List<byte[]> corpus(HostileReader reader) throws IOException {
    Path folder = corpusFolder(reader);
    List<byte[]> all = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return all;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        if (file.getFileName().toString().equals("corpus.zip")) {
          unpack(file, all);
        } else {
          all.add(Files.readAllBytes(file));
        }
      }
    }
    return all;
  }

  private static void unpack(Path archive, List<byte[]> all) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      while (zip.getNextEntry() != null) {
        all.add(zip.readAllBytes());
      }
    }
  }
}

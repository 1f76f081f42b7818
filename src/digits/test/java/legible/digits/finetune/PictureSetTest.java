package legible.digits.finetune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import legible.digits.Repository;
import legible.digits.idx.LabelledImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureSetTest {
  @TempDir private Path folder;

  private String refusal(Path place) {
    return assertThrows(IOException.class, () -> PictureSet.read(place, false)).getMessage();
  }

  /// Pictures of any size become pictures of 28 x 28 with the classes of their folders.
  @Test
  void foldersAreClasses() throws IOException {
    Drawings.signs(folder, 4);
    Files.writeString(folder.resolve("notes.txt"), "beside the folders: passed over");
    Files.writeString(folder.resolve("bar").resolve(".hidden"), "passed over");
    PictureSet set = PictureSet.read(folder, false);
    assertEquals(Drawings.SIGNS, set.classes().names());
    assertEquals(12, set.images().size());
    assertEquals(28, set.images().height());
    for (int i = 0; i < 12; i++) {
      assertEquals(i / 4, set.images().label(i));
    }
    Map<String, String> before = set.hashes();
    Path one = folder.resolve("ring").resolve("0.png");
    Files.move(one, folder.resolve("ring").resolve("renamed.png"));
    assertNotEquals(before, PictureSet.read(folder, false).hashes());
    Files.move(folder.resolve("ring").resolve("renamed.png"), one);
    assertEquals(before, PictureSet.read(folder, false).hashes());
  }

  @Test
  void numbersAreInTheOrderOfTheirValues() {
    assertEquals(List.of("2", "9", "10"), ClassNames.sorted(List.of("10", "9", "2")).names());
    assertEquals(List.of("10", "9", "x"), ClassNames.sorted(List.of("x", "9", "10")).names());
  }

  @Test
  void whatCannotBeReadIsNamed() throws IOException {
    Drawings.signs(folder, 3);
    Path broken = Files.writeString(folder.resolve("cross").resolve("bad.png"), "no picture");
    Path empty = Files.write(folder.resolve("ring").resolve("empty.jpg"), new byte[0]);
    String message = refusal(folder);
    assertTrue(message.contains("2 of 11 files cannot be learnt from"), message);
    assertTrue(message.contains(broken.toString()) && message.contains(empty.toString()), message);
    assertTrue(message.endsWith("remove them or give --skip-unreadable"), message);
    PictureSet set = PictureSet.read(folder, true);
    assertEquals(9, set.images().size());
    assertEquals(2, set.skipped().size());
    assertTrue(set.skipped().getFirst().contains(broken.toString()));
  }

  @Test
  void emptyFoldersAreRefused() throws IOException {
    assertTrue(refusal(folder).contains("1 to 256 sub-folders named after the classes expected"));
    Files.createDirectories(folder.resolve("7"));
    assertEquals(
        folder.resolve("7") + ": at least one picture expected, got none", refusal(folder));
    assertTrue(refusal(folder.resolve("missing")).contains("missing"));
  }

  /// The last pictures of MNIST itself are for choosing and calibrating: no one may learn them.
  @Test
  void idxFilesAreRead() throws IOException {
    PictureSet mnist = PictureSet.read(Repository.MNIST, false);
    assertEquals(55_000, mnist.images().size());
    assertEquals(10_000, mnist.test().get().size());
    assertTrue(mnist.classes().areDigits());
    LabelledImages part = mnist.images().part(100, 20);
    Path file = Drawings.idx(folder.resolve("few"), "train", part);
    PictureSet few = PictureSet.read(folder.resolve("few"), false);
    assertEquals(20, few.images().size());
    assertTrue(few.test().isEmpty());
    assertEquals(few.hashes(), PictureSet.read(file, false).hashes());
    for (int i = 0; i < 20; i++) {
      assertEquals(part.label(i), few.images().label(i));
      assertEquals(
          part.pixels()[part.offset(i) + 300], few.images().pixels()[few.images().offset(i) + 300]);
    }
  }

  @Test
  void wrongIdxFilesAreRefused() throws IOException {
    byte[] pixels = new byte[2 * 12];
    LabelledImages narrow = new LabelledImages(pixels, 0, new byte[2], 0, 2, 4, 3);
    Path file = Drawings.idx(folder.resolve("narrow"), "train", narrow);
    assertTrue(refusal(file).startsWith(file.toString()), refusal(file));
    LabelledImages right = new LabelledImages(new byte[784], 0, new byte[1], 0, 1, 28, 28);
    Path alone = Drawings.idx(folder.resolve("alone"), "train", right);
    Files.delete(folder.resolve("alone").resolve("train-labels-idx1-ubyte"));
    assertTrue(refusal(alone).contains("train-labels-idx1-ubyte"));
    Path other = Files.write(folder.resolve("pictures.bin"), new byte[100]);
    assertTrue(refusal(other).contains("the name of a file of pictures expected"));
  }
}

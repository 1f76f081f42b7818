package legible.digits.finetune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import legible.digits.finetune.Lessons.Division;
import legible.digits.idx.LabelledImages;
import org.junit.jupiter.api.Test;

/// Who is taught and who is asked, with pictures whose first two pixels are their number.
class LessonsTest {
  private static LabelledImages numbered(int size, int classes, int first) {
    byte[] pixels = new byte[size * 4];
    byte[] labels = new byte[size];
    for (int i = 0; i < size; i++) {
      pixels[4 * i] = (byte) (first + i);
      pixels[4 * i + 1] = (byte) ((first + i) >> 8);
      labels[i] = (byte) (i % classes);
    }
    return new LabelledImages(pixels, 0, labels, 0, size, 2, 2);
  }

  private static PictureSet set(LabelledImages images, Optional<LabelledImages> test) {
    return new PictureSet(
        ClassNames.numbers(3), images, test, new TreeMap<>(Map.of("x", "y")), List.of());
  }

  private static Set<Integer> numbers(LabelledImages images) {
    Set<Integer> numbers = new HashSet<>();
    for (int i = 0; i < images.size(); i++) {
      int at = images.offset(i);
      numbers.add((images.pixels()[at] & 0xff) | (images.pixels()[at + 1] & 0xff) << 8);
    }
    return numbers;
  }

  private static int[] perClass(LabelledImages images) {
    int[] counts = new int[3];
    IntStream.range(0, images.size()).forEach(i -> counts[images.label(i)]++);
    return counts;
  }

  @Test
  void aShareOfEachClassIsHeldOut() {
    PictureSet set = set(numbered(32, 3, 0), Optional.empty());
    Lessons lessons = Lessons.of(set, Optional.empty(), new Division(0.2, 0, 1));
    assertArrayEquals(new int[] {2, 2, 2}, perClass(lessons.heldOut()));
    Set<Integer> all = numbers(lessons.training());
    assertEquals(26, all.size());
    assertTrue(all.addAll(numbers(lessons.heldOut())));
    assertEquals(32, all.size());
    Lessons other = Lessons.of(set, Optional.empty(), new Division(0.2, 0, 2));
    assertTrue(!numbers(other.heldOut()).equals(numbers(lessons.heldOut())), "by the seed");
    Lessons few = Lessons.of(set, Optional.empty(), new Division(0.2, 4, 1));
    assertArrayEquals(new int[] {4, 4, 4}, perClass(few.training()));
    assertEquals(numbers(lessons.heldOut()), numbers(few.heldOut()));
    assertTrue(numbers(lessons.training()).containsAll(numbers(few.training())));
  }

  @Test
  void testPicturesOfTheSetAreHeldOut() {
    LabelledImages test = numbered(5, 3, 1000);
    PictureSet set = set(numbered(30, 3, 0), Optional.of(test));
    Lessons lessons = Lessons.of(set, Optional.empty(), new Division(0.2, 0, 1));
    assertEquals(30, lessons.training().size());
    assertEquals(numbers(test), numbers(lessons.heldOut()));
  }

  /// New pictures are repeated until they are as many as the old ones.
  @Test
  void oldPicturesAreMixedIn() {
    PictureSet fresh = set(numbered(30, 3, 0), Optional.empty());
    PictureSet old = set(numbered(300, 3, 2000), Optional.of(numbered(9, 3, 5000)));
    Lessons lessons = Lessons.of(fresh, Optional.of(old), new Division(0.2, 0, 1));
    assertEquals(24, lessons.fresh());
    assertEquals(300, lessons.rehearsed());
    assertEquals(24 * 13 + 300, lessons.training().size());
    assertEquals(324, numbers(lessons.training()).size());
    assertEquals(9, lessons.oldHeldOut().get().size());
    Set<Integer> both = numbers(lessons.training());
    both.retainAll(numbers(lessons.heldOut()));
    assertEquals(Set.of(), both);
  }

  @Test
  void aPictureOfEachClassIsTooFew() {
    PictureSet set = set(numbered(3, 3, 0), Optional.empty());
    assertThrows(
        IllegalArgumentException.class,
        () -> Lessons.of(set, Optional.empty(), new Division(0.2, 0, 1)));
  }
}

package legible.digits.compose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import legible.digits.Repository;
import legible.digits.idx.Mnist;
import legible.digits.numbers.Alphabet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LineComposerTest {
  private static final int WIDTH = 128;
  private static final int SIZE = LineComposer.HEIGHT * WIDTH;

  private static Handwriting hands;

  @BeforeAll
  static void read() throws IOException {
    hands = new Handwriting(Mnist.test(Repository.MNIST).images());
  }

  private static LineComposer composer(long seed) {
    return new LineComposer(hands, LineComposer.Manner.MANY_HANDS, WIDTH, seed);
  }

  private static float[] compose(LineComposer composer, int index, int epoch) {
    float[] picture = new float[SIZE];
    composer.compose(index, epoch, picture, 0, new LineComposer.Scratch());
    return picture;
  }

  /// A picture depends on (seed, epoch, index) alone, not on what was composed before.
  @Test
  void theSameNumbersGiveTheSamePicture() {
    LineComposer used = composer(3);
    LineComposer.Scratch scratch = new LineComposer.Scratch();
    float[] many = new float[20 * SIZE];
    for (int i = 19; i >= 0; i--) {
      used.compose(i, 2, many, i * SIZE, scratch);
    }
    for (int i = 0; i < 20; i += 7) {
      float[] alone = compose(composer(3), i, 2);
      assertArrayEquals(Arrays.copyOfRange(many, i * SIZE, (i + 1) * SIZE), alone);
      assertFalse(Arrays.equals(alone, compose(composer(4), i, 2)));
      assertFalse(Arrays.equals(alone, compose(composer(3), i, 1)));
      assertArrayEquals(used.text(i, 2), composer(3).text(i, 2));
    }
  }

  /// 2,000 lines have every sign, none and many of them, fit their frames, and are ink in [0, 1].
  @Test
  void linesAreOfManyKinds() {
    LineComposer composer = composer(1);
    Set<Integer> signs = new HashSet<>();
    Set<Integer> lengths = new HashSet<>();
    float[] picture = new float[SIZE];
    LineComposer.Scratch scratch = new LineComposer.Scratch();
    for (int i = 0; i < 2000; i++) {
      int[] text = composer.text(i, 0);
      Arrays.stream(text).forEach(signs::add);
      lengths.add(text.length);
      int repeated = 0;
      for (int j = 1; j < text.length; j++) {
        repeated += text[j] == text[j - 1] ? 1 : 0;
      }
      assertTrue(text.length + repeated <= WIDTH / 4 - 7, Alphabet.text(text));
      if (i % 20 == 0) {
        composer.compose(i, 0, picture, 0, scratch);
        for (float ink : picture) {
          assertTrue(ink >= 0 && ink <= 1);
        }
      }
    }
    assertEquals(Alphabet.BLANK, signs.size());
    assertTrue(lengths.containsAll(Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8)), lengths.toString());
  }

  /// The benchmark's lines: 2 to 10 digits, all of them inside of the picture.
  @Test
  void plainLines() throws IOException {
    LinePictures lines = LinePictures.plain(Mnist.test(Repository.MNIST).images());
    Set<Integer> lengths = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      assertTrue(lines.text(i).matches("[0-9]{2,10}"), lines.text(i));
      lengths.add(lines.text(i).length());
    }
    assertEquals(9, lengths.size());
    float[] light = lines.picture(0).values();
    assertEquals(1f, light[0]);
  }
}

package legible.digits.numbers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import legible.random.CounterRandom;
import org.junit.jupiter.api.Test;

/// The most probable text whose digits are known.
class FrameScoresTest {
  private static final int CLASSES = Alphabet.CLASSES;

  private static FrameScores scores(String... frames) {
    float[] logits = new float[frames.length * CLASSES];
    for (int t = 0; t < frames.length; t++) {
      for (int i = 0; i < frames[t].length(); i++) {
        char sign = frames[t].charAt(i);
        int k = sign == '_' ? Alphabet.BLANK : Alphabet.SIGNS.indexOf(sign);
        logits[t * CLASSES + k] = 20 - 3 * i;
      }
    }
    return FrameScores.of(logits, CLASSES);
  }

  private static String complete(FrameScores scores, String digits) {
    return Alphabet.text(scores.complete(Alphabet.classes(digits)).text());
  }

  /// Each frame's signs are given in the order of their probability, `_` for the blank.
  @Test
  void byHand() {
    FrameScores line = scores("*", "*_", "7_1", "_", ".", "5_", "_5", "5_", "-", "-_");
    assertEquals("*7.55-", complete(line, "755"));
    assertEquals("*1.5-", complete(line, "15"), "a digit that is less probable, the rest as it is");
    assertEquals("*.5-", complete(line, "5"), "the blank is next where the 7 may not be");
    assertEquals(-3, line.complete(Alphabet.classes("55")).logProbability(), 0.4);
    assertEquals("99", complete(scores("9", "_9", "9"), "99"));
    FrameScores narrow = scores("9", "9");
    assertEquals(
        Double.NEGATIVE_INFINITY,
        narrow.complete(Alphabet.classes("99")).logProbability(),
        "two equal digits need a frame between them");
  }

  /// Against all paths over five classes, for every seed and each of some texts.
  @Test
  void againstAllPaths() {
    int frames = 5;
    int[] classes = {3, 4, Alphabet.SIGNS.indexOf('.'), Alphabet.SIGNS.indexOf('-'), 16};
    int paths = (int) Math.pow(classes.length, frames);
    for (int seed = 0; seed < 8; seed++) {
      CounterRandom random = new CounterRandom(seed);
      float[] logits = new float[frames * CLASSES];
      Arrays.fill(logits, -60);
      for (int t = 0; t < frames; t++) {
        for (int k : classes) {
          logits[t * CLASSES + k] = random.uniform(100L * t + k, -2, 2);
        }
      }
      FrameScores scores = FrameScores.of(logits, CLASSES);
      for (String digits : new String[] {"3", "34", "33", "343", "334", "44344"}) {
        double best = Double.NEGATIVE_INFINITY;
        String text = "";
        for (int path = 0; path < paths; path++) {
          int[] along = along(path, classes, frames);
          String read = read(along);
          double log = 0;
          for (int t = 0; t < frames; t++) {
            log += scores.at(t, along[t]);
          }
          if (log > best && read.replaceAll("[^0-9]", "").equals(digits)) {
            best = log;
            text = read;
          }
        }
        FrameScores.Completed found = scores.complete(Alphabet.classes(digits));
        assertEquals(best, found.logProbability(), 1e-9, digits);
        if (best > Double.NEGATIVE_INFINITY) {
          assertEquals(text, Alphabet.text(found.text()));
        }
      }
    }
  }

  private static int[] along(int path, int[] classes, int frames) {
    int[] along = new int[frames];
    for (int t = 0, rest = path; t < frames; t++, rest /= classes.length) {
      along[t] = classes[rest % classes.length];
    }
    return along;
  }

  private static String read(int[] along) {
    StringBuilder text = new StringBuilder();
    for (int t = 0; t < along.length; t++) {
      if (along[t] != Alphabet.BLANK && (t == 0 || along[t] != along[t - 1])) {
        text.append(Alphabet.SIGNS.charAt(along[t]));
      }
    }
    return text.toString();
  }

  @Test
  void scoresStayAsTheyAre() {
    FrameScores line = scores("3_", "_", "4");
    double[] before = line.values().clone();
    line.complete(new int[] {3, 4});
    assertArrayEquals(before, line.values());
  }
}

package legible.digits.numbers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import legible.random.CounterRandom;
import org.junit.jupiter.api.Test;

class PrefixSearchTest {
  private static final int FRAMES = 4;

  /// Random scores in which three classes are probable: 1, 2 and the blank.
  private static FrameScores scores(int seed) {
    CounterRandom random = new CounterRandom(seed);
    float[] logits = new float[FRAMES * Alphabet.CLASSES];
    for (int t = 0; t < FRAMES; t++) {
      for (int k = 0; k < Alphabet.CLASSES; k++) {
        boolean probable = k == 1 || k == 2 || k == Alphabet.BLANK;
        logits[t * Alphabet.CLASSES + k] = probable ? random.uniform(100L * t + k, -1, 1) : -40;
      }
    }
    return FrameScores.of(logits, Alphabet.CLASSES);
  }

  /// The probability of each text: the sum over all paths, one by one.
  private static Map<String, Double> texts(FrameScores scores) {
    int[] classes = {1, 2, Alphabet.BLANK};
    Map<String, Double> texts = new HashMap<>();
    for (int path = 0; path < 81; path++) {
      StringBuilder text = new StringBuilder();
      double log = 0;
      int before = Alphabet.BLANK;
      for (int t = 0, rest = path; t < FRAMES; t++, rest /= 3) {
        int k = classes[rest % 3];
        log += scores.at(t, k);
        text.append(k != before && k != Alphabet.BLANK ? Integer.toString(k) : "");
        before = k;
      }
      texts.merge(text.toString(), Math.exp(log), Double::sum);
    }
    return texts;
  }

  @Test
  void probabilitiesAreThoseOfAllPaths() {
    for (int seed = 0; seed < 20; seed++) {
      FrameScores scores = scores(seed);
      Map<String, Double> expected = texts(scores);
      List<PrefixSearch.Candidate> found = PrefixSearch.search(scores, 1000);
      for (PrefixSearch.Candidate candidate : found) {
        String text = Alphabet.text(candidate.text());
        assertEquals(expected.get(text), Math.exp(candidate.logProbability()), 1e-9, text);
        assertEquals(
            candidate.logProbability(), scores.logProbability(candidate.text()), 1e-9, text);
      }
      assertEquals(expected.size(), found.size());
      double best = expected.values().stream().mapToDouble(p -> p).max().orElseThrow();
      assertEquals(best, Math.exp(found.getFirst().logProbability()), 1e-9);
    }
  }

  /// Frames 1 2 2 1 of the clearest path: the first sign is seen in frame 0, the second in 1 and 2.
  @Test
  void alignment() {
    int[] path = {1, 2, 2, 1};
    float[] logits = new float[FRAMES * Alphabet.CLASSES];
    for (int t = 0; t < FRAMES; t++) {
      logits[t * Alphabet.CLASSES + path[t]] = 9;
    }
    int[][] frames = FrameScores.of(logits, Alphabet.CLASSES).align(new int[] {1, 2, 1});
    assertArrayEquals(new int[][] {{0, 0}, {1, 2}, {3, 3}}, frames);
  }
}

package legible.digits.decision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import legible.format.Provenance;
import legible.random.CounterRandom;
import legible.train.Evaluation;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  /// Answers whose logits are right at a known temperature: labels are drawn from softmax(z/T).
  private static Evaluation answers(double temperature, int images) {
    CounterRandom random = new CounterRandom(3);
    float[][] probabilities = new float[images][10];
    int[] labels = new int[images];
    for (int i = 0; i < images; i++) {
      CounterRandom draw = random.split(i);
      double[] logits = new double[10];
      for (int k = 0; k < 10; k++) {
        logits[k] = 3 * draw.normal(k);
      }
      probabilities[i] = softmax(logits, 1);
      float[] truth = softmax(logits, temperature);
      float uniform = draw.uniform(100);
      int label = 0;
      while (label < 9 && uniform >= truth[label]) {
        uniform -= truth[label++];
      }
      labels[i] = label;
    }
    return new Evaluation(probabilities, labels, 0);
  }

  private static float[] softmax(double[] logits, double temperature) {
    float[] result = new float[logits.length];
    double sum = 0;
    for (double logit : logits) {
      sum += StrictMath.exp(logit / temperature);
    }
    for (int k = 0; k < result.length; k++) {
      result[k] = (float) (StrictMath.exp(logits[k] / temperature) / sum);
    }
    return result;
  }

  @Test
  void thresholdsOfAReader() {
    float[] confidences = {0.9f, 0.99f, 0.5f, 0.7f};
    boolean[] right = {true, true, true, false};
    ReadRates rates = ReadRates.of(confidences, right);
    assertEquals(4, rates.count());
    assertEquals(3, rates.right());
    Calibration calibration = Calibration.fit(rates);
    assertEquals(1, calibration.temperature());
    assertEquals(0.9f, calibration.threshold(0.01).orElseThrow());
  }

  @Test
  void findsTheTemperature() {
    for (double temperature : new double[] {0.4, 1, 2.5}) {
      Evaluation answers = answers(temperature, 20_000);
      Calibration calibration = Calibration.fit(answers);
      assertEquals(temperature, calibration.temperature(), 0.04 * temperature);
      Evaluation calibrated = calibration.apply(answers);
      assertTrue(Reliability.of(calibrated).expectedCalibrationError() < 0.01);
      assertEquals(answers.correct(), calibrated.correct(), "no answer changes");
      for (float other : new float[] {0.97f, 1.03f}) {
        Calibration near = new Calibration(calibration.temperature() * other, new TreeMap<>());
        assertTrue(near.apply(answers).loss() > calibrated.loss(), "the least loss is found");
      }
    }
  }

  /// Where every answer is right, no temperature is too small: the search ends at its bound.
  @Test
  void endsWhereThereIsNoMinimum() {
    float[][] probabilities = {{0.6f, 0.4f}, {0.1f, 0.9f}};
    Calibration calibration = Calibration.fit(new Evaluation(probabilities, new int[] {0, 1}, 0));
    assertEquals(0.01f, calibration.temperature(), 1e-4f);
  }

  @Test
  void calibrationErrorAsDefined() {
    float[][] probabilities = {{0.9f, 0.1f}, {0.92f, 0.08f}, {0.45f, 0.55f}, {0.0f, 1.0f}};
    Reliability reliability =
        Reliability.of(new Evaluation(probabilities, new int[] {0, 1, 1, 1}, 0));
    double first = Math.abs((0.9 + 0.92) / 2 - 0.5);
    double second = 1 - 0.55;
    assertEquals((2 * first + second) / 4, reliability.expectedCalibrationError(), 1e-7);
  }

  @Test
  void refusesTheLessSure() {
    float[] sure = {0.99f, 0.98f, 0.97f, 0.97f, 0.8f, 0.7f};
    boolean[] right = {true, true, true, false, true, false};
    float[][] probabilities = new float[6][];
    int[] labels = new int[6];
    for (int i = 0; i < 6; i++) {
      int place = (i * 5) % 6; // in another order
      probabilities[place] = new float[] {sure[i], 1 - sure[i]};
      labels[place] = right[i] ? 0 : 1;
    }
    ReadRates rates = ReadRates.of(new Evaluation(probabilities, labels, 0));
    assertEquals(0.98f, rates.threshold(0.01), "the tied ones cannot be parted");
    assertEquals(0.8f, rates.threshold(0.2));
    assertEquals(0.7f, rates.threshold(0.34));
    assertEquals(2.0 / 6, rates.readRate(0.98f));
    assertEquals(0, rates.misreadRate(0.98f));
    assertEquals(0.25, rates.misreadRate(0.97f));
    assertEquals(0, rates.misreadRate(1.5f), "no answer, no mistake");
    float[][] wrong = {{0.9f, 0.1f}};
    float never = ReadRates.of(new Evaluation(wrong, new int[] {1}, 0)).threshold(0.5);
    assertTrue(never > 1);
  }

  @Test
  void metadataAndBack() {
    Calibration calibration = Calibration.fit(answers(0.5, 3000));
    SortedMap<String, String> metadata = new TreeMap<>(Map.of("engine.version", "1"));
    metadata.put(Provenance.REJECT_PREFIX + "0.3", "0.5");
    calibration.write(metadata);
    assertEquals(calibration, Calibration.of(metadata));
    assertEquals(Calibration.NONE, Calibration.of(Map.of()));
    assertEquals(calibration.thresholds().get(0.001), calibration.threshold(0.0015).get());
    assertEquals(Optional.empty(), calibration.threshold(0.00001));
    assertArrayEquals(
        new float[] {2, -4}, new Calibration(0.5f, new TreeMap<>()).scale(new float[] {1, -2}));
  }

  @Test
  void nonsenseIsRefused() {
    for (String bad : new String[] {"0", "-1", "NaN", "Infinity", "warm", ""}) {
      Map<String, String> metadata = Map.of(Provenance.TEMPERATURE, bad);
      assertThrows(IllegalArgumentException.class, () -> Calibration.of(metadata), bad);
    }
    for (String bad : new String[] {"-0.1", "NaN", "3", "x"}) {
      Map<String, String> metadata = Map.of(Provenance.REJECT_PREFIX + "0.01", bad);
      assertThrows(IllegalArgumentException.class, () -> Calibration.of(metadata), bad);
    }
    Map<String, String> share = Map.of(Provenance.REJECT_PREFIX + "often", "0.5");
    assertThrows(IllegalArgumentException.class, () -> Calibration.of(share));
  }
}

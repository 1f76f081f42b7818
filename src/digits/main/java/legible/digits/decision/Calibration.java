package legible.digits.decision;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import legible.format.Provenance;
import legible.train.Evaluation;

/// What a model knows about its own certainty: the temperature that makes its probabilities true, and
/// the probability below which it should not answer, for several wanted shares of misread pictures.
/// Both are fitted on the validation pictures and stand in the model's metadata.
///
/// @param temperature what logits are divided by before probabilities are made, > 0 and finite
/// @param thresholds the least probability of an answer by the wanted share of wrong answers among the
///   answers given; may be empty; above 1 if the model is never sure enough
public record Calibration(float temperature, NavigableMap<Double, Float> thresholds) {
  /// Probabilities as the network gives them, no threshold known.
  public static final Calibration NONE = new Calibration(1, new TreeMap<>());

  /// The shares of misread pictures for which a threshold is fitted.
  private static final double[] MISREAD = {
    0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001
  };

  /// @throws IllegalArgumentException if a number is out of range
  public Calibration {
    if (!(temperature > 0 && temperature < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          Provenance.TEMPERATURE + ": a number > 0 expected, got " + temperature);
    }
    thresholds = Collections.unmodifiableNavigableMap(new TreeMap<>(thresholds));
    thresholds.forEach(
        (misread, threshold) -> {
          if (!(misread > 0 && misread < 1 && threshold >= 0 && threshold <= 2)) {
            throw new IllegalArgumentException(
                Provenance.REJECT_PREFIX
                    + misread
                    + ": a share in 0..1 and a probability expected, got "
                    + threshold);
          }
        });
  }

  /// Fits both.
  ///
  /// @param validation the network's own answers (temperature 1) to pictures that it was not trained on
  public static Calibration fit(Evaluation validation) {
    float temperature = TemperatureFit.of(validation);
    Calibration scale = new Calibration(temperature, new TreeMap<>());
    return new Calibration(temperature, thresholds(ReadRates.of(scale.apply(validation))));
  }

  /// Fits the thresholds of a reader of lines, whose confidence is no softmax that a temperature could
  /// change.
  ///
  /// @param validation answers to lines that it was not trained on
  public static Calibration fit(ReadRates validation) {
    return new Calibration(1, thresholds(validation));
  }

  private static NavigableMap<Double, Float> thresholds(ReadRates rates) {
    NavigableMap<Double, Float> thresholds = new TreeMap<>();
    for (double misread : MISREAD) {
      thresholds.put(misread, rates.threshold(misread));
    }
    return thresholds;
  }

  /// What a model's metadata say; [#NONE] if they say nothing.
  ///
  /// @throws IllegalArgumentException if a value is not a number, or out of range
  public static Calibration of(Map<String, String> metadata) {
    NavigableMap<Double, Float> thresholds = new TreeMap<>();
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      if (entry.getKey().startsWith(Provenance.REJECT_PREFIX)) {
        String misread = entry.getKey().substring(Provenance.REJECT_PREFIX.length());
        thresholds.put(
            number(entry.getKey(), misread), (float) number(entry.getKey(), entry.getValue()));
      }
    }
    String temperature = metadata.getOrDefault(Provenance.TEMPERATURE, "1");
    return new Calibration((float) number(Provenance.TEMPERATURE, temperature), thresholds);
  }

  private static double number(String name, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + ": a number expected, got '" + text + "'", e);
    }
  }

  /// Puts it into metadata, in place of another one.
  public void write(Map<String, String> metadata) {
    metadata.keySet().removeIf(name -> name.startsWith(Provenance.REJECT_PREFIX));
    metadata.put(Provenance.TEMPERATURE, Float.toString(temperature));
    thresholds.forEach(
        (misread, threshold) ->
            metadata.put(Provenance.REJECT_PREFIX + misread, Float.toString(threshold)));
  }

  /// The logits whose softmax is calibrated.
  public float[] scale(float[] logits) {
    float[] scaled = new float[logits.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = logits[i] / temperature;
    }
    return scaled;
  }

  /// The same answers with calibrated probabilities and their loss.
  ///
  /// @param evaluation with the network's own probabilities
  public Evaluation apply(Evaluation evaluation) {
    float[][] scaled = new float[evaluation.images()][];
    double loss = 0;
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = TemperatureFit.scaled(evaluation.probabilities()[i], temperature);
      float right = Math.max(scaled[i][evaluation.labels()[i]], Float.MIN_NORMAL);
      loss -= StrictMath.log(right);
    }
    return new Evaluation(scaled, evaluation.labels(), loss / Math.max(1, scaled.length));
  }

  /// The least probability at which to answer if no greater share of answers may be wrong: that of the
  /// nearest share known which is not greater. Empty if all that are known are greater.
  public Optional<Float> threshold(double misread) {
    return Optional.ofNullable(thresholds.floorEntry(misread)).map(Map.Entry::getValue);
  }
}

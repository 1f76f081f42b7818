package legible.format;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import legible.train.TrainingPlan;

/// The names under which metadata say where weights come from. Only what equal runs have in common
/// belongs there: no clock, no host, no path, no number of threads.
public final class Provenance {
  /// The version of the engine that wrote the file.
  public static final String ENGINE_VERSION = "engine.version";

  /// Before the name of a data file; the value is the SHA-256 of its bytes in hexadecimal digits.
  public static final String DATA_PREFIX = "data.";

  /// Before the name of a setting of [TrainingPlan#settings]; the seed is one of them.
  public static final String PLAN_PREFIX = "plan.";

  /// The share of validation samples read correctly, in [0, 1].
  public static final String VALIDATION_ACCURACY = "accuracy.validation";

  /// The share of test samples read correctly, in [0, 1].
  public static final String TEST_ACCURACY = "accuracy.test";

  /// The SHA-256 in hexadecimal digits of the file of the model that a fine-tuned one began as.
  public static final String PARENT_SHA256 = "parent.sha256";

  /// What logits are divided by before probabilities are made of them; 1 where it is missing.
  public static final String TEMPERATURE = "decision.temperature";

  /// Before a wanted share of wrong answers among the answers given, such as 0.001; the value is the
  /// probability below which an answer is then to be withheld, above 1 for every answer.
  public static final String REJECT_PREFIX = "decision.reject-below.";

  private Provenance() {}

  /// What is known before a training: this engine and the data.
  ///
  /// @param dataSha256 by the names of the data files, without folders
  public static SortedMap<String, String> of(Map<String, String> dataSha256) {
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put(ENGINE_VERSION, EngineVersion.TEXT);
    dataSha256.forEach((file, sha256) -> metadata.put(DATA_PREFIX + file, sha256));
    return metadata;
  }

  /// The same and every setting of the training.
  public static SortedMap<String, String> of(Map<String, String> dataSha256, TrainingPlan plan) {
    SortedMap<String, String> metadata = of(dataSha256);
    plan.settings().forEach((key, value) -> metadata.put(PLAN_PREFIX + key, value));
    return metadata;
  }

  /// The SHA-256 of the data files by their names; two trainings saw the same data if these agree.
  public static SortedMap<String, String> data(Map<String, String> metadata) {
    return under(DATA_PREFIX, metadata);
  }

  /// Every setting of the training.
  ///
  /// @throws IllegalArgumentException if settings are missing, unknown or out of range
  public static TrainingPlan plan(Map<String, String> metadata) {
    return TrainingPlan.parse(under(PLAN_PREFIX, metadata));
  }

  /// The entries whose names begin with the prefix, under the rest of their names.
  static SortedMap<String, String> under(String prefix, Map<String, String> metadata) {
    SortedMap<String, String> found = new TreeMap<>();
    metadata.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), value);
          }
        });
    return found;
  }
}

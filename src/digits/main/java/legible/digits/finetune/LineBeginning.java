package legible.digits.finetune;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import legible.digits.training.ReaderJob;
import legible.digits.training.TrainingJob;
import legible.format.Checkpoint;
import legible.format.ModelFile;
import legible.format.Provenance;
import legible.model.Architecture;
import legible.train.TrainingPlan;
import legible.train.TrainingState;

/// What the fine-tuning of a reader of lines begins with. All else follows from the settings, which
/// stand in the metadata of its checkpoints and of the model that comes out.
///
/// @param parent what the new model begins as
/// @param data what it shall learn
public record LineBeginning(ModelFile parent, LineSet data) {
  /// The only kind of pictures that were taken; missing if all were.
  private static final String KIND = Beginning.PREFIX + "kind";

  /// Which way photographed lines became samples.
  private static final String STRIPS = Beginning.PREFIX + "strips";

  /// Changes whenever the same pictures and seed give other samples.
  private static final String STRIPS_VERSION = "1";

  /// Metadata without which a fine-tuning cannot be done again.
  private static final String[] SETTINGS = {
    Provenance.PARENT_SHA256, Beginning.HOLD_OUT, STRIPS, ReaderJob.LINES, ReaderJob.COMPOSER
  };

  /// Whether a model or a checkpoint comes from such a fine-tuning.
  public static boolean made(SortedMap<String, String> metadata) {
    return metadata.containsKey(STRIPS);
  }

  /// The only kind of pictures that such a fine-tuning took, if not all.
  public static Optional<String> kind(SortedMap<String, String> metadata) {
    return Optional.ofNullable(metadata.get(KIND));
  }

  /// The state before the first epoch.
  Checkpoint fresh(LineSettings settings) {
    SortedMap<String, String> metadata = Provenance.of(data.hashes());
    metadata.put(Provenance.PARENT_SHA256, parent.sha256());
    metadata.put(Beginning.HOLD_OUT, Double.toString(settings.holdOut()));
    metadata.put(STRIPS, STRIPS_VERSION);
    metadata.put(ReaderJob.LINES, Integer.toString(settings.lines()));
    metadata.put(ReaderJob.COMPOSER, ReaderJob.COMPOSER_VERSION);
    data.kind().ifPresent(kind -> metadata.put(KIND, kind));
    return checkpoint(settings.plan(parent.architecture()), metadata);
  }

  /// The state before the first epoch of the fine-tuning that made a model.
  ///
  /// @param source the model's name, for messages
  /// @throws IOException if its metadata do not tell, or tell of another beginning than this
  Checkpoint again(String source, ModelFile model) throws IOException {
    SortedMap<String, String> metadata = Provenance.of(Provenance.data(model.metadata()));
    for (String name : SETTINGS) {
      String value = model.metadata().get(name);
      if (value == null) {
        throw new IOException(
            source + ": provenance of a fine-tuning expected, but '" + name + "' is missing");
      }
      metadata.put(name, value);
    }
    try {
      Checkpoint start = checkpoint(Provenance.plan(model.metadata()), metadata);
      requireSame(start);
      return start;
    } catch (IllegalArgumentException e) {
      throw new IOException(
          source + ": provenance of a fine-tuning expected: " + e.getMessage(), e);
    }
  }

  private Checkpoint checkpoint(TrainingPlan plan, SortedMap<String, String> metadata) {
    Architecture architecture = parent.architecture();
    TrainingState state = TrainingState.start(plan, parent.weights().copy());
    return new Checkpoint(architecture, plan, state, metadata);
  }

  /// Checks that a checkpoint began with the same model and pictures.
  void requireSame(Checkpoint from) throws IOException {
    if (!made(from.metadata())) {
      throw new IOException(
          "--resume: the checkpoint of the fine-tuning of a reader expected, got another one");
    }
    Beginning.requireParent(from, parent);
    TrainingJob.requireSameData(from, data.hashes());
    ReaderJob.requireSameComposer(from);
    String strips = from.metadata().get(STRIPS);
    if (!strips.equals(STRIPS_VERSION)) {
      throw new IOException(
          "%s of the earlier fine-tuning: '%s' expected, got '%s'"
              .formatted(STRIPS, STRIPS_VERSION, strips));
    }
  }

  /// The share of the pictures that nothing is learnt from.
  static double holdOut(SortedMap<String, String> metadata) throws IOException {
    String text = metadata.getOrDefault(Beginning.HOLD_OUT, "");
    try {
      double share = Double.parseDouble(text);
      if (share > 0 && share < 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      throw new IOException(Beginning.HOLD_OUT + ": a share expected, got '" + text + "'", e);
    }
    throw new IOException(Beginning.HOLD_OUT + ": a share in (0, 1) expected, got '" + text + "'");
  }
}

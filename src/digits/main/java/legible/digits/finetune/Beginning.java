package legible.digits.finetune;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import legible.digits.augment.Augmentation;
import legible.digits.training.TrainingJob;
import legible.format.Checkpoint;
import legible.format.ModelFile;
import legible.format.Provenance;
import legible.model.Model;
import legible.train.TrainingPlan;
import legible.train.TrainingState;

/// What a fine-tuning begins with. All else follows from the settings, which stand in the metadata of
/// its checkpoints and of the model that comes out.
///
/// @param parent what the new model begins as
/// @param data what it shall learn
/// @param old what it shall not forget
public record Beginning(ModelFile parent, PictureSet data, Optional<PictureSet> old) {
  static final String PREFIX = "finetune.";
  private static final String NEW_HEAD = PREFIX + "new-head";
  private static final String FROM_SCRATCH = PREFIX + "from-scratch";
  static final String HOLD_OUT = PREFIX + "hold-out";
  private static final String PER_CLASS = PREFIX + "per-class";

  /// Before the names of data that shall not be forgotten.
  static final String REHEARSAL_PREFIX = "rehearsal.";

  /// Metadata without which a fine-tuning cannot be done again.
  private static final String[] SETTINGS = {
    Provenance.PARENT_SHA256,
    ClassNames.METADATA,
    TrainingJob.AUGMENTATION,
    NEW_HEAD,
    FROM_SCRATCH,
    HOLD_OUT,
    PER_CLASS
  };

  /// The state before the first epoch.
  ///
  /// @throws IllegalArgumentException if model, pictures and settings do not fit together
  Checkpoint fresh(FineTuneSettings settings) {
    ClassNames.Choice choice = ClassNames.choose(parent, data.classes(), settings.classes());
    if (data.classes().count() == 1 && old.isEmpty()) {
      throw new IllegalArgumentException(
          "pictures of two classes or more expected, or --rehearse with the others, got %s alone: the"
                  .formatted(data.classes().names())
              + " model would learn to give no other answer");
    }
    boolean newHead = choice.newHead() || settings.fromScratch();
    SortedMap<String, String> metadata = Provenance.of(hashes());
    metadata.put(Provenance.PARENT_SHA256, parent.sha256());
    metadata.put(ClassNames.METADATA, choice.classes().text());
    metadata.put(
        TrainingJob.AUGMENTATION,
        (settings.augment() ? Augmentation.DIGITS : Augmentation.NONE).text());
    metadata.put(NEW_HEAD, Boolean.toString(newHead));
    metadata.put(FROM_SCRATCH, Boolean.toString(settings.fromScratch()));
    metadata.put(HOLD_OUT, Double.toString(settings.division().holdOut()));
    metadata.put(PER_CLASS, Integer.toString(settings.division().perClass()));
    Model model = model(metadata, settings.seed());
    int pictures = lessons(metadata, settings.seed()).training().size();
    return checkpoint(model, settings.plan(model.architecture(), newHead, pictures), metadata);
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
      TrainingPlan plan = Provenance.plan(model.metadata());
      Checkpoint start = checkpoint(model(metadata, plan.seed()), plan, metadata);
      requireSame(start);
      if (!start.architecture().equals(model.architecture())) {
        throw new IOException(source + ": the layers of its parent expected, got others");
      }
      return start;
    } catch (IllegalArgumentException e) {
      throw new IOException(
          source + ": provenance of a fine-tuning expected: " + e.getMessage(), e);
    }
  }

  private static Checkpoint checkpoint(
      Model model, TrainingPlan plan, SortedMap<String, String> metadata) {
    TrainingState state = TrainingState.start(plan, model.weights());
    return new Checkpoint(model.architecture(), plan, state, metadata);
  }

  /// The model before the first step.
  private Model model(SortedMap<String, String> metadata, long seed) {
    int count = classes(metadata).count();
    if (Boolean.parseBoolean(metadata.get(FROM_SCRATCH))) {
      return Model.create(parent.architecture().withClasses(count), seed);
    }
    return Boolean.parseBoolean(metadata.get(NEW_HEAD))
        ? parent.model().withNewHead(count, seed)
        : new Model(parent.architecture(), parent.weights().copy());
  }

  private SortedMap<String, String> hashes() {
    SortedMap<String, String> hashes = new TreeMap<>(data.hashes());
    old.ifPresent(set -> set.hashes().forEach((k, v) -> hashes.put(REHEARSAL_PREFIX + k, v)));
    return hashes;
  }

  /// Checks that a checkpoint began with the same model and pictures.
  void requireSame(Checkpoint from) throws IOException {
    String expected = from.metadata().get(Provenance.PARENT_SHA256);
    if (expected == null || !from.metadata().containsKey(NEW_HEAD)) {
      throw new IOException("--resume: the checkpoint of a fine-tuning expected, got another one");
    }
    requireParent(from, parent);
    TrainingJob.requireSameData(from, hashes());
  }

  /// Checks that a checkpoint began as a model.
  static void requireParent(Checkpoint from, ModelFile parent) throws IOException {
    String expected = from.metadata().get(Provenance.PARENT_SHA256);
    if (!parent.sha256().equals(expected)) {
      throw new IOException(
          "the model that the fine-tuning began as expected, SHA-256 %s, got %s"
              .formatted(expected, parent.sha256()));
    }
  }

  /// What is learnt from and what is measured on.
  Lessons lessons(SortedMap<String, String> metadata, long seed) {
    ClassNames classes = classes(metadata);
    if (old.isPresent() && !classes.contains(old.get().classes())) {
      throw new IllegalArgumentException(
          "--rehearse: classes among %s expected, got %s"
              .formatted(classes.names(), old.get().classes().names()));
    }
    return Lessons.of(
        data.in(classes),
        old.map(set -> set.in(classes)),
        new Lessons.Division(
            Double.parseDouble(metadata.get(HOLD_OUT)),
            Integer.parseInt(metadata.get(PER_CLASS)),
            seed));
  }

  /// What the new model tells apart.
  static ClassNames classes(SortedMap<String, String> metadata) {
    return ClassNames.parse(metadata.get(ClassNames.METADATA));
  }

  /// Whether the parent answers the same question, so that before and after can be compared.
  static boolean keepsHead(Checkpoint from) {
    return !Boolean.parseBoolean(from.metadata().get(NEW_HEAD));
  }
}

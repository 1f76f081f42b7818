package legible.digits.finetune;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import legible.digits.augment.Augmentation;
import legible.digits.augment.Augmenter;
import legible.digits.idx.LabelledImages;
import legible.digits.training.DigitDataset;
import legible.digits.training.TrainingJob;
import legible.format.Checkpoint;
import legible.format.ModelFile;
import legible.format.Provenance;
import legible.format.Storage;
import legible.kernel.Kernels;
import legible.model.Architecture;
import legible.model.Model;
import legible.random.CounterRandom;
import legible.tensor.Workspace;
import legible.train.Dataset;
import legible.train.EpochRecord;
import legible.train.Evaluation;
import legible.train.Features;
import legible.train.Trainer;
import legible.train.TrainingListener;

/// One fine-tuning from a model and pictures to the new model file: measures, trains with a
/// checkpoint after each epoch, measures again, saves. What is held out is never learnt from and
/// chooses nothing.
public final class FineTuneJob {
  /// Held-out pictures whose features are kept for a plot: more dots would hide each other.
  private static final int PLOTTED = 500;

  /// Features are computed once if they take no more than this part of the memory; more are computed
  /// anew in each step, to the same bits.
  private static final int MEMORY_PART = 3;

  private final Beginning beginning;
  private final Workspace workspace;
  private final List<TrainingListener> listeners;
  private final Evaluation.Progress progress;

  /// @param beginning the model and the pictures
  /// @param kernels what computes
  /// @param listeners told how the training goes on
  /// @param progress told how far features and evaluations are
  public FineTuneJob(
      Beginning beginning,
      Kernels kernels,
      List<TrainingListener> listeners,
      Evaluation.Progress progress) {
    this.beginning = beginning;
    this.workspace = new Workspace(kernels);
    this.listeners = List.copyOf(listeners);
    this.progress = progress;
  }

  /// The answers before and after.
  ///
  /// @param before of the parent; empty where it has other classes
  /// @param after of the new model
  public record Change(Optional<Evaluation> before, Evaluation after) {}

  /// What a fine-tuning gives.
  ///
  /// @param file the saved model
  /// @param classes what it tells apart
  /// @param history the epochs
  /// @param fresh how many different new pictures were learnt from
  /// @param rehearsed how many old ones
  /// @param cached layers whose outputs were computed once instead of in every step
  /// @param heldOut the held-out pictures
  /// @param ownTest whether these are test pictures that the data set keeps apart itself
  /// @param on answers on the held-out pictures
  /// @param onOld answers on the held-out old pictures, with rehearsal
  /// @param plot features before the head, of some held-out pictures
  public record Result(
      ModelFile file,
      ClassNames classes,
      List<EpochRecord> history,
      int fresh,
      int rehearsed,
      int cached,
      LabelledImages heldOut,
      boolean ownTest,
      Change on,
      Optional<Change> onOld,
      Plot plot) {}

  /// What the layers before the head make of some held-out pictures.
  ///
  /// @param labels the true classes
  /// @param before `[pictures][features]` of the parent
  /// @param after `[pictures][features]` of the new model
  public record Plot(int[] labels, float[][] before, float[][] after) {}

  /// The state before the first epoch.
  ///
  /// @throws IllegalArgumentException if model, pictures and settings do not fit together
  public Checkpoint start(FineTuneSettings settings) {
    return beginning.fresh(settings);
  }

  /// Trains from a checkpoint to the plan's end.
  ///
  /// @param out where the model is saved; the checkpoint of each epoch is written beside it, and
  ///     removed when the model is there
  /// @throws IOException if parent or data are not those of the checkpoint, or a file cannot be
  ///     written
  public Result run(Checkpoint from, Path out) throws IOException {
    Storage.requireWritable(out);
    beginning.requireSame(from);
    Lessons lessons = beginning.lessons(from.metadata(), from.plan().seed());
    Model parent = beginning.parent().model();
    boolean comparable = Beginning.keepsHead(from);
    Optional<Evaluation> before = answers(comparable, parent, lessons.heldOut());
    Optional<Evaluation> oldBefore =
        lessons.oldHeldOut().flatMap(p -> answers(comparable, parent, p));
    LabelledImages plotted = plotted(lessons.heldOut(), from.plan().seed());
    float[][] featuresBefore = features(parent, plotted);

    List<TrainingListener> told = new ArrayList<>(listeners);
    told.add(new TrainingJob.CheckpointWriter(from, TrainingJob.checkpointFile(out)));
    int cached;
    try {
      cached = fit(from, lessons, told);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Model model = new Model(from.architecture(), from.state().result());
    Change on = new Change(before, evaluate(model, lessons.heldOut()));
    Optional<Change> onOld =
        lessons.oldHeldOut().map(p -> new Change(oldBefore, evaluate(model, p)));
    ModelFile file = new ModelFile(model, metadata(from, on));
    file.write(out);
    Files.deleteIfExists(TrainingJob.checkpointFile(out));
    int[] labels = IntStream.range(0, plotted.size()).map(plotted::label).toArray();
    return new Result(
        file,
        Beginning.classes(from.metadata()),
        from.state().history(),
        lessons.fresh(),
        lessons.rehearsed(),
        cached,
        lessons.heldOut(),
        beginning.data().test().isPresent(),
        on,
        onOld,
        new Plot(labels, featuresBefore, features(model, plotted)));
  }

  /// Fine-tunes again, with the settings that a model tells of itself. Nothing is saved.
  ///
  /// @param source the model's name, for messages
  /// @throws IOException if the model does not tell how it was fine-tuned, or from another model or
  ///     other pictures
  public Model repeat(String source, ModelFile model) throws IOException {
    Checkpoint from = beginning.again(source, model);
    Lessons lessons = beginning.lessons(from.metadata(), from.plan().seed());
    fit(from, lessons, listeners);
    return new Model(from.architecture(), from.state().result());
  }

  /// Trains, on features where layers at the beginning are frozen.
  ///
  /// @return the number of layers that are replaced by features
  private int fit(Checkpoint from, Lessons lessons, List<TrainingListener> told) {
    Augmentation augmentation = Augmentation.parse(from.metadata().get(TrainingJob.AUGMENTATION));
    Architecture whole = from.architecture();
    Dataset pictures = dataset(whole, lessons.training(), augmentation, from.plan().seed());
    int cached = augmentation.equals(Augmentation.NONE) ? cachedLayers(from, pictures.size()) : 0;
    Architecture trained = whole.without(cached);
    Dataset samples =
        cached == 0
            ? pictures
            : Features.toTrainOn(
                whole.first(cached), from.state().weights(), pictures, workspace, progress);
    Dataset none = dataset(whole, lessons.training().part(0, 0), Augmentation.NONE, 0);
    new Trainer(trained, from.plan(), workspace, told).fit(from.state(), samples, none);
    return cached;
  }

  private static int cachedLayers(Checkpoint from, int pictures) {
    int layers = Features.frozenLayers(from.architecture(), from.plan());
    long bytes = Features.bytes(from.architecture().first(layers), pictures);
    return bytes <= Runtime.getRuntime().maxMemory() / MEMORY_PART ? layers : 0;
  }

  private Dataset dataset(
      Architecture architecture, LabelledImages images, Augmentation augmentation, long seed) {
    Optional<Augmenter> augmenter =
        augmentation.equals(Augmentation.NONE)
            ? Optional.empty()
            : Optional.of(new Augmenter(augmentation, seed));
    return new DigitDataset(
        images,
        augmenter,
        workspace.kernels().parallel().threads(),
        architecture.input(),
        architecture.output().size());
  }

  private Dataset plain(Model model, LabelledImages images) {
    return dataset(model.architecture(), images, Augmentation.NONE, 0);
  }

  private Optional<Evaluation> answers(boolean comparable, Model model, LabelledImages images) {
    return comparable ? Optional.of(evaluate(model, images)) : Optional.empty();
  }

  private Evaluation evaluate(Model model, LabelledImages images) {
    return Evaluation.of(
        model.architecture(), model.weights(), plain(model, images), workspace, progress);
  }

  private static LabelledImages plotted(LabelledImages images, long seed) {
    int[] order = new CounterRandom(seed).split("plot").permutation(images.size());
    return images.select(IntStream.of(order).limit(PLOTTED).sorted().toArray());
  }

  /// What the head reads, for each picture.
  private float[][] features(Model model, LabelledImages images) {
    Architecture architecture = model.architecture();
    Architecture body = architecture.first(architecture.body().row().size() - 1);
    Features features =
        Features.toEvaluate(
            body, model.weights(), plain(model, images), workspace, (done, total) -> {});
    float[][] rows = new float[features.size()][features.sample().size()];
    for (int i = 0; i < rows.length; i++) {
      features.read(i, 0, 0, rows[i], 0);
    }
    return rows;
  }

  private static SortedMap<String, String> metadata(Checkpoint from, Change on) {
    SortedMap<String, String> metadata =
        Provenance.of(Provenance.data(from.metadata()), from.plan());
    metadata.putAll(from.metadata());
    metadata.put(Provenance.TEST_ACCURACY, Double.toString(on.after().accuracy()));
    return metadata;
  }
}

package legible.digits.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import legible.digits.compose.ComposedLines;
import legible.digits.compose.Handwriting;
import legible.digits.compose.LineComposer;
import legible.digits.compose.LineComposer.Manner;
import legible.digits.compose.LinePictures;
import legible.digits.decision.Calibration;
import legible.digits.decision.ReadRates;
import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;
import legible.digits.numbers.Alphabet;
import legible.digits.numbers.NumberReader;
import legible.format.Checkpoint;
import legible.format.ModelFile;
import legible.format.Provenance;
import legible.format.Storage;
import legible.kernel.Kernels;
import legible.model.Architecture;
import legible.model.Model;
import legible.model.Networks;
import legible.tensor.Workspace;
import legible.train.Adam;
import legible.train.EpochRecord;
import legible.train.Evaluation;
import legible.train.Schedule;
import legible.train.Trainer;
import legible.train.TrainingListener;
import legible.train.TrainingPlan;
import legible.train.TrainingState;
import legible.train.Transcription;

/// The training of the reader of numbers: on lines composed from MNIST's digits, other ones in every
/// epoch, measured on plain lines of digits that were kept aside and, at the very end, of test digits.
///
/// It has two parts. The first learns from many hands; the second goes on from its result, in fewer and
/// smaller steps, with half of the lines tidy.
public final class ReaderJob {
  /// How many lines an epoch has; a name of metadata.
  public static final String LINES = "digits.lines";

  /// Which composer made the lines; a name of metadata.
  public static final String COMPOSER = "digits.composer";

  /// Of what composes lines; it changes whenever the same seed gives other lines or another order of
  /// them.
  public static final String COMPOSER_VERSION = "3";

  /// Epochs unless the caller says otherwise.
  public static final int EPOCHS = 40;

  /// Lines of an epoch unless the caller says otherwise.
  public static final int LINES_PER_EPOCH = 16_000;

  /// Lines in a step unless the caller says otherwise.
  public static final int BATCH_SIZE = 64;

  /// Columns of a training picture.
  private static final int WIDTH = 128;

  /// Plain lines that a finished reader is measured on, but no more than an epoch has.
  private static final int MEASURED = 1000;

  /// Lines in many hands that thresholds are fitted on, but no more than an epoch has.
  private static final int CALIBRATED = 4000;

  /// After how many epochs of the first part the second one of a checkpoint began; a name of metadata.
  private static final String FIRST_PART = "digits.first-part";

  /// The second part has one epoch for so many of the first.
  private static final int FIRST_TO_SECOND = 5;

  private final Path data;
  private final Kernels kernels;
  private final List<TrainingListener> listeners;

  /// @param data the folder of MNIST's files
  /// @param kernels what computes
  /// @param listeners told how it goes on
  public ReaderJob(Path data, Kernels kernels, List<TrainingListener> listeners) {
    this.data = data;
    this.kernels = kernels;
    this.listeners = List.copyOf(listeners);
  }

  /// What a training gives.
  ///
  /// @param file the saved model
  /// @param lines of an epoch
  public record Result(ModelFile file, int lines) {}

  /// The recipe of the first part, on lines in many hands. The second one follows from it.
  public static TrainingPlan plan(int epochs, int batchSize, long seed) {
    return plan(epochs, batchSize, seed, 0.003, 0.999f);
  }

  /// The recipe of the second part, on tidier hands: shorter and more careful.
  private static TrainingPlan secondPlan(TrainingPlan first) {
    int epochs = epochs(first.epochs()) - first.epochs();
    return plan(epochs, first.batchSize(), first.seed(), 0.001, 0.995f);
  }

  private static TrainingPlan plan(
      int epochs, int batchSize, long seed, double learningRate, float averageDecay) {
    return new TrainingPlan(
        epochs,
        batchSize,
        seed,
        Adam.decoupled(0.05f),
        new Schedule.OneCycle(learningRate, 0.15, 10, 1000),
        0f,
        averageDecay,
        5,
        0,
        false,
        List.of());
  }

  /// Whether a model was made by such a training.
  public static boolean isReader(ModelFile model) {
    return model.metadata().containsKey(COMPOSER);
  }

  /// The state before the first epoch.
  ///
  /// @param lines of an epoch
  public Checkpoint start(TrainingPlan plan, int lines) throws IOException {
    SortedMap<String, String> metadata = Provenance.of(Mnist.training(data).hashes());
    metadata.put(LINES, Integer.toString(lines));
    metadata.put(COMPOSER, COMPOSER_VERSION);
    Architecture reader = Networks.reader(WIDTH, Alphabet.CLASSES);
    return new Checkpoint(reader, plan, TrainingState.start(plan, reader), metadata);
  }

  /// How many epochs both parts have.
  ///
  /// @param from a checkpoint of either
  public static int epochs(Checkpoint from) throws IOException {
    return epochs(firstPlan(from).epochs());
  }

  /// How many epochs both parts have, if the first one has so many.
  public static int epochs(int first) {
    return first + Math.ceilDiv(first, FIRST_TO_SECOND);
  }

  /// How many epochs are behind a checkpoint.
  public static int done(Checkpoint from) throws IOException {
    return from.state().epochs() + (isSecond(from) ? firstPlan(from).epochs() : 0);
  }

  private static boolean isSecond(Checkpoint from) {
    return from.metadata().containsKey(FIRST_PART);
  }

  private static TrainingPlan firstPlan(Checkpoint from) throws IOException {
    return isSecond(from)
        ? plan(count(from.metadata(), FIRST_PART), from.plan().batchSize(), from.plan().seed())
        : from.plan();
  }

  /// Trains from a checkpoint of either part to the end.
  ///
  /// @param out where the model is saved; the checkpoint of each epoch is written beside it, and
  ///     removed when the model is there
  public Result run(Checkpoint from, Path out) throws IOException {
    Storage.requireWritable(out);
    Path checkpoint = TrainingJob.checkpointFile(out);
    Model model;
    try {
      Checkpoint second = isSecond(from) ? from : second(from, fit(from, told(from, checkpoint)));
      model = fit(second, told(second, checkpoint));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    SortedMap<String, String> metadata =
        Provenance.of(Provenance.data(from.metadata()), firstPlan(from));
    metadata.put(LINES, from.metadata().get(LINES));
    metadata.put(COMPOSER, from.metadata().get(COMPOSER));
    ModelFile plain = new ModelFile(model, metadata);
    int lines = Math.min(MEASURED, lines(from.metadata()));
    metadata.put(Provenance.VALIDATION_ACCURACY, measure(plain, keptAside(data), lines));
    metadata.put(Provenance.TEST_ACCURACY, measure(plain, Mnist.test(data).images(), lines));
    Calibration calibration =
        calibration(plain, data, kernels, lines(from.metadata()), (done, total) -> {});
    calibration.write(metadata);
    ModelFile file = new ModelFile(model, metadata);
    file.write(out);
    Files.deleteIfExists(checkpoint);
    return new Result(file, lines(from.metadata()));
  }

  private List<TrainingListener> told(Checkpoint from, Path checkpoint) throws IOException {
    List<TrainingListener> told = new ArrayList<>(later(from));
    told.add(new TrainingJob.CheckpointWriter(from, checkpoint));
    return told;
  }

  private List<TrainingListener> later(Checkpoint from) throws IOException {
    int before = done(from) - from.state().epochs();
    List<TrainingListener> later = new ArrayList<>();
    listeners.forEach(listener -> later.add(new Later(listener, before)));
    return later;
  }

  /// Tells of the epochs of a later part by their numbers in the whole training.
  private record Later(TrainingListener listener, int before) implements TrainingListener {
    @Override
    public void stepped(int epoch, int images, int total, double loss, double accuracy) {
      listener.stepped(before + epoch, images, total, loss, accuracy);
    }

    @Override
    public void finished(EpochRecord epoch, TrainingState state) {
      EpochRecord numbered =
          new EpochRecord(
              before + epoch.epoch(),
              epoch.learningRate(),
              epoch.trainLoss(),
              epoch.trainAccuracy(),
              epoch.validationLoss(),
              epoch.validationAccuracy());
      listener.finished(numbered, state);
    }
  }

  /// The state before the first epoch of the second part.
  ///
  /// @param from a checkpoint of the first part
  /// @param model what it gave
  private static Checkpoint second(Checkpoint from, Model model) {
    SortedMap<String, String> metadata = new TreeMap<>(from.metadata());
    metadata.put(FIRST_PART, Integer.toString(from.plan().epochs()));
    TrainingPlan plan = secondPlan(from.plan());
    TrainingState state = TrainingState.start(plan, model.weights().copy());
    return new Checkpoint(from.architecture(), plan, state, metadata);
  }

  /// Trains a model again, from nothing and with the settings that it tells of itself. Nothing is
  /// saved.
  ///
  /// @param source the model's name, for messages
  public Model repeat(String source, ModelFile model) throws IOException {
    SortedMap<String, String> metadata = Provenance.of(Provenance.data(model.metadata()));
    metadata.put(LINES, model.metadata().getOrDefault(LINES, ""));
    metadata.put(COMPOSER, model.metadata().get(COMPOSER));
    try {
      TrainingPlan plan = Provenance.plan(model.metadata());
      TrainingState state = TrainingState.start(plan, model.architecture());
      Checkpoint first = new Checkpoint(model.architecture(), plan, state, metadata);
      Checkpoint second = second(first, fit(first, listeners));
      return fit(second, later(second));
    } catch (IllegalArgumentException e) {
      throw new IOException(source + ": provenance of a training expected: " + e.getMessage(), e);
    }
  }

  /// Checks that the lines of an earlier training are those that would be composed today.
  public static void requireSameComposer(Checkpoint from) throws IOException {
    if (!COMPOSER_VERSION.equals(from.metadata().get(COMPOSER))) {
      throw new IOException(
          "%s of the earlier training: '%s' expected, got '%s'"
              .formatted(COMPOSER, COMPOSER_VERSION, from.metadata().get(COMPOSER)));
    }
  }

  /// The digits that training lines are composed of: MNIST's training part.
  public static Handwriting handwriting(Mnist mnist) {
    return new Handwriting(mnist.images().part(0, mnist.images().size() - Mnist.VALIDATION));
  }

  private Model fit(Checkpoint from, List<TrainingListener> told) throws IOException {
    Mnist mnist = Mnist.training(data);
    TrainingJob.requireSameData(from, mnist.hashes());
    requireSameComposer(from);
    Handwriting hands = handwriting(mnist);
    int threads = kernels.parallel().threads();
    long seed = from.plan().seed();
    int lines = lines(from.metadata());
    int firstEpoch = done(from) - from.state().epochs();
    new Trainer(
            from.architecture(),
            from.plan(),
            new Workspace(kernels),
            told,
            new Transcription(Alphabet.BLANK))
        .fit(
            from.state(),
            new ComposedLines(composer(from, hands), WIDTH, lines, firstEpoch, threads),
            new ComposedLines(hands, WIDTH, 0, seed, threads));
    return new Model(from.architecture(), from.state().result());
  }

  private static LineComposer composer(Checkpoint from, Handwriting hands) {
    Manner manner = isSecond(from) ? Manner.TIDIER_HANDS : Manner.MANY_HANDS;
    return new LineComposer(hands, manner, WIDTH, from.plan().seed());
  }

  /// The lines of an epoch that an earlier training tells of.
  public static int lines(SortedMap<String, String> metadata) throws IOException {
    return count(metadata, LINES);
  }

  private static int count(SortedMap<String, String> metadata, String name) throws IOException {
    String count = metadata.getOrDefault(name, "");
    if (!count.matches("[1-9][0-9]{0,7}")) {
      throw new IOException(
          "%s of the earlier training: a number >= 1 expected, got '%s'".formatted(name, count));
    }
    return Integer.parseInt(count);
  }

  /// The thresholds of a reader, by its answers to lines in many hands of the digits that were kept
  /// aside.
  ///
  /// @param most lines to ask about
  /// @param progress is told after each line
  public static Calibration calibration(
      ModelFile model, Path data, Kernels kernels, int most, Evaluation.Progress progress)
      throws IOException {
    LinePictures lines = LinePictures.manyHands(keptAside(data));
    try (NumberReader reader = new NumberReader(model, kernels)) {
      return Calibration.fit(
          LineRates.ofDigits(reader, lines, Math.min(CALIBRATED, most), progress));
    }
  }

  private static LabelledImages keptAside(Path data) throws IOException {
    LabelledImages all = Mnist.training(data).images();
    return all.part(all.size() - Mnist.VALIDATION, Mnist.VALIDATION);
  }

  private String measure(ModelFile model, LabelledImages digits, int lines) throws IOException {
    try (NumberReader reader = new NumberReader(model, kernels)) {
      ReadRates rates =
          LineRates.ofTexts(reader, LinePictures.plain(digits), lines, (done, total) -> {});
      return Double.toString((double) rates.right() / lines);
    }
  }
}

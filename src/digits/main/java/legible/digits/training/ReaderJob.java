package legible.digits.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import legible.digits.compose.ComposedLines;
import legible.digits.compose.Handwriting;
import legible.digits.compose.PlainLines;
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
import legible.train.Schedule;
import legible.train.Trainer;
import legible.train.TrainingListener;
import legible.train.TrainingPlan;
import legible.train.TrainingState;
import legible.train.Transcription;

/// The training of the reader of numbers: on lines composed from MNIST's digits, other ones in every
/// epoch, measured on plain lines of digits that were kept aside and, at the very end, of test digits.
public final class ReaderJob {
  /// How many lines an epoch has; a name of metadata.
  public static final String LINES = "digits.lines";

  /// Which composer made the lines; a name of metadata.
  public static final String COMPOSER = "digits.composer";

  /// Of what composes lines; it changes whenever the same seed gives other lines.
  public static final String COMPOSER_VERSION = "2";

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
  /// @param history the epochs
  /// @param lines of an epoch
  public record Result(ModelFile file, List<EpochRecord> history, int lines) {}

  /// The recipe.
  public static TrainingPlan plan(int epochs, int batchSize, long seed) {
    return new TrainingPlan(
        epochs,
        batchSize,
        seed,
        Adam.decoupled(0.05f),
        new Schedule.OneCycle(0.003, 0.15, 10, 1000),
        0f,
        0.999f,
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

  /// Trains from a checkpoint to the plan's end.
  ///
  /// @param out where the model is saved; the checkpoint of each epoch is written beside it, and
  ///     removed when the model is there
  public Result run(Checkpoint from, Path out) throws IOException {
    Storage.requireWritable(out);
    Path checkpoint = TrainingJob.checkpointFile(out);
    List<TrainingListener> told = new ArrayList<>(listeners);
    told.add(new TrainingJob.CheckpointWriter(from, checkpoint));
    Model model;
    try {
      model = fit(from, told);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    SortedMap<String, String> metadata =
        Provenance.of(Provenance.data(from.metadata()), from.plan());
    metadata.put(LINES, from.metadata().get(LINES));
    metadata.put(COMPOSER, from.metadata().get(COMPOSER));
    ModelFile plain = new ModelFile(model, metadata);
    int lines = Math.min(MEASURED, lines(from.metadata()));
    metadata.put(Provenance.VALIDATION_ACCURACY, measure(plain, keptAside(), lines));
    metadata.put(Provenance.TEST_ACCURACY, measure(plain, Mnist.test(data).images(), lines));
    ModelFile file = new ModelFile(model, metadata);
    file.write(out);
    Files.deleteIfExists(checkpoint);
    return new Result(file, from.state().history(), lines(from.metadata()));
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
      return fit(new Checkpoint(model.architecture(), plan, state, metadata), listeners);
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
    new Trainer(
            from.architecture(),
            from.plan(),
            new Workspace(kernels),
            told,
            new Transcription(Alphabet.BLANK))
        .fit(
            from.state(),
            new ComposedLines(hands, WIDTH, lines(from.metadata()), seed, threads),
            new ComposedLines(hands, WIDTH, 0, seed, threads));
    return new Model(from.architecture(), from.state().result());
  }

  /// The lines of an epoch that an earlier training tells of.
  public static int lines(SortedMap<String, String> metadata) throws IOException {
    String lines = metadata.getOrDefault(LINES, "");
    if (!lines.matches("[1-9][0-9]{0,7}")) {
      throw new IOException(
          "%s of the earlier training: a number >= 1 expected, got '%s'".formatted(LINES, lines));
    }
    return Integer.parseInt(lines);
  }

  private LabelledImages keptAside() throws IOException {
    LabelledImages all = Mnist.training(data).images();
    return all.part(all.size() - Mnist.VALIDATION, Mnist.VALIDATION);
  }

  private String measure(ModelFile model, LabelledImages digits, int lines) throws IOException {
    try (NumberReader reader = new NumberReader(model, kernels)) {
      int right = PlainLinesScore.of(reader, new PlainLines(digits), lines, (done, total) -> {});
      return Double.toString((double) right / lines);
    }
  }
}

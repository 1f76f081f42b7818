package legible.digits.finetune;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import legible.digits.compose.ComposedLines;
import legible.digits.compose.Handwriting;
import legible.digits.compose.LinePictures;
import legible.digits.idx.Mnist;
import legible.digits.numbers.Alphabet;
import legible.digits.numbers.LineStrip;
import legible.digits.numbers.NumberReader;
import legible.digits.photos.NumberAnswers;
import legible.digits.photos.Photo;
import legible.digits.photos.PhotoScore;
import legible.digits.training.LineRates;
import legible.digits.training.ReaderJob;
import legible.digits.training.TrainingJob;
import legible.format.Checkpoint;
import legible.format.ModelFile;
import legible.format.Provenance;
import legible.format.Storage;
import legible.kernel.Kernels;
import legible.model.Architecture;
import legible.model.Model;
import legible.tensor.Shape;
import legible.tensor.Workspace;
import legible.train.EpochRecord;
import legible.train.Evaluation;
import legible.train.Trainer;
import legible.train.TrainingListener;
import legible.train.Transcription;

/// One fine-tuning of a reader on photographed lines: measures, trains with a checkpoint after each
/// epoch, measures again, saves. What is held out is never learnt from and chooses nothing.
public final class LineTuneJob {
  /// Plain lines of test digits that show what is forgotten, but no more than an epoch has lines.
  private static final int PLAIN_LINES = 500;

  private final LineBeginning beginning;
  private final Kernels kernels;
  private final List<TrainingListener> listeners;
  private final Evaluation.Progress progress;

  /// @param beginning the model and the pictures
  /// @param kernels what computes
  /// @param listeners told how the training goes on
  /// @param progress told how far measurements are
  public LineTuneJob(
      LineBeginning beginning,
      Kernels kernels,
      List<TrainingListener> listeners,
      Evaluation.Progress progress) {
    this.beginning = beginning;
    this.kernels = kernels;
    this.listeners = List.copyOf(listeners);
    this.progress = progress;
  }

  /// What a model reads right.
  ///
  /// @param heldOut answers to the held-out pictures
  /// @param plainRight plain lines of MNIST's test digits without any mistake
  public record Score(PhotoScore heldOut, int plainRight) {}

  /// What a fine-tuning gives.
  ///
  /// @param file the saved model
  /// @param history the epochs
  /// @param learnt how many different photographed lines were learnt from
  /// @param lines of an epoch, half of them composed
  /// @param leftOut why pictures were neither learnt from nor held out, a line for each
  /// @param plainLines plain lines that were read
  /// @param before of the parent
  /// @param after of the new model
  public record Result(
      ModelFile file,
      List<EpochRecord> history,
      int learnt,
      int lines,
      List<String> leftOut,
      int plainLines,
      Score before,
      Score after) {}

  /// The state before the first epoch.
  public Checkpoint start(LineSettings settings) {
    return beginning.fresh(settings);
  }

  /// Trains from a checkpoint to the plan's end.
  ///
  /// @param out where the model is saved; the checkpoint of each epoch is written beside it, and
  ///     removed when the model is there
  /// @param skip whether pictures that cannot be decoded are left out; else they are refused
  /// @throws IOException if parent or data are not those of the checkpoint, or a file cannot be read
  ///     or written
  public Result run(Checkpoint from, Path out, boolean skip) throws IOException {
    Storage.requireWritable(out);
    beginning.requireSame(from);
    LineLessons lessons = lessons(from, skip);
    int plainLines = Math.min(PLAIN_LINES, ReaderJob.lines(from.metadata()));
    Score before = score(beginning.parent(), lessons.heldOut(), plainLines);
    List<TrainingListener> told = new ArrayList<>(listeners);
    told.add(new TrainingJob.CheckpointWriter(from, TrainingJob.checkpointFile(out)));
    Model model;
    try {
      model = fit(from, lessons, told);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    SortedMap<String, String> metadata =
        Provenance.of(Provenance.data(from.metadata()), from.plan());
    metadata.putAll(from.metadata());
    Score after = score(new ModelFile(model, metadata), lessons.heldOut(), plainLines);
    metadata.put(Provenance.TEST_ACCURACY, Double.toString(after.heldOut().accuracy()));
    ModelFile file = new ModelFile(model, metadata);
    file.write(out);
    Files.deleteIfExists(TrainingJob.checkpointFile(out));
    return new Result(
        file,
        from.state().history(),
        lessons.learnt().size(),
        ReaderJob.lines(from.metadata()),
        lessons.leftOut(),
        plainLines,
        before,
        after);
  }

  /// Fine-tunes again, with the settings that a model tells of itself. Nothing is saved.
  ///
  /// @param source the model's name, for messages
  /// @throws IOException if the model does not tell how it was fine-tuned, or from another model or
  ///     other pictures
  public Model repeat(String source, ModelFile model) throws IOException {
    Checkpoint from = beginning.again(source, model);
    return fit(from, lessons(from, true), listeners);
  }

  private LineLessons lessons(Checkpoint from, boolean skip) throws IOException {
    double holdOut = LineBeginning.holdOut(from.metadata());
    try (NumberReader parent = new NumberReader(beginning.parent(), kernels)) {
      return LineLessons.of(beginning.data(), parent, holdOut, from.plan().seed(), skip);
    }
  }

  /// The parameters do not depend on the width, so the network trains on strips as wide as the
  /// photographs need, and keeps the width that it says it has.
  private Model fit(Checkpoint from, LineLessons lessons, List<TrainingListener> told)
      throws IOException {
    int columns = lessons.columns();
    int lines = ReaderJob.lines(from.metadata());
    long seed = from.plan().seed();
    int threads = kernels.parallel().threads();
    Architecture narrow = from.architecture();
    Architecture wide =
        new Architecture(narrow.name(), Shape.of(LineStrip.ROWS, columns, 1), narrow.body());
    Handwriting hands = ReaderJob.handwriting(Mnist.training(beginning.data().mnist()));
    ComposedLines composed = new ComposedLines(hands, columns, lines / 2, seed, threads);
    new Trainer(wide, from.plan(), new Workspace(kernels), told, new Transcription(Alphabet.BLANK))
        .fit(
            from.state(),
            new PhotographedLines(lessons.learnt(), lines - lines / 2, composed, columns, seed),
            new ComposedLines(hands, columns, 0, seed, threads));
    return new Model(narrow, from.state().result());
  }

  private Score score(ModelFile model, List<Photo> heldOut, int plainLines) throws IOException {
    LinePictures plain = LinePictures.plain(Mnist.test(beginning.data().mnist()).images());
    try (NumberReader reader = new NumberReader(model, kernels)) {
      return new Score(
          new PhotoScore("held-out", NumberAnswers.of(reader, heldOut, progress)),
          LineRates.ofTexts(reader, plain, plainLines, progress).right());
    }
  }
}

package legible.digits.finetune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import legible.autograd.Parameter;
import legible.digits.Repository;
import legible.digits.idx.LabelledImages;
import legible.digits.training.TrainingJob;
import legible.format.Checkpoint;
import legible.format.ModelFile;
import legible.format.Provenance;
import legible.kernel.KernelSet;
import legible.kernel.Kernels;
import legible.train.EpochRecord;
import legible.train.TrainingListener;
import legible.train.TrainingState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The reader of digits learns something new.
class FineTuneJobTest {
  /// So high that a few steps show what is forgotten.
  private static final double LEARNING_RATE = 0.003;

  private static ModelFile reader;
  private static PictureSet mnist;
  @TempDir private Path folder;

  @BeforeAll
  static void load() throws IOException {
    reader = ModelFile.read(Repository.ROOT.resolve("models").resolve("cnn.legible"));
    mnist = PictureSet.read(Repository.MNIST, false);
  }

  private static FineTuneSettings settings(int epochs, String... freeze) {
    return new FineTuneSettings(
        OptionalInt.of(epochs),
        32,
        1,
        OptionalDouble.of(LEARNING_RATE),
        OptionalDouble.empty(),
        List.of(freeze),
        OptionalInt.empty(),
        false,
        false,
        new FineTuneSettings.Division(0.25, 0));
  }

  private static PictureSet set(LabelledImages images, String hash) {
    return new PictureSet(
        ClassNames.numbers(10),
        images,
        Optional.empty(),
        new TreeMap<>(Map.of("test", hash)),
        List.of());
  }

  private static FineTuneJob job(
      Beginning beginning, Kernels kernels, TrainingListener... listeners) {
    return new FineTuneJob(beginning, kernels, List.of(listeners), (done, total) -> {});
  }

  private FineTuneJob.Result run(Beginning beginning, FineTuneSettings settings)
      throws IOException {
    try (Kernels kernels = Kernels.best(2)) {
      FineTuneJob job = job(beginning, kernels);
      return job.run(job.start(settings), folder.resolve("new.legible"));
    }
  }

  /// A frozen body keeps its bits, a new head learns; the file tells how, and it can be done again.
  @Test
  void learnsSignsWithAFrozenBody() throws IOException {
    PictureSet signs = PictureSet.read(Drawings.signs(folder.resolve("signs"), 16), false);
    Beginning beginning = new Beginning(reader, signs, Optional.empty());
    FineTuneJob.Result result = run(beginning, settings(30, "body"));
    assertEquals(6, result.cached());
    assertTrue(result.on().before().isEmpty(), "the digits are other classes");
    assertEquals(12, result.on().after().images());
    assertTrue(result.on().after().accuracy() > 0.9, "" + result.on().after().accuracy());
    assertEquals(Drawings.SIGNS, ClassNames.of(result.file()).get().names());
    assertEquals(reader.sha256(), result.file().metadata().get(Provenance.PARENT_SHA256));
    for (Parameter parameter : result.file().weights().all()) {
      if (!parameter.name().startsWith("dense2.")) {
        assertArrayEquals(
            reader.weights().get(parameter.name()).value().data(),
            parameter.value().data(),
            parameter.name());
      }
    }
    assertArrayEquals(result.plot().before(), result.plot().after());
    ModelFile saved = ModelFile.read(folder.resolve("new.legible"));
    assertEquals(result.file().sha256(), saved.sha256());
    try (Kernels kernels = Kernels.create(KernelSet.SCALAR, 1)) {
      var again = new ModelFile(job(beginning, kernels).repeat("it", saved), saved.metadata());
      assertEquals(saved.weightsSha256(), again.weightsSha256());
      Beginning other = new Beginning(saved, signs, Optional.empty());
      String message =
          assertThrows(IOException.class, () -> job(other, kernels).repeat("it", saved))
              .getMessage();
      assertTrue(message.contains(reader.sha256()), message);
      assertTrue(
          assertThrows(IOException.class, () -> job(beginning, kernels).repeat("it", reader))
              .getMessage()
              .contains("it: provenance of a fine-tuning expected"));
    }
  }

  /// The new pictures show ones and sevens alone, with ground for ink: without rehearsal the reader
  /// forgets that there are other digits.
  @Test
  void rehearsalKeepsWhatWasKnown() throws IOException {
    LabelledImages all = mnist.images();
    int[] chosen =
        IntStream.range(0, 1000).filter(i -> all.label(i) == 1 || all.label(i) == 7).toArray();
    PictureSet fresh = set(Drawings.inverted(all.select(chosen)), "fresh");
    PictureSet old = set(all.part(1000, 400), "old");
    FineTuneJob.Result with = run(new Beginning(reader, fresh, Optional.of(old)), settings(4));
    FineTuneJob.Change on = with.on();
    FineTuneJob.Change onOld = with.onOld().get();
    assertTrue(on.before().get().accuracy() < 0.7, "" + on.before().get().accuracy());
    assertTrue(on.after().accuracy() > 0.9, "" + on.after().accuracy());
    assertTrue(onOld.after().accuracy() > 0.95, "" + onOld.after().accuracy());
    assertEquals(with.rehearsed(), 400 - onOld.after().images());
    ModelFile without = run(new Beginning(reader, fresh, Optional.empty()), settings(8)).file();
    FineTuneJob.Result asked =
        run(new Beginning(without, old, Optional.empty()), settings(1, "conv", "dense1"));
    double forgotten = asked.on().before().get().accuracy();
    assertTrue(forgotten < onOld.after().accuracy() - 0.05, "" + forgotten);
  }

  /// Ended by an error after the first epoch: the checkpoint is there, and goes on to the same bits.
  @Test
  void resumesToTheSameBits() throws IOException {
    PictureSet fresh = set(mnist.images().part(0, 200), "fresh");
    Beginning beginning = new Beginning(reader, fresh, Optional.empty());
    FineTuneSettings settings = settings(3, "conv");
    String whole = run(beginning, settings).file().sha256();
    Path out = folder.resolve("broken.legible");
    Path checkpoint = TrainingJob.checkpointFile(out);
    TrainingListener breaks =
        new TrainingListener() {
          @Override
          public void finished(EpochRecord epoch, TrainingState state) {
            if (epoch.epoch() == 2) {
              throw new IllegalStateException("the power is out");
            }
          }
        };
    try (Kernels kernels = Kernels.best(1)) {
      FineTuneJob broken = job(beginning, kernels, breaks);
      Checkpoint start = broken.start(settings);
      assertThrows(IllegalStateException.class, () -> broken.run(start, out));
      Checkpoint left = Checkpoint.read(checkpoint);
      assertEquals(1, left.state().epochs());
      Beginning other =
          new Beginning(reader, set(mnist.images().part(0, 200), "other"), Optional.empty());
      assertThrows(IOException.class, () -> job(other, kernels).run(left, out));
      assertFalse(Files.exists(out));
      assertEquals(whole, job(beginning, kernels).run(left, out).file().sha256());
      assertFalse(Files.exists(checkpoint));
    }
  }
}

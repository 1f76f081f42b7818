package legible.digits.finetune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import legible.autograd.Weights;
import legible.digits.Repository;
import legible.digits.numbers.Alphabet;
import legible.digits.numbers.KnownLine;
import legible.digits.numbers.NumberReader;
import legible.digits.photos.Photo;
import legible.digits.training.TrainingJob;
import legible.format.Checkpoint;
import legible.format.ModelFile;
import legible.format.Provenance;
import legible.kernel.KernelSet;
import legible.kernel.Kernels;
import legible.model.Model;
import legible.train.EpochRecord;
import legible.train.TrainingListener;
import legible.train.TrainingState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The reader of lines learns from pictures of lines.
class LineTuneJobTest {
  private static final int LINES = 10;

  @TempDir private static Path folder;
  private static ModelFile reader;
  private static LineSet data;

  @BeforeAll
  static void load() throws IOException {
    reader = ModelFile.read(Repository.ROOT.resolve("models").resolve("reader.legible"));
    Path lines = Drawings.lines(folder.resolve("lines"), LINES);
    data = LineSet.read(lines, Optional.of("line"), Repository.MNIST);
  }

  private static LineSettings settings(int epochs, double learningRate) {
    return new LineSettings(epochs, 16, 8, 1, OptionalDouble.of(learningRate), 0.4);
  }

  private static LineTuneJob job(ModelFile parent, Kernels kernels, TrainingListener... told) {
    LineBeginning beginning = new LineBeginning(parent, data);
    return new LineTuneJob(beginning, kernels, List.of(told), (done, total) -> {});
  }

  @Test
  void takesTheKindAskedFor() throws IOException {
    assertEquals(LINES, data.photos().size());
    Path place = folder.resolve("lines");
    assertEquals(
        LINES + 1, LineSet.read(place, Optional.empty(), Repository.MNIST).photos().size());
    String message =
        assertThrows(
                IOException.class,
                () -> LineSet.read(place, Optional.of("check"), Repository.MNIST))
            .getMessage();
    assertTrue(message.contains("at least 2 pictures of whole numbers of the kind 'check'"));
  }

  /// Every picture is either learnt from or held out, others for another seed; and what is learnt has
  /// the digits of its label.
  @Test
  void dividesThePictures() throws IOException {
    try (Kernels kernels = Kernels.best(1);
        NumberReader parent = new NumberReader(reader, kernels)) {
      LineLessons lessons = LineLessons.of(data, parent, 0.4, 1, false);
      assertEquals(6, lessons.learnt().size());
      Set<Path> out = new HashSet<>(lessons.heldOut().stream().map(Photo::file).toList());
      assertEquals(4, out.size());
      LineLessons other = LineLessons.of(data, parent, 0.4, 2, false);
      assertFalse(out.containsAll(other.heldOut().stream().map(Photo::file).toList()));
      assertEquals(0, lessons.columns() % 32);
      List<Photo> learnt = data.photos().stream().filter(p -> !out.contains(p.file())).toList();
      for (int i = 0; i < learnt.size(); i++) {
        for (KnownLine place : lessons.learnt().get(i).places()) {
          String text = Alphabet.text(place.text());
          assertEquals(learnt.get(i).label(), text.replaceAll("[^0-9]", ""));
        }
      }
    }
  }

  /// A reader that mostly sees nothing learns; its file tells how, and other kernels do
  /// it again to the same bits.
  @Test
  void learnsAndIsReproduced() throws IOException {
    Weights weights = reader.weights().copy();
    weights.get("signs.bias").value().data()[Alphabet.BLANK] += 8;
    Path file = folder.resolve("blind.legible");
    new ModelFile(new Model(reader.architecture(), weights), reader.metadata()).write(file);
    ModelFile blind = ModelFile.read(file);
    String before = blind.weightsSha256();
    LineTuneJob.Result result;
    try (Kernels kernels = Kernels.best(2)) {
      LineTuneJob job = job(blind, kernels);
      result = job.run(job.start(settings(8, 0.003)), folder.resolve("new.legible"), false);
    }
    assertEquals(before, blind.weightsSha256(), "the parent stays as it is");
    assertEquals(6, result.learnt());
    assertEquals(4, result.after().heldOut().answers().size());
    double first = result.history().getFirst().trainLoss();
    double last = result.history().getLast().trainLoss();
    assertTrue(last < first, first + " " + last);
    ModelFile saved = ModelFile.read(folder.resolve("new.legible"));
    assertEquals(result.file().sha256(), saved.sha256());
    assertEquals(blind.sha256(), saved.metadata().get(Provenance.PARENT_SHA256));
    assertEquals(blind.architecture(), saved.architecture());
    assertEquals(Optional.of("line"), LineBeginning.kind(saved.metadata()));
    try (Kernels kernels = Kernels.create(KernelSet.SCALAR, 1)) {
      Model again = job(blind, kernels).repeat("it", saved);
      assertEquals(saved.weightsSha256(), new ModelFile(again, saved.metadata()).weightsSha256());
      assertTrue(refusal(job(reader, kernels), saved).contains(blind.sha256()));
      assertTrue(refusal(job(blind, kernels), reader).contains("provenance of a fine-tuning"));
      SortedMap<String, String> metadata = new TreeMap<>(saved.metadata());
      metadata.put("finetune.hold-out", "2");
      ModelFile forged = new ModelFile(saved.model(), metadata);
      assertTrue(refusal(job(blind, kernels), forged).contains("a share in (0, 1) expected"));
    }
  }

  private static String refusal(LineTuneJob job, ModelFile model) {
    return assertThrows(IOException.class, () -> job.repeat("it", model)).getMessage();
  }

  /// Ended by an error after the first epoch: the checkpoint is there, and goes on to the same bits.
  @Test
  void resumesToTheSameBits() throws IOException {
    Path out = folder.resolve("broken.legible");
    TrainingListener breaks =
        new TrainingListener() {
          @Override
          public void finished(EpochRecord epoch, TrainingState state) {
            if (epoch.epoch() == 2) {
              throw new IllegalStateException("the power is out");
            }
          }
        };
    try (Kernels kernels = Kernels.best(2)) {
      LineTuneJob job = job(reader, kernels);
      Checkpoint start = job.start(settings(2, 1e-3));
      String whole = job.run(start, folder.resolve("whole.legible"), false).file().sha256();
      LineTuneJob broken = job(reader, kernels, breaks);
      assertThrows(
          IllegalStateException.class,
          () -> broken.run(broken.start(settings(2, 1e-3)), out, false));
      Checkpoint left = Checkpoint.read(TrainingJob.checkpointFile(out));
      assertEquals(1, left.state().epochs());
      assertEquals(whole, job.run(left, out, false).file().sha256());
      assertFalse(Files.exists(TrainingJob.checkpointFile(out)));
    }
  }
}

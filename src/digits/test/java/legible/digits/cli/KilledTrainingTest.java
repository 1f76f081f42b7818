package legible.digits.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import legible.digits.training.TrainingJob;
import legible.format.Checkpoint;
import legible.format.ModelFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A training that is killed (SIGKILL) again and again at random moments, and resumed from what it left: there
/// is always a whole checkpoint once there was one, and the end has the bits of an undisturbed training.
///
/// Epochs are short (a few milliseconds), so that many of the moments fall into the saving.
class KilledTrainingTest {
  private static final List<Object> SETTINGS =
      List.of("logistic", "--limit", 200, "--epochs", 150, "--threads", 1);

  /// The JVM's start, in which nothing is to be damaged yet: no moment before it is tried.
  private static final int START_MILLIS = 250;

  @TempDir private Path folder;
  private final SplittableRandom random = new SplittableRandom(20);

  @Test
  void survivesSomeKills() throws IOException, InterruptedException {
    survives(6);
  }

  @Test
  @Tag("slow")
  void survivesTwoHundredKills() throws IOException, InterruptedException {
    survives(200);
  }

  private void survives(int wanted) throws IOException, InterruptedException {
    Path whole = folder.resolve("whole.legible");
    long start = System.nanoTime();
    Process undisturbed = training(whole);
    assertEquals(0, undisturbed.waitFor());
    int millis = (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    String expected = ModelFile.read(whole).weightsSha256();

    Path file = folder.resolve("killed.legible");
    Path checkpoint = TrainingJob.checkpointFile(file);
    int kills = 0;
    int finished = 0;
    boolean started = false;
    while (kills < wanted || !Files.exists(file)) {
      if (Files.exists(file)) {
        assertEquals(expected, ModelFile.read(file).weightsSha256());
        finished++;
        Files.delete(file);
        Files.deleteIfExists(checkpoint);
        started = false;
      }
      Process process = training(file);
      boolean ended =
          kills == wanted
              || process.waitFor(random.nextInt(START_MILLIS, millis), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.destroyForcibly();
        kills++;
      }
      assertTrue(process.waitFor() == 0 || !ended, "a resumed training failed");
      if (Files.exists(checkpoint)) {
        Checkpoint.read(checkpoint);
        started = true;
      } else {
        assertTrue(!started || Files.exists(file), "the checkpoint is gone after kill " + kills);
      }
    }
    assertEquals(expected, ModelFile.read(file).weightsSha256());
    System.out.printf(
        "%d kills, %d trainings ended, all with the same weights%n", kills, finished + 1);
  }

  /// A training that goes on from its checkpoint where there is one.
  private Process training(Path file) throws IOException {
    List<Object> arguments = new ArrayList<>(List.of("train"));
    Path checkpoint = TrainingJob.checkpointFile(file);
    if (Files.exists(checkpoint)) {
      arguments.addAll(List.of("--resume", checkpoint));
    } else {
      arguments.addAll(SETTINGS);
    }
    arguments.addAll(List.of("--out", file, "--report", folder.resolve("report")));
    return Cli.start(arguments.toArray());
  }
}

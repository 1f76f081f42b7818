package legible.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import legible.kernel.Kernels;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.Workspace;
import legible.train.Adam;
import legible.train.Dataset;
import legible.train.EpochRecord;
import legible.train.Schedule;
import legible.train.Sgd;
import legible.train.Trainer;
import legible.train.TrainingListener;
import legible.train.TrainingPlan;
import legible.train.TrainingState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A training that goes on from a file ends in the same file as one that never stopped.
class ResumeTest {
  private static final int EPOCHS = 3;

  static Stream<TrainingPlan> plans() {
    Schedule schedule = new Schedule.OneCycle(0.01, 0.25, 25, 10_000);
    return Stream.of(
        new TrainingPlan(
            EPOCHS, 5, 9, Adam.decoupled(0.01f), schedule, 0.1f, 0.9f, 1, 0, true, List.of()),
        new TrainingPlan(
            EPOCHS,
            5,
            9,
            new Sgd(0.9f, true, 1e-4f),
            new Schedule.Cosine(0.01),
            0f,
            0f,
            0,
            2,
            false,
            List.of("conv.")));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void reachesTheSameBits(TrainingPlan plan) throws IOException {
    List<byte[]> files = new ArrayList<>();
    TrainingState unbroken = TrainingState.start(plan, Samples.architecture());
    train(plan, unbroken, files);
    assertEquals(EPOCHS, files.size());
    for (int epoch = 0; epoch < EPOCHS - 1; epoch++) {
      Checkpoint checkpoint = Checkpoint.decode("memory", files.get(epoch));
      List<byte[]> resumed = new ArrayList<>();
      train(checkpoint.plan(), checkpoint.state(), resumed);
      assertArrayEquals(files.getLast(), resumed.getLast());
    }
  }

  private static void train(TrainingPlan plan, TrainingState state, List<byte[]> files) {
    TrainingListener saving =
        new TrainingListener() {
          @Override
          public void finished(EpochRecord epoch, TrainingState now) {
            files.add(new Checkpoint(Samples.architecture(), plan, now, new TreeMap<>()).encode());
          }
        };
    try (Kernels kernels = Kernels.best(1)) {
      Workspace workspace = new Workspace(kernels);
      new Trainer(Samples.architecture(), plan, workspace, List.of(saving))
          .fit(state, new Noise(12, 1), new Noise(7, 2));
    }
  }

  /// Noise with labels, another noise in each epoch.
  private record Noise(int size, long seed) implements Dataset {
    @Override
    public Shape sample() {
      return Samples.architecture().input();
    }

    @Override
    public int classes() {
      return 3;
    }

    @Override
    public int label(int index) {
      return index % classes();
    }

    @Override
    public void read(int index, int epoch, int worker, float[] target, int offset) {
      CounterRandom random = new CounterRandom(seed).split(epoch).split(index);
      for (int i = 0; i < sample().size(); i++) {
        target[offset + i] = random.uniform(i);
      }
    }
  }
}

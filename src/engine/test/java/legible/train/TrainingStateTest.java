package legible.train;

import static legible.train.Trainings.NONE;
import static legible.train.Trainings.assertSameWeights;
import static legible.train.Trainings.fit;
import static legible.train.Trainings.train;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import legible.KernelVariant;
import legible.autograd.Weights;
import legible.train.Trainings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a training remembers: going on after a stop, early stopping, the best epoch.
class TrainingStateTest {
  /// A training that stops after two of four epochs and goes on from a copy of its state, in another
  /// trainer with other memory, reaches the same bits as one that never stopped.
  @ParameterizedTest
  @EnumSource
  void twoAndTwoEpochsAreFour(KernelVariant variant) {
    Settings settings = new Settings();
    settings.averageDecay = 0.9f;
    settings.maxGradientNorm = 1;
    settings.keepBest = true;
    for (Optimizer optimizer : List.of(settings.optimizer, new Sgd(0.9f, true, 1e-3f))) {
      settings.optimizer = optimizer;
      TrainingPlan plan = settings.plan();
      Stripes data = new Stripes(44);
      Stripes validation = new Stripes(10, 3, false);
      TrainingState unbroken = train(variant, plan, data, validation);
      TrainingState broken = TrainingState.start(plan, Stripes.network());
      assertThrows(Stop.class, () -> fit(variant, plan, broken, data, validation, stopAfter(2)));
      assertEquals(2, broken.epochs());
      TrainingState resumed = copy(broken);
      fit(variant, plan, resumed, data, validation);
      assertEquals(unbroken.history(), resumed.history());
      assertSameWeights(unbroken.weights(), resumed.weights());
      assertSameWeights(unbroken.average(), resumed.average());
      assertSameWeights(unbroken.result(), resumed.result());
      unbroken
          .optimizer()
          .slots()
          .forEach((slot, w) -> assertSameWeights(w, resumed.optimizer().slots().get(slot)));
    }
  }

  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static TrainingListener stopAfter(int epochs) {
    return new TrainingListener() {
      @Override
      public void finished(EpochRecord epoch, TrainingState state) {
        if (epoch.epoch() == epochs) {
          throw new Stop();
        }
      }
    };
  }

  private static TrainingState copy(TrainingState state) {
    Map<String, Weights> slots = new LinkedHashMap<>();
    state.optimizer().slots().forEach((name, weights) -> slots.put(name, weights.copy()));
    Adam adam = Adam.decoupled(0.01f);
    Optimizer optimizer = slots.containsKey("velocity") ? new Sgd(0.9f, true, 1e-3f) : adam;
    return new TrainingState(
        state.weights().copy(),
        state.average().copy(),
        new OptimizerState(optimizer, slots),
        state.history(),
        state.result().copy());
  }

  /// The validation labels are the wrong ones, so that learning makes the validation loss worse.
  @Test
  void stopsEarlyAndKeepsTheBest() {
    Settings settings = new Settings();
    settings.epochs = 30;
    settings.schedule = new Schedule.Constant(0.01);
    settings.patience = 3;
    settings.keepBest = true;
    List<Weights> epochs = new ArrayList<>();
    TrainingListener remember =
        new TrainingListener() {
          @Override
          public void finished(EpochRecord epoch, TrainingState state) {
            epochs.add(state.average().copy());
          }
        };
    TrainingState state =
        train(
            KernelVariant.VECTOR_2,
            settings.plan(),
            new Stripes(80),
            new Stripes(40, 3, true),
            remember);
    List<EpochRecord> history = state.history();
    int best =
        IntStream.range(0, history.size())
            .boxed()
            .min(Comparator.comparingDouble(i -> history.get(i).validationLoss()))
            .orElseThrow();
    assertTrue(history.size() < 30, "epochs: " + history.size());
    assertEquals(best + 1 + 3, history.size());
    assertSameWeights(epochs.get(best), state.result());
  }

  /// Without validation data there is no best epoch: the newest weights are the result, and patience
  /// never ends.
  @Test
  void withoutValidation() {
    Settings settings = new Settings();
    settings.patience = 1;
    settings.keepBest = true;
    TrainingState state = train(KernelVariant.VECTOR_2, settings.plan(), new Stripes(40), NONE);
    assertEquals(4, state.epochs());
    assertTrue(Double.isNaN(state.history().getLast().validationLoss()));
    assertSameWeights(state.weights(), state.result());
  }

  @Test
  void withoutAverageAndBestThereAreNoCopies() {
    TrainingState state = TrainingState.start(new Settings().plan(), Stripes.network());
    assertSame(state.weights(), state.average());
    assertSame(state.weights(), state.result());
  }
}

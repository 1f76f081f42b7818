package legible.train;

import static legible.train.Trainings.NONE;
import static legible.train.Trainings.assertSameWeights;
import static legible.train.Trainings.fit;
import static legible.train.Trainings.train;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import legible.KernelVariant;
import legible.autograd.Parameter;
import legible.autograd.Weights;
import legible.kernel.Activation;
import legible.model.Architecture;
import legible.nn.ConvLayer;
import legible.nn.DenseLayer;
import legible.nn.FlattenLayer;
import legible.nn.MaxPoolLayer;
import legible.nn.Sequential;
import legible.op.Padding;
import legible.train.Trainings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {
  private static final Optimizer PLAIN_DESCENT = new Sgd(0f, false, 0f);

  /// Whether a plain network can learn eight pictures by heart.
  @ParameterizedTest
  @EnumSource
  void overfitsEightImages(KernelVariant variant) {
    Architecture architecture =
        new Architecture(
            "small",
            new Stripes(8).sample(),
            new Sequential(
                "small",
                new ConvLayer("conv", 8, 3, Padding.SAME, Activation.RELU),
                new MaxPoolLayer("pool", 2),
                new FlattenLayer("flatten"),
                new DenseLayer("dense1", 16, Activation.RELU),
                new DenseLayer("dense2", 4, Activation.NONE)));
    TrainingPlan plan =
        new TrainingPlan(
            100,
            8,
            1,
            Adam.standard(),
            new Schedule.Constant(0.01),
            0f,
            0f,
            0,
            0,
            false,
            List.of());
    TrainingState state = TrainingState.start(plan, architecture);
    Dataset data = new OneEpoch(new Stripes(8));
    variant.with(
        workspace -> {
          new Trainer(architecture, plan, workspace, List.of()).fit(state, data, NONE);
          return null;
        });
    EpochRecord last = state.history().getLast();
    assertEquals(1.0, last.trainAccuracy());
    assertTrue(last.trainLoss() < 0.01, "loss after 100 epochs: " + last.trainLoss());
  }

  /// The mean losses of the first epoch after each of its ten steps, to the last bit: whoever changes
  /// the arithmetic, the draws or the order of the samples has to change them here.
  private static final double[] FIRST_LOSSES = {
    2.946136951446533, 2.553758382797241, 2.309791167577108, 2.157731920480728, 2.0090259313583374,
    1.9241807063420613, 1.8406225953783308, 1.7722037881612778, 1.712523380915324,
        1.6731310725212096
  };

  @ParameterizedTest
  @EnumSource
  void firstTenLossesArePinned(KernelVariant variant) {
    Settings settings = new Settings();
    settings.epochs = 1;
    List<Double> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(int epoch, int images, int total, double loss, double accuracy) {
            losses.add(loss);
          }
        };
    train(variant, settings.plan(), new Stripes(80), NONE, listener);
    assertArrayEquals(
        FIRST_LOSSES, losses.stream().mapToDouble(d -> d).toArray(), losses.toString());
  }

  /// One step a training: the average after step t is fma(1 - d, w - a, a) with d at most
  /// (1 + t)/(10 + t), statistics included.
  @ParameterizedTest
  @EnumSource
  void movingAverage(KernelVariant variant) {
    Settings settings = new Settings();
    settings.averageDecay = 0.3f;
    TrainingPlan plan = settings.plan();
    TrainingState state = TrainingState.start(plan, Stripes.network());
    Weights expected = state.weights().copy();
    TrainingListener follow =
        new TrainingListener() {
          @Override
          public void finished(EpochRecord epoch, TrainingState now) {
            int t = epoch.epoch() - 1;
            float decay = Math.min(0.3f, (float) ((1.0 + t) / (10 + t)));
            for (Parameter parameter : now.weights().all()) {
              float[] w = parameter.value().data();
              float[] a = expected.get(parameter.name()).value().data();
              for (int i = 0; i < a.length; i++) {
                a[i] = Math.fma(1 - decay, w[i] - a[i], a[i]);
              }
            }
            assertSameWeights(expected, now.average());
          }
        };
    fit(variant, plan, state, new Stripes(8), NONE, follow);
    assertEquals(4, state.epochs());
    assertSame(state.average(), state.result());
  }

  /// Plain descent with rate 1 moves the weights by the gradient: by its norm, or by the limit.
  @ParameterizedTest
  @EnumSource
  void clipping(KernelVariant variant) {
    double free = lengthOfOneStep(variant, 0);
    assertTrue(free > 0.1, "norm " + free);
    assertEquals(free / 2, lengthOfOneStep(variant, free / 2), 1e-5 * free);
    assertEquals(free, lengthOfOneStep(variant, 2 * free), 0);
  }

  private static double lengthOfOneStep(KernelVariant variant, double maxNorm) {
    Settings settings = new Settings();
    settings.epochs = 1;
    settings.optimizer = PLAIN_DESCENT;
    settings.schedule = new Schedule.Constant(1);
    settings.maxGradientNorm = maxNorm;
    TrainingState state = TrainingState.start(settings.plan(), Stripes.network());
    Weights before = state.weights().copy();
    fit(variant, settings.plan(), state, new Stripes(8), NONE);
    double squares = 0;
    for (Parameter parameter : state.weights().trained()) {
      float[] start = before.get(parameter.name()).value().data();
      float[] end = parameter.value().data();
      squares += IntStream.range(0, end.length).mapToDouble(i -> square(end[i] - start[i])).sum();
    }
    return Math.sqrt(squares);
  }

  private static double square(double x) {
    return x * x;
  }

  @ParameterizedTest
  @EnumSource
  void frozenLayersStayAsTheyAre(KernelVariant variant) {
    Settings settings = new Settings();
    settings.frozen = List.of("conv.", "norm.");
    TrainingState state = TrainingState.start(settings.plan(), Stripes.network());
    Weights before = state.weights().copy();
    fit(variant, settings.plan(), state, new Stripes(40), NONE);
    for (Parameter parameter : state.weights().all()) {
      boolean equal =
          Arrays.equals(before.get(parameter.name()).value().data(), parameter.value().data());
      assertEquals(!parameter.name().startsWith("dense"), equal, parameter.name());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLossThatIsNoNumberEndsTheTraining(KernelVariant variant) {
    Settings settings = new Settings();
    settings.optimizer = PLAIN_DESCENT;
    settings.schedule = new Schedule.Constant(1e30);
    String message =
        assertThrows(
                TrainingException.class,
                () -> train(variant, settings.plan(), new Stripes(80), NONE))
            .getMessage();
    assertTrue(
        message.matches(
            "the loss became (NaN|Infinity) in epoch 1, step [2-9];"
                + " try a lower learning rate or clip gradients"),
        message);
  }

  @Test
  void theSeedDecides() {
    Settings settings = new Settings();
    TrainingState first = train(KernelVariant.VECTOR_1, settings.plan(), new Stripes(40), NONE);
    TrainingState again = train(KernelVariant.SCALAR_2, settings.plan(), new Stripes(40), NONE);
    assertSameWeights(first.weights(), again.weights());
    assertEquals(first.history().toString(), again.history().toString());
    settings.batchSize = 7;
    TrainingState other = train(KernelVariant.VECTOR_1, settings.plan(), new Stripes(40), NONE);
    assertFalse(first.history().equals(other.history()));
  }
}

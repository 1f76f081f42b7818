package legible.train;

import static legible.train.Trainings.NONE;
import static legible.train.Trainings.assertSameWeights;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import legible.KernelVariant;
import legible.autograd.Parameter;
import legible.autograd.Weights;
import legible.model.Architecture;
import legible.tensor.Shape;
import legible.train.Trainings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What frozen layers make of samples can be computed once, and nobody sees a difference.
class FeaturesTest {
  private static final Architecture NETWORK = Stripes.network();

  /// Batch statistics and moments that are not those of new weights.
  private static Weights trained(KernelVariant variant) {
    Settings settings = new Settings();
    settings.epochs = 1;
    return Trainings.train(variant, settings.plan(), new Stripes(40), NONE).weights();
  }

  private static Settings frozen(String... prefixes) {
    Settings settings = new Settings();
    settings.frozen = List.of(prefixes);
    return settings;
  }

  @Test
  void layersAreConstantAsFarAsAllIsFrozenAndNothingIsDrawn() {
    assertEquals(4, Features.frozenLayers(NETWORK, frozen("conv.", "norm.").plan()));
    assertEquals(5, Features.frozenLayers(NETWORK, frozen("conv.", "norm.", "dense1.").plan()));
    assertEquals(0, Features.frozenLayers(NETWORK, frozen("norm.", "dense1.").plan()));
    assertEquals(
        0,
        Features.frozenLayers(NETWORK, frozen("conv.").plan()),
        "a normalisation stays with the convolution that it is folded into");
    assertEquals(0, Features.frozenLayers(NETWORK, frozen().plan()));
  }

  /// With dropout, momentum, weight decay, an average and a faster head: all state has the same bits.
  @ParameterizedTest
  @EnumSource
  void trainingOnFeaturesGivesTheSameBits(KernelVariant variant) {
    Settings settings = frozen("conv.", "norm.");
    settings.averageDecay = 0.9f;
    settings.groups = List.of(new ParameterGroup("dense2.", 4));
    TrainingPlan plan = settings.plan();
    Weights start = trained(variant);
    Dataset data = new OneEpoch(new Stripes(40));
    TrainingState whole = TrainingState.start(plan, start.copy());
    Trainings.fit(variant, plan, whole, data, NONE);
    TrainingState parts = TrainingState.start(plan, start.copy());
    int layers = Features.frozenLayers(NETWORK, plan);
    variant.with(
        workspace -> {
          Dataset features =
              Features.toTrainOn(
                  NETWORK.first(layers), parts.weights(), data, workspace, (done, of) -> {});
          new Trainer(NETWORK.without(layers), plan, workspace, List.of())
              .fit(parts, features, NONE);
          return null;
        });
    assertEquals(whole.history().toString(), parts.history().toString());
    assertSameWeights(whole.weights(), parts.weights());
    assertSameWeights(whole.result(), parts.result());
    for (Parameter parameter : whole.result().all()) {
      boolean body = parameter.name().startsWith("conv.") || parameter.name().startsWith("norm.");
      float[] before = start.get(parameter.name()).value().data();
      if (body) {
        assertArrayEquals(before, parameter.value().data(), parameter.name());
      } else {
        assertFalse(Arrays.equals(before, parameter.value().data()), parameter.name());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersFromFeaturesHaveTheSameBits(KernelVariant variant) {
    Weights weights = trained(variant);
    Dataset data = new OneEpoch(new Stripes(70));
    variant.with(
        workspace -> {
          Evaluation whole = Evaluation.of(NETWORK, weights, data, workspace, (done, of) -> {});
          Features features =
              Features.toEvaluate(NETWORK.first(5), weights, data, workspace, (done, of) -> {});
          assertEquals(Shape.of(12), features.sample());
          Evaluation parts =
              Evaluation.of(NETWORK.without(5), weights, features, workspace, (done, of) -> {});
          assertArrayEquals(whole.probabilities(), parts.probabilities());
          assertArrayEquals(whole.labels(), parts.labels());
          return null;
        });
  }

  /// A step of plain descent: twice the rate for one layer is what twice the rate for all does to it.
  @ParameterizedTest
  @EnumSource
  void aGroupLearnsAtItsOwnRate(KernelVariant variant) {
    Settings settings = new Settings();
    settings.optimizer = new Sgd(0f, false, 0f);
    settings.epochs = 1;
    settings.schedule = new Schedule.Constant(0.1);
    Weights slow = step(variant, settings);
    settings.schedule = new Schedule.Constant(0.2);
    Weights fast = step(variant, settings);
    settings.schedule = new Schedule.Constant(0.1);
    settings.groups = List.of(new ParameterGroup("dense2.", 2));
    for (Parameter parameter : step(variant, settings).trained()) {
      Weights expected = parameter.name().startsWith("dense2.") ? fast : slow;
      assertArrayEquals(
          expected.get(parameter.name()).value().data(),
          parameter.value().data(),
          parameter.name());
    }
  }

  private static Weights step(KernelVariant variant, Settings settings) {
    return Trainings.train(variant, settings.plan(), new Stripes(settings.batchSize), NONE)
        .weights();
  }
}

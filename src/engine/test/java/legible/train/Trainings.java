package legible.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import legible.KernelVariant;
import legible.autograd.Parameter;
import legible.autograd.Weights;
import legible.oracle.Closeness;

/// Short trainings on [Stripes], which the tests vary.
final class Trainings {
  static final Stripes NONE = new Stripes(0);

  private Trainings() {}

  /// A plan whose parts a test replaces.
  static final class Settings {
    int epochs = 4;
    int batchSize = 8;
    Optimizer optimizer = Adam.decoupled(0.01f);
    Schedule schedule = new Schedule.OneCycle(0.01, 0.25, 10, 100);
    float averageDecay;
    double maxGradientNorm;
    int patience;
    boolean keepBest;
    List<String> frozen = List.of();
    List<ParameterGroup> groups = List.of();

    TrainingPlan plan() {
      TrainingPlan plan =
          new TrainingPlan(
              epochs,
              batchSize,
              5,
              optimizer,
              schedule,
              0.1f,
              averageDecay,
              maxGradientNorm,
              patience,
              keepBest,
              frozen);
      return plan.with(groups);
    }
  }

  static TrainingState train(
      KernelVariant variant,
      TrainingPlan plan,
      Dataset data,
      Dataset validation,
      TrainingListener... listeners) {
    TrainingState state = TrainingState.start(plan, Stripes.network());
    fit(variant, plan, state, data, validation, listeners);
    return state;
  }

  static void fit(
      KernelVariant variant,
      TrainingPlan plan,
      TrainingState state,
      Dataset data,
      Dataset validation,
      TrainingListener... listeners) {
    variant.with(
        workspace -> {
          new Trainer(Stripes.network(), plan, workspace, List.of(listeners))
              .fit(state, data, validation);
          return null;
        });
  }

  static void assertSameWeights(Weights expected, Weights actual) {
    assertEquals(expected.all().size(), actual.all().size());
    for (Parameter parameter : expected.all()) {
      Closeness.assertSameBits(
          parameter.value(), actual.get(parameter.name()).value(), parameter.name());
    }
  }
}
